package io.sessionkit.spring.slice;

import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/** A slice of an application needs no store to start, whatever the application uses. */
@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
class StoreSliceTests {

	private static final String SECRET = "sessionkit.cookie.secrets=a secret of the slice tests 01234";

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=redis", "spring.data.redis.port=1", SECRET })
	class WithRedis extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=jdbc", "sessionkit.jdbc.initialize-schema=always",
			"spring.datasource.url=jdbc:postgresql://localhost:1/none", SECRET })
	class WithADatabase extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=file", "sessionkit.file.directory=/dev/null/none", SECRET })
	class WithFiles extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=dynamodb", SECRET })
	class WithDynamoDb extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=cloudflare-kv", SECRET })
	class WithCloudflareKv {

		@Test
		void whatTheStoreCannotDoTheSliceCannotEither(@Autowired SessionStorage storage,
				@Autowired SubjectSessions sessions) {
			assertThat(sessions.canList()).isFalse();
			Browser browser = new Browser(storage);
			browser.visit((session) -> session.set("userId", "42"));
			assertThat(browser.get("userId")).isEqualTo("42");
			browser.visit((session) -> session.set("userId", "43"));
			browser.visit(Session::destroy);
			assertThat(browser.hasSession()).isFalse();
		}

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.revocation.storage=redis", "spring.data.redis.port=1", SECRET })
	class WithRevocationInRedis extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.revocation.storage=redis", "sessionkit.format=remix",
			"spring.data.redis.port=1", SECRET })
	class WithRevocationOfWhatRemixShares extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=redis", "sessionkit.format=react-router", "spring.data.redis.port=1",
			SECRET })
	class WithRedisThatReactRouterShares extends Slice {

	}

	@Nested
	@WebMvcTest(properties = { "sessionkit.storage=file", "sessionkit.format=remix",
			"sessionkit.file.directory=/dev/null/none", SECRET })
	class WithFilesThatRemixShares extends Slice {

	}

	abstract static class Slice {

		@Autowired
		ApplicationContext context;

		@Autowired
		SessionStorage storage;

		@Autowired
		MockMvcTester mvc;

		@Test
		void theStoreIsMemoryThatNobodyShares() {
			assertThat(this.context.getBean(SessionIdStorageStrategy.class)).isInstanceOf(MemoryStorageStrategy.class);
			assertThat(this.storage.isShared()).isFalse();
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> session.set("userId", "42"));
			assertThat(browser.get("userId")).isEqualTo("42");
			assertThat(this.mvc.get().uri("/advised/thread").exchange()).hasStatusOk();
		}

	}

}
