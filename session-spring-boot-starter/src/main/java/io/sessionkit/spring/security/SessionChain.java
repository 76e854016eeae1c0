package io.sessionkit.spring.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.SecurityContextConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * What depends on the application's own settings, which are all made when this is
 * initialized: whether the chain is stateless, which request cache it has, and whether it
 * has a logout.
 */
final class SessionChain extends AbstractHttpConfigurer<SessionChain, HttpSecurity> {

	private final ChainContextRepository repository;

	private final boolean forgetful;

	private final StatelessProbe probe;

	private final RequestCache requests;

	/**
	 * Makes the configurer of one chain.
	 * @param forgetful whether a login can't be kept in this repository
	 */
	SessionChain(ChainContextRepository repository, boolean forgetful, StatelessProbe probe, RequestCache requests) {
		this.repository = repository;
		this.forgetful = forgetful;
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
		if (this.forgetful) {
			requireNoLogin(http);
		}
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
			throw new UnsupportedSessionSettingException(
					"securityContext().requireExplicitSave(false) saves who is logged in after the response has gone "
							+ "out, when no session cookie can be sent any more",
					"remove it and save logins of your own by SecurityContextRepository.saveContext");
		}
	}

	@SuppressWarnings("unchecked") // the classes of configurers are generic
	private void requireNoLogin(HttpSecurity http) {
		if (http.getSharedObject(SecurityContextRepository.class) == this.repository
				&& (http.getConfigurer(FormLoginConfigurer.class) != null
						|| http.getConfigurer(OAuth2LoginConfigurer.class) != null)) {
			throw new UnsupportedSessionSettingException(
					"it has a login, and who is logged in cannot be kept in a session that is shared with another "
							+ "program (sessionkit.wire), which could write it too",
					"remove formLogin and oauth2Login and keep your own user id in the session, define a "
							+ "SecurityContextRepository bean of your own, or remove sessionkit.wire");
		}
	}

}
