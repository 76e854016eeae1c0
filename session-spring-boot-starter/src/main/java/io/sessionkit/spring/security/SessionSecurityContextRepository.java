package io.sessionkit.spring.security;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Keeps who is logged in in the session, as its attribute {@value #NAME}. The session is
 * read when somebody asks who it is, and written when Spring Security saves: a page that
 * is open to everybody costs nothing. What cannot be read any more is nobody, and so is
 * who is asked for before the session's filter has run.
 */
public final class SessionSecurityContextRepository implements SecurityContextRepository {

	/** The name of the attribute, see {@link LibraryAttributes}. */
	public static final String NAME = "security.context";

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityJson json;

	private final SessionStorage storage;

	/**
	 * Creates the repository.
	 * @param json turns authentications into JSON and back
	 * @param storage where the sessions are
	 */
	public SessionSecurityContextRepository(SecurityJson json, SessionStorage storage) {
		this.json = json;
		this.storage = storage;
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
	 * than before, or the same with other authorities, gives the session a new id, unless
	 * the chain wants it to stay. The name becomes the {@link Session#subject()} of the
	 * session, unless the application has set another; who has switched to another user
	 * remains the subject.
	 * @throws IllegalStateException if {@link SessionStorage#isShared() sessions are
	 * shared}, so that the peer could write who is logged in
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
		if (this.storage.isShared()) {
			throw new IllegalStateException("Who is logged in cannot be kept in a session that is shared with another "
					+ "program, which could write it too. Keep your own user id in the session and check it in your "
					+ "handlers, set a SecurityContextRepository of your own, use SessionCreationPolicy.STATELESS, or "
					+ "remove sessionkit.wire");
		}
		Authentication before = stored(session);
		if ((before == null || !isSame(before, authentication)) && !KeptId.isWanted(request)) {
			session.regenerateId(); // whoever knew the id before must not share the
									// rights
		}
		String owner = SessionSubject.owner(authentication);
		if (SessionSubject.isReplaced(session, isKnown(session), before, owner)) {
			SessionSubject.set(session, owner);
		}
		LibraryAttributes.of(session)
			.set(NAME, this.json.write(authentication, Authentication.class, described(authentication)));
	}

	private static boolean isSame(Authentication before, Authentication now) {
		return before.getName().equals(now.getName())
				&& names(before.getAuthorities()).equals(names(now.getAuthorities()));
	}

	private static Set<String> names(Collection<? extends GrantedAuthority> authorities) {
		return authorities.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toSet());
	}

	private void forget(Session session) {
		if (session.subject() != null && SessionSubject.isReplaced(session, isKnown(session), stored(session), null)) {
			session.subject(null);
		}
		LibraryAttributes.of(session).remove(NAME);
	}

	private static boolean isKnown(Session session) {
		return LibraryAttributes.of(session).has(NAME);
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
		Session session = CurrentSession.find(request);
		return session != null && isKnown(session);
	}

	private @Nullable Authentication stored(Session session) {
		JsonNode stored = LibraryAttributes.of(session).get(NAME, JsonNode.class);
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
				Session session = CurrentSession.find(this.request);
				Authentication authentication = (session != null) ? stored(session) : null;
				this.generated = (authentication == null);
				this.context = (session != null && authentication != null) ? new LoadedContext(authentication, session)
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
