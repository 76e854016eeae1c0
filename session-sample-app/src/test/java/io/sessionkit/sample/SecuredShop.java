package io.sessionkit.sample;

import java.io.IOException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The shop, watched for sessions of the container. Not a component, or every shop of the
 * tests would find it.
 */
@Import(ShopApplication.class)
class SecuredShop {

	@Bean
	Watch watch() {
		return new Watch();
	}

	/** Looks whether the container has a session once all is done. */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class Watch implements Filter {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, response);
			if (request instanceof HttpServletRequest http && http.getSession(false) != null) {
				this.seen.add(http.getRequestURI());
			}
		}

		Collection<String> seen() {
			return this.seen;
		}

	}

}
