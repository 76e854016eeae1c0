package io.sessionkit;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessionkit.contract.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who hears at once what is done to a session.
 */
class SessionChangeListenerTests {

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	private final List<String> heard = new ArrayList<>();

	static List<SessionStorage> storages() {
		return List.of(SessionStorage.inCookie(Storages.ENCRYPTED), Storages.records());
	}

	private Session heard(Session session) {
		LibraryAttributes.of(session).listener(new Hearing(session));
		return session;
	}

	@ParameterizedTest
	@MethodSource("storages")
	void eachChangeIsToldBeforeAndAfter(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		Session session = heard(browser.open());
		String handle = session.handle();
		session.set("a", 2);
		session.update(COUNT, 0, (count) -> count + 1);
		session.get(COUNT, () -> 5);
		session.unset(COUNT);
		session.unset("a");
		session.flash("f", 1);
		session.get("f");
		session.unset(FlashKey.of("f", Integer.class));
		session.regenerateId();
		String second = session.handle();
		session.subject("ada", false);
		session.set("b", 1);
		session.clear();
		session.destroy();
		assertThat(this.heard).containsExactly("a=1", "a=2", "count=null", "count=1", "count=1", "count=null", "a=2",
				"a=null", "id " + handle, "id " + second, "b=null", "b=1", "clearing {b=1}", "clearing {}",
				"destroying null");
		assertThat(second).isNotEqualTo(handle);
		session.destroy();
		assertThat(this.heard).hasSize(15);
	}

	@ParameterizedTest
	@MethodSource("storages")
	void aLoginThatGivesANewIdIsTold(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		heard(browser.open()).subject("ada");
		assertThat(this.heard).hasSize(2).allMatch((told) -> told.startsWith("id "));
	}

	@Test
	void aValueOfAClassIsToldAsSuch() {
		SessionStorage storage = Storages.records();
		Session session = heard(storage.getSession(null));
		SessionAttributes attributes = SessionAttributes.of(session);
		attributes.set("day", DayOfWeek.MONDAY);
		attributes.set("day", "x");
		attributes.remove("day");
		assertThat(this.heard).containsExactly("day=null", "day=MONDAY", "typed day=MONDAY", "day=x", "day=x",
				"day=null");
	}

	@Test
	void whatFailsIsNotToldAsDone() {
		Session session = heard(Session.create(Map.of("a", 1)));
		assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> session.set("a", new Object()));
		assertThat(this.heard).containsExactly("a=1");
		session.close();
		assertThatIllegalStateException().isThrownBy(() -> session.set("a", 2));
		assertThatIllegalStateException().isThrownBy(session::regenerateId);
		assertThatIllegalStateException().isThrownBy(session::clear);
		assertThatIllegalStateException().isThrownBy(session::destroy);
		assertThat(this.heard).containsExactly("a=1");
	}

	@Test
	void whoHearsNothingStopsNothing() {
		Session session = Session.create();
		LibraryAttributes.of(session).listener(new SessionChangeListener() {
		});
		session.set("a", 1);
		session.regenerateId();
		assertThat(session.get("a")).isEqualTo(1L);
		session.clear();
		assertThat(session.keys()).isEmpty();
		session.destroy();
		assertThat(session.isDestroyed()).isTrue();
	}

	private final class Hearing implements SessionChangeListener {

		private final Session session;

		Hearing(Session session) {
			this.session = session;
		}

		private Runnable told(String event) {
			return () -> SessionChangeListenerTests.this.heard.add(event);
		}

		@Override
		public void destroying() {
			told("destroying " + this.session.subject()).run();
		}

		@Override
		public @Nullable Runnable changingId() {
			told("id " + this.session.handle()).run();
			return () -> told("id " + this.session.handle()).run();
		}

		@Override
		public @Nullable Runnable changing(String name, boolean typed) {
			told((typed ? "typed " : "") + name + "=" + this.session.get(name)).run();
			return () -> told(name + "=" + this.session.get(name)).run();
		}

		@Override
		public @Nullable Runnable clearing() {
			told("clearing " + this.session.data()).run();
			return () -> told("clearing " + this.session.data()).run();
		}

	}

}
