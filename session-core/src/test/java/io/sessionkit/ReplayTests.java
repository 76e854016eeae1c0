package io.sessionkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The operations of a request, played again on what others committed first. */
class ReplayTests {

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	private static final SessionKey<List<String>> NAMES = SessionKey.listOf("names", String.class);

	private static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	private final Browser browser = Storages.browser();

	/** What both leave, where the first request ends after the second one. */
	private Map<String, Object> merged(Consumer<Session> before, Consumer<Session> first, Consumer<Session> second) {
		this.browser.visit((session) -> {
			session.clear();
			before.accept(session);
		});
		Session slow = this.browser.open();
		first.accept(slow);
		this.browser.visit(second);
		this.browser.close(slow);
		return this.browser.ask(Session::data);
	}

	@Test
	void anUpdateRunsAgainOnTheNewValue() {
		List<Integer> seen = new ArrayList<>();
		assertThat(merged((session) -> session.set(COUNT, 1), (session) -> session.update(COUNT, 0, (count) -> {
			seen.add(count);
			return count * 10;
		}), (session) -> session.set(COUNT, 7))).isEqualTo(Map.of("count", 70L));
		assertThat(seen).containsExactly(1, 7);
	}

	@Test
	void anUpdateBeginsAnewWhereTheValueWasRemoved() {
		assertThat(merged((session) -> session.set(COUNT, 1),
				(session) -> session.update(COUNT, 100, (count) -> count + 1), Session::clear))
			.isEqualTo(Map.of("count", 101L));
	}

	@Test
	void severalUpdatesOfOneRequestAreAllReplayed() {
		assertThat(merged((session) -> session.set(NAMES, List.of("a")), (session) -> {
			session.update(NAMES, List.of(), (names) -> plus(names, "b"));
			session.update(NAMES, List.of(), (names) -> plus(names, "c"));
		}, (session) -> session.update(NAMES, List.of(), (names) -> plus(names, "x"))))
			.isEqualTo(Map.of("names", List.of("a", "x", "b", "c")));
	}

	private static List<String> plus(List<String> names, String name) {
		List<String> all = new ArrayList<>(names);
		all.add(name);
		return all;
	}

	@Test
	void anUpdateAfterASetBuildsOnTheSet() {
		assertThat(merged((session) -> session.set(COUNT, 1), (session) -> {
			session.set(COUNT, 50);
			session.update(COUNT, 0, (count) -> count + 1);
		}, (session) -> session.set(COUNT, 7))).isEqualTo(Map.of("count", 51L));
	}

	@Test
	void aSetOverwritesWhatCameFirst() {
		assertThat(merged((session) -> session.set("a", 0), (session) -> session.set("a", "late"),
				(session) -> session.set("a", "early")))
			.isEqualTo(Map.of("a", "late"));
	}

	@Test
	void clearRemovesWhatOthersAddedToo() {
		assertThat(merged((session) -> session.set("a", 0), (session) -> {
			session.clear();
			session.set("b", 1);
		}, (session) -> session.set("c", 2))).isEqualTo(Map.of("b", 1L));
	}

	@Test
	void whatWasReadOnlyIsNotWrittenOverANewerValue() {
		assertThat(merged((session) -> {
			session.set("a", "old");
			session.set(NAMES, List.of("old"));
		}, (session) -> {
			session.get("a");
			session.get(NAMES);
			session.set("b", 1);
		}, (session) -> {
			session.set("a", "new");
			session.set(NAMES, List.of("new"));
		})).isEqualTo(Map.of("a", "new", "names", List.of("new"), "b", 1L));
	}

	@Test
	void aChangeInPlaceReplacesTheValueItWasMadeIn() {
		assertThat(merged((session) -> session.set(NAMES, List.of("a")), (session) -> session.get(NAMES).add("b"),
				(session) -> session.set(NAMES, List.of("x"))))
			.isEqualTo(Map.of("names", List.of("a", "b")));
	}

	@Test
	void aFlashOfBothOverwritesAndOneOfAnotherNameStays() {
		assertThat(merged((session) -> session.set("a", 0), (session) -> session.flash(NOTICE, "late"), (session) -> {
			session.flash(NOTICE, "early");
			session.flash("other", "stays");
		})).isEqualTo(Map.of("a", 0L, "notice", "late", "other", "stays"));
	}

	@Test
	void aLoginTakesAlongWhatOthersWroteMeanwhile() {
		assertThat(merged((session) -> session.set(COUNT, 1), (session) -> {
			session.regenerateId();
			session.set("userId", "42");
			session.update(COUNT, 0, (count) -> count + 1);
		}, (session) -> {
			session.set("cart", "tea");
			session.set(COUNT, 10);
		})).isEqualTo(Map.of("count", 11L, "cart", "tea", "userId", "42"));
	}

	@Test
	void aFunctionThatFailsInAReplayFailsTheCommitAndChangesNothing() {
		this.browser.visit((session) -> session.set(COUNT, 1));
		AtomicInteger runs = new AtomicInteger();
		Session slow = this.browser.open();
		slow.regenerateId();
		slow.update(COUNT, 0, (count) -> {
			if (runs.incrementAndGet() > 1) {
				throw new IllegalStateException("second run");
			}
			return count + 1;
		});
		this.browser.visit((session) -> session.set(COUNT, 7));
		assertThatIllegalStateException().isThrownBy(() -> this.browser.close(slow)).withMessage("second run");
		assertThat(this.browser.get("count")).isEqualTo(7L);
		assertThat(slow.isDirty()).isFalse();
	}

}
