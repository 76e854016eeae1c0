package io.sessionkit.spring.security;

import io.sessionkit.SubjectSessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.RequestCache;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Puts our session where Spring Security would use the container's, in every
 * {@link HttpSecurity}: for the security context, the CSRF token, the request before the
 * login, the new id at a login and the end at a logout. It comes first, so that whatever
 * the application sets itself counts. A chain with
 * {@code SessionCreationPolicy.STATELESS} keeps nobody logged in.
 */
public final class SessionHttpSecurity implements Customizer<HttpSecurity>, Ordered {

	private final SecurityJson json;

	private final ObjectProvider<SecurityContextRepository> contexts;

	private final ObjectProvider<CsrfTokenRepository> tokens;

	private final ObjectProvider<RequestCache> requests;

	private final ObjectProvider<SubjectSessions> subjects;

	/**
	 * Creates the customizer.
	 * @param json turns what is kept into JSON and back
	 * @param contexts where the security context is kept
	 * @param tokens where the CSRF token is kept
	 * @param requests where the request before a login is kept
	 * @param subjects who knows how many sessions a user has, asked for where there is a
	 * limit
	 */
	public SessionHttpSecurity(SecurityJson json, ObjectProvider<SecurityContextRepository> contexts,
			ObjectProvider<CsrfTokenRepository> tokens, ObjectProvider<RequestCache> requests,
			ObjectProvider<SubjectSessions> subjects) {
		this.json = json;
		this.contexts = contexts;
		this.tokens = tokens;
		this.requests = requests;
		this.subjects = subjects;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	@SuppressWarnings("unchecked") // the classes of configurers are generic
	public void customize(HttpSecurity http) {
		ChainContextRepository repository = new ChainContextRepository(
				this.contexts.getIfUnique(() -> new SessionSecurityContextRepository(this.json)));
		http.setSharedObject(SecurityContextRepository.class, repository);
		http.csrf((csrf) -> csrf.csrfTokenRepository(this.tokens.getIfUnique(SessionCsrfTokenRepository::new)));
		StatelessProbe probe = new StatelessProbe();
		// In this order they are initialized: only between these two it shows that a
		// chain is stateless.
		http.removeConfigurer(SessionManagementConfigurer.class);
		http.removeConfigurer(RequestCacheConfigurer.class);
		http.with(probe);
		http.sessionManagement((sessions) -> sessions
			.addObjectPostProcessor(new SessionStrategies(repository::isStateless, this.subjects::getObject)));
		http.with(new SessionChain(repository, probe, this.requests.getIfUnique(SessionRequestCache::new)));
		http.requestCache(withDefaults());
	}

}
