package io.sessionkit.spring.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.SecurityContextConfigurer;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * What depends on the application's own settings, which are all made when this is
 * initialized: whether the chain is stateless, which request cache it has, and whether it
 * has a logout.
 */
final class SessionChain extends AbstractHttpConfigurer<SessionChain, HttpSecurity> {

	private final ChainContextRepository repository;

	private final StatelessProbe probe;

	private final RequestCache requests;

	SessionChain(ChainContextRepository repository, StatelessProbe probe, RequestCache requests) {
		this.repository = repository;
		this.probe = probe;
		this.requests = requests;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void init(HttpSecurity http) {
		if (this.probe.ask(http)) {
			this.repository.becomeStateless();
			return;
		}
		requireExplicitSave(http);
		if (http.getSharedObject(RequestCache.class) == null) {
			http.setSharedObject(RequestCache.class, this.requests);
		}
		LogoutConfigurer<HttpSecurity> logout = http.getConfigurer(LogoutConfigurer.class);
		if (logout != null) {
			logout.addLogoutHandler(new SessionLogoutHandler(logout));
		}
	}

	@SuppressWarnings("unchecked")
	private void requireExplicitSave(HttpSecurity http) {
		SecurityContextConfigurer<HttpSecurity> contexts = http.getConfigurer(SecurityContextConfigurer.class);
		if (contexts != null && http.getSharedObject(SecurityContextRepository.class) == this.repository
				&& Boolean.FALSE.equals(PrivateFields.get(contexts, "requireExplicitSave"))) {
			throw new IllegalStateException("securityContext().requireExplicitSave(false) saves who is logged in after "
					+ "the response has gone out, when no session cookie can be sent any more; remove it and save "
					+ "logins of your own by SecurityContextRepository.saveContext");
		}
	}

}
