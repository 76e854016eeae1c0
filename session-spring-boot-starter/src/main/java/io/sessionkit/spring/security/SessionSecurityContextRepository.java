package io.sessionkit.spring.security;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.Transient;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Keeps who is logged in in the session, under the name {@value #NAME}. The session is
 * read when somebody asks who it is, and written when Spring Security saves: a page that
 * is open to everybody costs nothing. What cannot be read any more is nobody.
 */
public final class SessionSecurityContextRepository implements SecurityContextRepository {

	/** The name of the value in the session. */
	public static final String NAME = "security.context";

	private static final SessionKey<JsonNode> KEY = SessionKey.of(NAME, JsonNode.class);

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityJson json;

	/**
	 * Creates the repository.
	 * @param json turns authentications into JSON and back
	 */
	public SessionSecurityContextRepository(SecurityJson json) {
		this.json = json;
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return new StoredContext(request);
	}

	@Override
	@Deprecated
	@SuppressWarnings({ "deprecation", "InlineMeSuggester" }) // Spring Security still
																// demands it
	public SecurityContext loadContext(
			org.springframework.security.web.context.HttpRequestResponseHolder requestResponseHolder) {
		return loadDeferredContext(requestResponseHolder.getRequest()).get();
	}

	/**
	 * Saves who is logged in; nobody, or somebody anonymous, removes it. Somebody else
	 * than before gives the session a new id, unless the chain wants it to stay. The name
	 * becomes the {@link Session#subject()} of the session, unless the application has
	 * set another, or the session {@link Session#isShared()} and has none; who has
	 * switched to another user remains the subject.
	 */
	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication authentication = context.getAuthentication();
		if (isTransient(context) || (authentication != null && isTransient(authentication))) {
			return;
		}
		Session session = CurrentSession.find(request);
		if (session == null) {
			return; // Spring Security's test support saves before any filter
		}
		if (authentication == null || this.trust.isAnonymous(authentication)) {
			forget(session);
			return;
		}
		Authentication before = stored(session);
		if ((before == null || !before.getName().equals(authentication.getName())) && !KeptId.isWanted(request)) {
			session.regenerateId(); // whoever knew the id before a login must not share
									// it
		}
		String owner = SessionSubject.owner(authentication);
		if (!session.isShared() && SessionSubject.isReplaced(session, session.has(KEY), before, owner)) {
			SessionSubject.set(session, owner);
		}
		session.set(KEY, this.json.write(authentication, Authentication.class, described(authentication)));
	}

	private void forget(Session session) {
		if (session.subject() != null && SessionSubject.isReplaced(session, session.has(KEY), stored(session), null)) {
			session.subject(null);
		}
		session.unset(KEY);
	}

	private static boolean isTransient(Object object) {
		return AnnotatedElementUtils.hasAnnotation(object.getClass(), Transient.class);
	}

	private static String described(Authentication authentication) {
		Object principal = authentication.getPrincipal();
		return "The authentication (" + authentication.getClass().getName()
				+ ((principal != null) ? " of " + principal.getClass().getName() : "") + ")";
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		return CurrentSession.of(request).has(KEY);
	}

	private @Nullable Authentication stored(Session session) {
		JsonNode stored = session.get(KEY);
		return (stored != null) ? this.json.read(stored, Authentication.class) : null;
	}

	/** Loaded at the first question. */
	private final class StoredContext implements DeferredSecurityContext {

		private final HttpServletRequest request;

		private @Nullable SecurityContext context;

		private boolean generated;

		private StoredContext(HttpServletRequest request) {
			this.request = request;
		}

		@Override
		public SecurityContext get() {
			if (this.context == null) {
				Session session = CurrentSession.of(this.request);
				Authentication authentication = stored(session);
				this.generated = (authentication == null);
				this.context = (authentication != null) ? new LoadedContext(authentication, session)
						: SecurityContextHolder.createEmptyContext();
			}
			return this.context;
		}

		@Override
		public boolean isGenerated() {
			get();
			return this.generated;
		}

	}

	/**
	 * Where an application logs out by Spring Security's handler with its defaults, all
	 * that happens is that the authentication is taken out of the context.
	 */
	private final class LoadedContext extends SecurityContextImpl {

		private final transient Session session;

		private LoadedContext(Authentication authentication, Session session) {
			super(authentication);
			this.session = session;
		}

		@Override
		public void setAuthentication(@Nullable Authentication authentication) {
			super.setAuthentication(authentication);
			if (authentication == null && !this.session.isDestroyed()) {
				forget(this.session);
			}
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return super.equals(other);
		}

		@Override
		public int hashCode() {
			return super.hashCode();
		}

	}

}
