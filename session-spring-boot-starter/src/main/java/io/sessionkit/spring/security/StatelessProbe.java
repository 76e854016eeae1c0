package io.sessionkit.spring.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Finds out whether a chain is stateless, which Spring Security keeps to itself: where no
 * request cache is set, its session management sets one for stateless chains only.
 * Initialized right before it; who comes right after it asks.
 */
final class StatelessProbe extends AbstractHttpConfigurer<StatelessProbe, HttpSecurity> {

	private @Nullable RequestCache explicit;

	@Override
	public void init(HttpSecurity http) {
		this.explicit = http.getSharedObject(RequestCache.class);
		http.setSharedObject(RequestCache.class, null);
	}

	/**
	 * Gives the application's request cache back.
	 * @return whether the chain is stateless
	 */
	boolean ask(HttpSecurity http) {
		boolean stateless = http.getSharedObject(RequestCache.class) != null;
		if (this.explicit != null) {
			http.setSharedObject(RequestCache.class, this.explicit);
		}
		return stateless;
	}

}
