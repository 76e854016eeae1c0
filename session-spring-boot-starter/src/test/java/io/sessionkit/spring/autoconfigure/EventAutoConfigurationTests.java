package io.sessionkit.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.event.SessionEvent;
import io.sessionkit.spring.event.SessionEvent.Created;
import io.sessionkit.spring.event.SessionEvent.Destroyed;
import io.sessionkit.spring.event.SessionEvent.IdRegenerated;
import io.sessionkit.spring.event.SessionEvent.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application hears of its sessions.
 */
class EventAutoConfigurationTests {

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void whatHappensToASessionIsAnEvent(String storage) {
		Contexts.web().withPropertyValues("sessionkit.storage=" + storage).withBean(Heard.class).run((context) -> {
			live(context);
			assertThat(context.getBean(Heard.class).events).containsExactly(new Created(), new IdRegenerated(),
					new Destroyed(), new Rejected(CookieRejection.ENDED));
		});
	}

	/** Begins a session, regenerates its id, ends it, and comes back. */
	private static void live(ApplicationContext context) {
		SessionStorage storage = Contexts.storage(context);
		String first = Contexts.cookie(Contexts.setCookie(context));
		Session login = storage.getSession(first);
		login.regenerateId();
		String second = Contexts.cookie(storage.commitSession(login));
		Session logout = storage.getSession(second);
		assertThat(logout.get("user")).isEqualTo("42");
		storage.destroySession(logout);
		assertThat(storage.getSession(second).isNew()).isTrue();
	}

	@Test
	void aListenersExceptionStopsNothingAndIsLoggedOnce() {
		Contexts.web().withBean(Heard.class).withBean(Failing.class).run((context) -> {
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				live(context);
				assertThat(log.messages(Level.WARN)).hasSize(1);
			}
			assertThat(context.getBean(Heard.class).events).hasSize(4);
		});
	}

	@Test
	void everyListenerBeanHearsOfTheSessions() {
		List<String> heard = new ArrayList<>();
		Contexts.web().withBean("own", SessionStorageListener.class, () -> new SessionStorageListener() {

			@Override
			public void created() {
				heard.add("created");
			}

		}).withBean(Heard.class).run((context) -> {
			Contexts.setCookie(context);
			assertThat(context.getBean(Heard.class).events).containsExactly(new Created());
		});
		assertThat(heard).containsExactly("created");
	}

	@Test
	void aPublisherOfTheApplicationReplacesOurs() {
		SessionStorageListener silent = new SessionStorageListener() {
		};
		Contexts.web()
			.withBean(Heard.class)
			.withBean("sessionEventPublisher", SessionStorageListener.class, () -> silent)
			.run((context) -> {
				live(context);
				assertThat(context.getBean(Heard.class).events).isEmpty();
			});
	}

	@Test
	void aStorageOfTheApplicationPublishesOnlyIfItAsksForTheListeners() {
		SessionCookie cookie = SessionCookie.builder("own").encryptedWith(Contexts.OTHER_SECRET).build();
		Contexts.webWithoutSecret()
			.withBean(Heard.class)
			.withBean(SessionStorage.class, () -> SessionStorage.inCookie(cookie))
			.run((context) -> {
				live(context);
				assertThat(context.getBean(Heard.class).events).isEmpty();
			});
	}

	@Test
	void anApplicationThatServesNoWebHasNothingOfThis() {
		Contexts.plain().run((context) -> assertThat(context).doesNotHaveBean(SessionStorageListener.class));
	}

	static final class Heard {

		private final List<SessionEvent> events = new ArrayList<>();

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void hear(SessionEvent event) {
			this.events.add(event);
		}

	}

	static final class Failing {

		@EventListener
		void fail(SessionEvent event) {
			throw new IllegalStateException("the listener's own");
		}

	}

}
