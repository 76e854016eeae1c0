package io.sessionkit.spring.web;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two threads at the end of one response.
 */
@Timeout(60)
class ConcurrentCommitTests {

	private final SlowStrategy strategy = new SlowStrategy();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final RequestSession session = new RequestSession(
			SessionStorage.of(
					SessionCookie.builder("__session").signedWith("a secret of at least thirty-two bytes").build(),
					this.strategy),
			HttpSessions.enabled(), new SessionHeaders(), SessionTransport.cookie(), new MockHttpServletRequest());

	@Test
	void whoComesSecondWaitsForTheCookieOfTheFirst() throws InterruptedException {
		this.session.get().set("userId", "42");
		AtomicReference<String> seen = new AtomicReference<>();
		Thread first = new Thread(() -> this.session.commit(this.response));
		Thread second = new Thread(() -> {
			this.session.commit(this.response);
			seen.set(this.response.getHeader("Set-Cookie"));
		});
		first.start();
		this.strategy.entered.await();
		second.start();
		while (second.getState() != Thread.State.WAITING && second.getState() != Thread.State.TERMINATED) {
			Thread.onSpinWait();
		}
		this.strategy.released.countDown();
		first.join();
		second.join();
		assertThat(seen.get()).startsWith("__session=i1.");
		assertThat(this.response.getHeaders("Set-Cookie")).hasSize(1);
	}

	private static final class SlowStrategy implements SessionIdStorageStrategy {

		private final SessionIdStorageStrategy records = new MemoryStorageStrategy(10, InstantSource.system());

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@Override
		public boolean createData(String key, SessionRecord record) {
			this.entered.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.records.createData(key, record);
		}

		@Override
		public SessionRecord readData(String key) {
			return this.records.readData(key);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			return this.records.updateData(key, record);
		}

		@Override
		public void deleteData(String key) {
			this.records.deleteData(key);
		}

	}

}
