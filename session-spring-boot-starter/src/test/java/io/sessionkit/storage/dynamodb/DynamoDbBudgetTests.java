package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request costs, counted in requests to DynamoDB (G2), and what an item is.
 */
class DynamoDbBudgetTests {

	private static final String TABLE = "budget";

	private final List<String> requests = new ArrayList<>();

	private final MutableClock clock = new MutableClock();

	private Browser browser;

	@BeforeEach
	void visit() {
		LocalDynamoDb.shared().strategy(TABLE, this.clock);
		DynamoDbClient counted = Clients.to(LocalDynamoDb.shared().endpoint(),
				(options) -> options.addExecutionInterceptor(new ExecutionInterceptor() {

					@Override
					public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
						DynamoDbBudgetTests.this.requests
							.add(context.request().getClass().getSimpleName().replace("Request", ""));
					}

				}));
		SessionCookie cookie = SessionCookie.builder("__session")
			.signedWith("a secret of the budget tests 0123")
			.build();
		this.browser = new Browser(
				SessionStorage
					.builder(cookie,
							new DynamoDbStorageStrategy(counted, TABLE, "_idx", "_ttl", Duration.ofSeconds(10),
									this.clock))
					.clock(this.clock)
					.build());
		assertCost((session) -> session.set("a", 1), "PutItem");
	}

	private void assertCost(Consumer<Session> request, String... expected) {
		this.requests.clear();
		this.browser.visit(request);
		assertThat(this.requests).containsExactly(expected);
	}

	@Test
	void eachKindOfRequestStaysInItsBudget() {
		assertCost((session) -> {
		});
		assertCost((session) -> session.get("a"), "GetItem");
		assertCost((session) -> session.set("a", 2), "GetItem", "PutItem");
		assertCost(Session::regenerateId, "GetItem", "PutItem", "PutItem");
		assertCost((session) -> session.subject("42"), "GetItem", "UpdateItem", "PutItem");
		assertCost((session) -> session.set("a", 3), "GetItem", "PutItem");
		assertCost(Session::destroy, "GetItem", "PutItem");
	}

	@Test
	void anItemGoesWhenItsSessionHasEnded() {
		String id = this.browser.ask(Session::id);
		long expires = this.browser.ask(Session::expiresAt).getEpochSecond();
		assertThat(LocalDynamoDb.shared().dump(TABLE)).noneMatch((bytes) -> new String(bytes, ISO_8859_1).contains(id));
		assertThat(LocalDynamoDb.shared()
			.client()
			.scanPaginator((request) -> request.tableName(TABLE))
			.items()
			.stream()
			.map((item) -> Long.parseLong(item.get("_ttl").n()))).contains(expires);
	}

}
