package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.event.SessionEvent;
import io.sessionkit.spring.event.SessionEvent.Created;
import io.sessionkit.spring.event.SessionEvent.Destroyed;
import io.sessionkit.spring.event.SessionEvent.Expired;
import io.sessionkit.spring.event.SessionEvent.IdRegenerated;
import io.sessionkit.spring.event.SessionEvent.Rejected;
import io.sessionkit.spring.web.HttpSessionMode;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an application hears of its sessions.
 */
class EventAutoConfigurationTests {

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void whatHappensToASessionIsAnEvent(String storage) {
		Contexts.web().withPropertyValues("sessionkit.storage=" + storage).withBean(Heard.class).run((context) -> {
			live(context);
			List<SessionEvent> events = context.getBean(Heard.class).events;
			String visitor = ((Created) events.get(0)).handle();
			String user = ((IdRegenerated) events.get(1)).handle();
			assertThat(events).containsExactly(new Created(visitor, null), new IdRegenerated(visitor, user, "ann"),
					new Destroyed(user, "ann"), new Rejected(CookieRejection.ENDED));
		});
	}

	@Test
	void whatExpiresIsAnEventWithThePrincipalOnceTheStorageHasCleanedUp() {
		MutableClock clock = new MutableClock();
		Contexts.web()
			.withBean(Heard.class)
			.withBean(SessionIdStorageStrategy.class, () -> new MemoryStorageStrategy(100, clock))
			.withBean(SessionStorageCustomizer.class, () -> (builder) -> builder.clock(clock))
			.run((context) -> {
				Session login = Contexts.storage(context).getSession(null);
				login.subject("ann");
				Contexts.storage(context).commitSession(login);
				clock.advance(Duration.ofHours(1));
				Contexts.setCookie(context);
				List<SessionEvent> events = context.getBean(Heard.class).events;
				assertThat(events).contains(new Expired(((Created) events.get(0)).handle(), "ann"));
			});
	}

	@ParameterizedTest
	@EnumSource(HttpSessionMode.class)
	void whatExpiresIsTheEndOfAnHttpSessionOfWhichTheIdIsLeft(HttpSessionMode mode) {
		MutableClock clock = new MutableClock();
		List<String> ids = new ArrayList<>();
		Contexts.web()
			.withPropertyValues("sessionkit.http-session=" + mode)
			.withBean(Ends.class)
			.withBean(SessionIdStorageStrategy.class, () -> new MemoryStorageStrategy(100, clock))
			.withBean(SessionStorageCustomizer.class, () -> (builder) -> builder.clock(clock))
			.run((context) -> {
				for (String value : List.of("x", "y")) {
					Session session = Contexts.storage(context).getSession(null);
					session.set("a", value);
					Contexts.storage(context).commitSession(session);
					ids.add(session.handle());
				}
				clock.advance(Duration.ofHours(1));
				Contexts.setCookie(context);
				List<HttpSession> ended = context.getBean(Ends.class).sessions;
				if (mode != HttpSessionMode.ENABLED) {
					assertThat(ended).isEmpty();
					return;
				}
				assertThat(ended).extracting(HttpSession::getId).containsExactlyInAnyOrderElementsOf(ids);
				HttpSession session = ended.get(0);
				assertThat(session.getServletContext()).isSameAs(context.getServletContext());
				assertThat(session.getAttribute("a")).isNull();
				assertThat(session.getAttributeNames().hasMoreElements()).isFalse();
				session.removeAttribute("a");
				for (ThrowingCallable use : List.<ThrowingCallable>of(session::invalidate, session::isNew,
						session::getCreationTime, session::getLastAccessedTime, () -> session.setAttribute("a", "z"),
						() -> session.setMaxInactiveInterval(1))) {
					assertThatIllegalStateException().isThrownBy(use).withMessageContaining("expired");
				}
			});
	}

	/** Begins a session, regenerates its id, ends it, and comes back. */
	private static void live(ApplicationContext context) {
		SessionStorage storage = Contexts.storage(context);
		String first = Contexts.cookie(Contexts.setCookie(context));
		Session login = storage.getSession(first);
		login.subject("ann");
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
			public void created(SessionIdentity session) {
				heard.add("created");
			}

		}).withBean(Heard.class).run((context) -> {
			Contexts.setCookie(context);
			assertThat(context.getBean(Heard.class).events).singleElement().isInstanceOf(Created.class);
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

	static final class Ends implements HttpSessionListener {

		private final List<HttpSession> sessions = new ArrayList<>();

		@Override
		public void sessionDestroyed(HttpSessionEvent event) {
			this.sessions.add(event.getSession());
			throw new IllegalStateException("the listener's own");
		}

	}

	static final class Failing {

		@EventListener
		void fail(SessionEvent event) {
			throw new IllegalStateException("the listener's own");
		}

	}

}
