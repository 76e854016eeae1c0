package io.sessionkit.spring.mvc;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code @SessionAttributes} of controllers that write bodies are in the session before
 * the body leaves, which is the last moment for a cookie.
 */
class BodySessionAttributesTests {

	private static RunningApp cookies;

	private static RunningApp store;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
		.build();

	private RunningApp app = cookies;

	@BeforeAll
	static void start() {
		cookies = RunningApp.start(BodyApp.class, "sessionkit.cookie.secure=false");
		store = RunningApp.start(MvcApp.class, "sessionkit.cookie.secure=false");
	}

	@AfterAll
	static void stop() {
		cookies.close();
		store.close();
	}

	@BeforeEach
	void forget() {
		store.store().calls();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "json", "large", "entity", "callable", "stream", "events", "written" })
	void anUnchangedOneCausesNoError(String way) {
		send("/body/text?name=ada");
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			send("/body/" + way);
			send("/body/" + way);
			assertThat(log.events()).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
		}
		assertThat(send("/body/text")).isEqualTo("ada[]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "json", "large", "entity", "callable", "stream", "events" })
	void aNewOneIsStored(String way) {
		send("/body/" + way + "?name=ada");
		assertThat(send("/body/text")).isEqualTo("ada[]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "json", "large", "entity", "callable", "stream", "events", "written" })
	void aChangedOneIsStored(String way) {
		send("/body/text?name=ada");
		send("/body/" + way + "?items=tea");
		assertThat(send("/body/text")).isEqualTo("ada[tea]");
	}

	@Test
	void aReplacedOneIsStored() {
		send("/body/text?name=ada&items=tea");
		send("/body/replaced?name=eva");
		assertThat(send("/body/text")).isEqualTo("eva[]");
	}

	@Test
	void aCompleteOneIsGone() {
		send("/body/text?name=ada");
		assertThat(send("/body/done")).isEqualTo("done");
		assertThat(send("/body/text")).isEqualTo("[]");
	}

	@Test
	void oneThatIsKnownByItsTypeIsStoredAndRemoved() {
		HttpClient.newHttpClient().sendAsync(request("/type/page"), BodyHandlers.ofString()).join();
		send("/type/body?name=ada");
		assertThat(send("/type/shown")).isEqualTo("ada[]");
		assertThat(send("/type/done")).isEqualTo("done");
		assertThat(send("/type/shown")).isEqualTo("null");
	}

	@Test
	void whoReplacesItAfterTheBodyHasBegunIsToldWhatToDo() {
		send("/body/text?name=ada");
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			this.client.sendAsync(request("/body/replaced-late"), BodyHandlers.ofString())
				.handle((answer, failure) -> null)
				.join();
			assertThat(log.events()).extracting(ILoggingEvent::getThrowableProxy)
				.extracting(IThrowableProxy::getMessage)
				.anySatisfy(
						(message) -> assertThat(message).contains("'order'", "before the body", "sessionkit.storage"));
		}
		assertThat(send("/body/text")).isEqualTo("ada[]");
	}

	@Test
	void aStoreIsWrittenOnceWithTheRestOfTheSession() {
		this.app = store;
		send("/wizard/body?name=ada");
		assertThat(store.store().calls()).isEqualTo(List.of(Call.CREATE));
		send("/wizard/body");
		assertThat(store.store().calls()).isEqualTo(List.of(Call.READ));
		send("/wizard/body?name=eva");
		assertThat(store.store().calls()).isEqualTo(List.of(Call.READ, Call.UPDATE));
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.app.port() + path))
			.POST(BodyPublishers.noBody())
			.build();
	}

	private String send(String path) {
		return this.client.sendAsync(request(path), BodyHandlers.ofString()).thenApply((answer) -> {
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			return answer.body();
		}).join();
	}

}
