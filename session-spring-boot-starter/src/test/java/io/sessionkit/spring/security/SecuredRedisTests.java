package io.sessionkit.spring.security;

import java.util.Map;

import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.storage.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Spring Security with the sessions in Redis: an authenticated page that only reads is
 * one command (G2), whatever the login was.
 */
class SecuredRedisTests {

	private static RedisProcess redis;

	private static FakeProvider provider;

	@BeforeAll
	static void start() {
		redis = RedisProcess.running();
		provider = new FakeProvider();
	}

	@AfterAll
	static void stop() {
		provider.close();
		redis.close();
	}

	private static RunningApp start(Class<?> application, String... more) {
		String[] properties = new String[redis.properties().length + more.length + 1];
		properties[0] = "sessionkit.storage=redis";
		System.arraycopy(redis.properties(), 0, properties, 1, redis.properties().length);
		System.arraycopy(more, 0, properties, 1 + redis.properties().length, more.length);
		return SecuredApps.start(application, properties);
	}

	private static void assertOneCommand(Visitor visitor, String path) {
		redis.admin().commands().configResetstat();
		assertThat(visitor.get(path).body()).startsWith("ada");
		Map<String, Long> commands = redis.admin().commandCounts();
		commands.keySet()
			.removeIf((command) -> command.startsWith("config") || command.equals("info") || command.equals("ping"));
		assertThat(commands).isEqualTo(Map.of("get", 1L));
	}

	@Test
	void aFormLoginAndOneThatIsRememberedReadOnce() {
		try (RunningApp app = start(RememberingApp.class)) {
			Visitor visitor = new Visitor(app);
			visitor.get("/login");
			visitor.post("/login",
					Map.of("username", SecuredApp.USER, "password", SecuredApp.PASSWORD, "remember-me", "on"));
			assertOneCommand(visitor, "/who");
			Visitor later = new Visitor(app).cookie("remember-me", visitor.cookie("remember-me"));
			assertThat(later.get("/who").body()).startsWith("ada");
			assertThat(later.cookies()).containsOnlyKeys("__Host-session", "remember-me");
			assertOneCommand(later, "/who");
			assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
		}
	}

	@Test
	void anOidcLoginWithALongTokenReadsOnce() {
		provider.padding(950);
		try (RunningApp app = start(OAuth2LoginTests.OAuthApp.class, provider.properties())) {
			Visitor visitor = new Visitor(app);
			String authorize = visitor.get(visitor.get("/me").location()).location();
			visitor.get(visitor.get(authorize).location());
			assertOneCommand(visitor, "/me");
			assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ SecuredPages.class, SecuredPages.Watch.class })
	static class RememberingApp {

		@Bean
		UserDetailsService users() {
			return new SecuredApp().users();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(withDefaults());
			http.rememberMe((remember) -> remember.key("k"));
			return http.build();
		}

	}

}
