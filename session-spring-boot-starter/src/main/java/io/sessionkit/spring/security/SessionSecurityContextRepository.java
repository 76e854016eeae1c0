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
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Keeps who is logged in in the session, under the name {@value #NAME}. The session is
 * read when somebody asks who it is, and written when Spring Security saves: a page that
 * is open to everybody costs nothing. What cannot be read any more is nobody.
 */
public final class SessionSecurityContextRepository implements SecurityContextRepository {

	/** The name of the value in the session. */
	public static final String NAME = "security.context";

	/** Longer names, as a directory may have, would be refused as subjects. */
	private static final int LONGEST_SUBJECT = 255;

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
	 * Saves who is logged in; nobody, or somebody anonymous, removes it. The name becomes
	 * the {@link Session#subject()} of the session, unless the application has set
	 * another, or the session {@link Session#isShared()} and has none.
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
			if (session.subject() != null) {
				subject(session, null);
			}
			session.unset(KEY);
		}
		else {
			subject(session, authentication.getName());
			session.set(KEY, this.json.write(authentication, Authentication.class, described(authentication)));
		}
	}

	private void subject(Session session, @Nullable String name) {
		if (!session.isShared() && isReplaced(session, name)) {
			boolean fits = name != null && !name.isEmpty() && name.length() <= LONGEST_SUBJECT;
			session.subject(fits ? name : null);
		}
	}

	/** Only for the same user one that the application has set itself stays. */
	private boolean isReplaced(Session session, @Nullable String name) {
		String subject = session.subject();
		JsonNode stored = session.get(KEY);
		if (subject == null || stored == null) {
			return subject == null;
		}
		Authentication before = this.json.read(stored, Authentication.class);
		return before == null || subject.equals(before.getName()) || !before.getName().equals(name);
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

	private @Nullable Authentication load(HttpServletRequest request) {
		JsonNode stored = CurrentSession.of(request).get(KEY);
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
				Authentication authentication = load(this.request);
				SecurityContext loaded = SecurityContextHolder.createEmptyContext();
				loaded.setAuthentication(authentication);
				this.generated = (authentication == null);
				this.context = loaded;
			}
			return this.context;
		}

		@Override
		public boolean isGenerated() {
			get();
			return this.generated;
		}

	}

}
