package io.sessionkit.spring.security;

import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.spring.web.AttributeConverter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;

/**
 * Keeps the attributes that Spring Security stores in {@code HttpSession} as JSON of
 * Spring Security, limited by its allow-list.
 *
 * <p>
 * The name of the authenticated user (the principal name) becomes the
 * {@link Session#subject()} of the session, unless the application has set another
 * subject. If another user is authenticated than before, or the same user with other
 * authorities, or nobody any more, the session gets a new id. Spring Security may already
 * have changed the id for this login.
 */
public final class SecurityAttributeConverter implements AttributeConverter {

	private static final String SECURITY = "org.springframework.security.";

	private static final String TOKEN = SECURITY + "web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN";

	private static final String SAVED_REQUEST = "SPRING_SECURITY_SAVED_REQUEST";

	/**
	 * Marks an authentication that is an attribute itself, since the JSON of a context is
	 * that of its authentication.
	 */
	private static final String PLAIN = "@plain";

	private static final String EMPTY = "@empty";

	private static final String THROWN = "@thrown";

	private static final String MESSAGE = "message";

	/** The name for a CSRF token that has the default names of parameter and header. */
	private static final String USUAL_TOKEN = "@token";

	private static final String PARAMETER = "_csrf";

	private static final String HEADER = "X-CSRF-TOKEN";

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityJson json;

	/**
	 * Creates the converter.
	 * @param json converts the attributes to JSON and back
	 */
	public SecurityAttributeConverter(SecurityJson json) {
		this.json = json;
	}

	@Override
	public boolean supports(String name, Object value) {
		return value instanceof SecurityContext || value instanceof Authentication
				|| value instanceof AuthenticationException || value instanceof AccessDeniedException
				|| value.getClass().getName().startsWith(SECURITY)
				|| (name.startsWith(SECURITY) && (value instanceof Map || value instanceof Collection));
	}

	@Override
	public JsonNode write(String name, Object value) {
		if (value.getClass() == SecurityContextImpl.class) {
			Authentication authentication = ((SecurityContext) value).getAuthentication();
			return (authentication != null)
					? this.json.write(authentication, Authentication.class, described(authentication))
					: JsonNodeFactory.instance.objectNode().put(EMPTY, true);
		}
		if (value instanceof Throwable thrown) {
			return write(thrown);
		}
		if (value instanceof DefaultCsrfToken token && token.getParameterName().equals(PARAMETER)
				&& token.getHeaderName().equals(HEADER)) {
			return JsonNodeFactory.instance.objectNode().put(USUAL_TOKEN, token.getToken());
		}
		Object kept = (value instanceof DefaultSavedRequest request) ? withoutHeaders(request) : value;
		JsonNode written = this.json.write(kept, Object.class, kept.getClass().getName());
		return (value instanceof Authentication) ? JsonNodeFactory.instance.objectNode().set(PLAIN, written) : written;
	}

	private static String described(Authentication authentication) {
		Object principal = authentication.getPrincipal();
		return "The authentication (" + authentication.getClass().getName()
				+ ((principal != null) ? " of " + principal.getClass().getName() : "") + ")";
	}

	/** Keeps class and message of an exception, since a page shows nothing else of it. */
	private static JsonNode write(Throwable thrown) {
		Class<?> type = thrown.getClass();
		while (constructor(type) == null) {
			type = type.getSuperclass();
		}
		ObjectNode node = JsonNodeFactory.instance.objectNode().put(THROWN, type.getName());
		return (thrown.getMessage() != null) ? node.put(MESSAGE, thrown.getMessage()) : node;
	}

	private static @Nullable Constructor<?> constructor(Class<?> type) {
		try {
			Constructor<?> constructor = type.getName().startsWith(SECURITY) ? type.getConstructor(String.class) : null;
			return (constructor == null || java.lang.reflect.Modifier.isAbstract(type.getModifiers())) ? null
					: constructor;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	/**
	 * Leaves out headers and cookies, among them that of the session. The next request
	 * has its own.
	 */
	@SuppressWarnings("NullAway") // the builder accepts null, which the request may
									// return
	private static DefaultSavedRequest withoutHeaders(DefaultSavedRequest request) {
		return new DefaultSavedRequest.Builder().setCookies(List.of())
			.setHeaders(Map.of())
			.setLocales(request.getLocales())
			.setParameters(request.getParameterMap())
			.setContextPath(request.getContextPath())
			.setMethod(request.getMethod())
			.setPathInfo(request.getPathInfo())
			.setQueryString(query(request.getRedirectUrl()))
			.setRequestURI(request.getRequestURI())
			.setRequestURL(request.getRequestURL())
			.setScheme(request.getScheme())
			.setServerName(request.getServerName())
			.setServerPort(request.getServerPort())
			.setServletPath(request.getServletPath())
			.build();
	}

	private static @Nullable String query(String url) {
		int query = url.indexOf('?');
		return (query >= 0) ? url.substring(query + 1) : null;
	}

	@Override
	public @Nullable Object read(String name, JsonNode stored) {
		if (stored.has(EMPTY)) {
			return new SecurityContextImpl();
		}
		if (stored.has(THROWN)) {
			return thrown(stored);
		}
		String token = stored.path(USUAL_TOKEN).stringValue(null);
		if (token != null) {
			return new DefaultCsrfToken(HEADER, PARAMETER, token);
		}
		JsonNode plain = stored.get(PLAIN);
		Object value = this.json.read((plain != null) ? plain : stored, Object.class);
		return (plain == null && value instanceof Authentication authentication)
				? new SecurityContextImpl(authentication) : value;
	}

	private static @Nullable Object thrown(JsonNode stored) {
		try {
			String name = stored.path(THROWN).asString("");
			Class<?> type = name.startsWith(SECURITY)
					? Class.forName(name, false, SecurityAttributeConverter.class.getClassLoader()) : Object.class;
			Constructor<?> constructor = Throwable.class.isAssignableFrom(type) ? constructor(type) : null;
			return (constructor != null) ? constructor.newInstance(stored.path(MESSAGE).stringValue(null)) : null;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			return null; // from a version in which the class exists
		}
	}

	@Override
	public @Nullable Object state(Object value) {
		return (value instanceof SecurityContext context) ? context.getAuthentication() : value;
	}

	@Override
	public boolean givesWay(String name) {
		return name.equals(SAVED_REQUEST);
	}

	@Override
	public void changing(HttpServletRequest request, Session session, @Nullable Object before, @Nullable Object after) {
		Authentication was = (before instanceof Authentication authentication) ? authentication : null;
		Authentication now = (after instanceof Authentication authentication && !this.trust.isAnonymous(authentication))
				? authentication : null;
		boolean known = was != null || before == UNREADABLE;
		if (now == null && !known) {
			return;
		}
		if ((was == null || now == null || !isSame(was, now)) && !KeptIdAuthenticationStrategy.isWanted(request)
				&& LibraryAttributes.of(session).regenerateIdOnce()) {
			forgetToken(request);
		}
		String owner = (now != null) ? SessionSubject.owner(now) : null;
		if (SessionSubject.isReplaced(session, known, was, owner)) {
			SessionSubject.set(session, owner);
		}
	}

	/**
	 * Anyone who knew the session before may know its CSRF token, so the next form gets a
	 * new one.
	 */
	private static void forgetToken(HttpServletRequest request) {
		HttpSession present = request.getSession(false);
		if (present != null) {
			present.removeAttribute(TOKEN);
		}
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

}
