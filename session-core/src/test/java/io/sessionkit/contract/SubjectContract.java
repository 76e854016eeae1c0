package io.sessionkit.contract;

import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SubjectSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a storage makes of the sessions of one subject in every
 * {@link SessionIdStorageStrategy} that is consistent. To prove a strategy, extend this
 * class beside {@link StrategyContract}: <pre>{@code
 * class MySubjectTests extends SubjectContract {
 *
 *     protected SessionIdStorageStrategy strategy(InstantSource clock) {
 *         return new MyStrategy(server, clock);
 *     }
 *
 * }
 * }</pre>
 */
public abstract class SubjectContract extends SubjectCases {

	private static final int CROWD = 50;

	@Test
	void ofManyWhoLogInAtOnceAllAreListedAndEnded() {
		String person = person();
		List<Browser> browsers = Race.of(CROWD, (one) -> () -> login(person));
		assertThat(sessions().list(person)).hasSize(CROWD).extracting(SubjectSession::handle).doesNotHaveDuplicates();
		sessions().endAll(person);
		assertThat(browsers).extracting(Browser::hasSession).containsOnly(false);
	}

	@Test
	void noChangeOfTheIdInFlightEscapes() {
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				String person = person();
				Browser browser = login(person);
				race.<@Nullable SetCookie>run(List.of(() -> browser.visit(Session::regenerateId), () -> {
					sessions().endAll(person);
					return null;
				}));
				assertThat(browser.hasSession()).as("round %d", round).isFalse();
				assertThat(sessions().list(person)).as("round %d", round).isEmpty();
			}
		}
	}

}
