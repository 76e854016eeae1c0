package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.spring.event.SessionEvent;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that publishes application events about sessions, see
 * {@link SessionEvent}. It backs off if the application has a bean named
 * {@code sessionEventPublisher}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class SessionEventAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "sessionEventPublisher")
	SessionStorageListener sessionEventPublisher(ApplicationEventPublisher publisher) {
		return new Publishing(publisher);
	}

	private record Publishing(ApplicationEventPublisher publisher) implements SessionStorageListener {

		@Override
		public void created(SessionIdentity session) {
			this.publisher.publishEvent(new SessionEvent.Created(session.handle(), session.subject()));
		}

		@Override
		public void idRegenerated(SessionIdentity session, String formerHandle) {
			this.publisher
				.publishEvent(new SessionEvent.IdRegenerated(formerHandle, session.handle(), session.subject()));
		}

		@Override
		public void destroyed(SessionIdentity session) {
			this.publisher.publishEvent(new SessionEvent.Destroyed(session.handle(), session.subject()));
		}

		@Override
		public void expired(SessionIdentity session) {
			this.publisher.publishEvent(new SessionEvent.Expired(session.handle(), session.subject()));
		}

		@Override
		public void rejected(CookieRejection reason) {
			this.publisher.publishEvent(new SessionEvent.Rejected(reason));
		}

	}

}
