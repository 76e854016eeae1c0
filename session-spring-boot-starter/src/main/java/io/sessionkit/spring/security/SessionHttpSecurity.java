package io.sessionkit.spring.security;

import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Puts our session where Spring Security would use the container's, in every
 * {@link HttpSecurity}: for the security context, the CSRF token, the request before the
 * login, the new id at a login and the end at a logout. It comes first, so that whatever
 * the application sets itself counts. A chain with
 * {@code SessionCreationPolicy.STATELESS} keeps nobody logged in.
 *
 * <p>
 * Of a session that is shared with a peer nothing is believed: there the CSRF token and
 * the request before the login are in cookies of Spring Security's own, and a chain with
 * a login fails the start, unless the application keeps who is logged in elsewhere.
 */
public final class SessionHttpSecurity implements Customizer<HttpSecurity>, Ordered {

	private final SecurityJson json;

	private final ObjectProvider<SecurityContextRepository> contexts;

	private final ObjectProvider<CsrfTokenRepository> tokens;

	private final ObjectProvider<RequestCache> requests;

	private final ObjectProvider<SubjectSessions> subjects;

	private final SessionStorage storage;

	/**
	 * Creates the customizer.
	 * @param json turns what is kept into JSON and back
	 * @param contexts where the security context is kept
	 * @param tokens where the CSRF token is kept
	 * @param requests where the request before a login is kept
	 * @param subjects who knows how many sessions a user has, asked for where there is a
	 * limit
	 * @param storage where the sessions are
	 */
	public SessionHttpSecurity(SecurityJson json, ObjectProvider<SecurityContextRepository> contexts,
			ObjectProvider<CsrfTokenRepository> tokens, ObjectProvider<RequestCache> requests,
			ObjectProvider<SubjectSessions> subjects, SessionStorage storage) {
		this.json = json;
		this.contexts = contexts;
		this.tokens = tokens;
		this.requests = requests;
		this.subjects = subjects;
		this.storage = storage;
	}

	/**
	 * Returns where the CSRF token is kept by default.
	 * @param storage where the sessions are
	 */
	public static CsrfTokenRepository tokens(SessionStorage storage) {
		return storage.isShared() ? new CookieCsrfTokenRepository() : new SessionCsrfTokenRepository();
	}

	/**
	 * Returns where the request before a login is kept by default.
	 * @param storage where the sessions are
	 */
	public static RequestCache requests(SessionStorage storage) {
		return storage.isShared() ? new CookieRequestCache() : new SessionRequestCache();
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	@SuppressWarnings("unchecked") // the classes of configurers are generic
	public void customize(HttpSecurity http) {
		SecurityContextRepository contexts = this.contexts
			.getIfUnique(() -> new SessionSecurityContextRepository(this.json, this.storage));
		boolean forgetful = contexts instanceof SessionSecurityContextRepository && this.storage.isShared();
		ChainContextRepository repository = new ChainContextRepository(contexts);
		http.setSharedObject(SecurityContextRepository.class, repository);
		http.csrf((csrf) -> csrf.csrfTokenRepository(this.tokens.getIfUnique(() -> tokens(this.storage))));
		StatelessProbe probe = new StatelessProbe();
		// In this order they are initialized: only between these two it shows that a
		// chain is stateless.
		http.removeConfigurer(SessionManagementConfigurer.class);
		http.removeConfigurer(RequestCacheConfigurer.class);
		http.with(probe);
		http.sessionManagement((sessions) -> sessions
			.addObjectPostProcessor(new SessionStrategies(repository::isStateless, this.subjects::getObject)));
		http.with(new SessionChain(repository, forgetful, probe,
				this.requests.getIfUnique(() -> requests(this.storage))));
		http.requestCache(withDefaults());
	}

}
