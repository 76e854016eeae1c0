package io.sessionkit.sample;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop does while its store does not answer.
 */
class StoreDownTests {

	private final RunningShop shop = RunningShop.start(ShopWithBreakableStore.class, "sessionkit.cookie.secure=false");

	private final Visitor visitor = new Visitor(this.shop);

	private String token = "";

	@BeforeEach
	void breakTheStore() {
		this.visitor.logIn();
		this.token = this.visitor.token();
		BreakableStore.DOWN.set(true);
	}

	@AfterEach
	void close() {
		BreakableStore.DOWN.set(false);
		this.visitor.close();
		this.shop.close();
	}

	@Test
	void aPageIsA503WithAnErrorPage() {
		HttpResponse<String> answer = this.shop.get("/cart", this.visitor.cookie());
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("We’ll be right back.");
	}

	@Test
	void aFormIsA503() {
		String form = "theme=dark&_csrf=" + this.token;
		assertThat(this.shop.post("/theme", this.visitor.cookie(), form).statusCode()).isEqualTo(503);
	}

	@Test
	void aLogoutThatCannotReadTheSessionIsLetThrough() {
		HttpResponse<String> answer = this.shop.post("/logout", this.visitor.cookie(), "");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(OnEveryStorage.location(answer)).isEqualTo("/login");
		assertThat(OnEveryStorage.sessionOf(answer, this.visitor.cookie())).isEmpty();
	}

	@Test
	void whoNeverHadASessionSeesTheLogin() {
		assertThat(this.shop.get("/", "").statusCode()).isEqualTo(302);
	}

	/** Not annotated as a configuration, which the scan of the other tests would find. */
	@Import(ShopApplication.class)
	static class ShopWithBreakableStore {

		@Bean
		SessionIdStorageStrategy breakableStore() {
			return new BreakableStore();
		}

	}

	private static final class BreakableStore implements SessionIdStorageStrategy {

		private static final AtomicBoolean DOWN = new AtomicBoolean();

		private final SessionIdStorageStrategy store = new MemoryStorageStrategy();

		@Override
		public boolean createData(String key, SessionRecord record) {
			return reached().createData(key, record);
		}

		@Override
		public @Nullable SessionRecord readData(String key) {
			return reached().readData(key);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			return reached().updateData(key, record);
		}

		@Override
		public void deleteData(String key) {
			reached().deleteData(key);
		}

		private SessionIdStorageStrategy reached() {
			if (DOWN.get()) {
				throw new SessionStorageException("The store of this test is down", null);
			}
			return this.store;
		}

	}

}
