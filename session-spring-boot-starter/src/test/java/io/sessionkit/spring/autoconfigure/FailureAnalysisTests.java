package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CountingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mistake in the configuration is explained where the start fails, without a
 * secret.
 */
class FailureAnalysisTests {

	/** What Spring Boot prints. */
	static String analysis(WebApplicationContextRunner application) {
		String[] text = new String[1];
		application.run((context) -> text[0] = analysis(context));
		return text[0];
	}

	static String analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		ArgumentResolver arguments = ArgumentResolver.of(Environment.class, new StandardEnvironment());
		for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, failure) -> {
			})) {
			FailureAnalysis analysis = analyzer.analyze(context.getStartupFailure());
			if (analysis != null) {
				return analysis.getDescription() + "\nAction: " + analysis.getAction();
			}
		}
		throw new AssertionError("Nobody explains it", context.getStartupFailure());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			cookie.secrets=aS3cret                                | Secret 1 of 1 has 7 bytes, at least 32 are needed
			cookie.secrets=aS3cret,aS3cret                        | Secret 1 of 2 has 7 bytes
			cookie.secrets=aS3aS3aS3aS3aS3aS3aS3aS3aS3aS3aS3      | 3 different characters, at least 8 are needed
			cookie.secrets=ChangeMe-aS3cret-of-enough-characters  | it says changeme
			cookie.secrets[0]=                                    | is blank
			cookie.secrets=                                       | is blank
			cookie.secrets=${aS3cretThatIsNowhereDefined}         | placeholder like ${...}
			""")
	void aWeakSecretIsRefusedWithTheCommandThatMakesAGoodOne(String property, String problem) {
		assertThat(analysis(Contexts.webWithoutSecret().withPropertyValues("sessionkit." + property)))
			.contains("sessionkit.cookie.secrets", problem, "openssl rand -base64 32")
			.doesNotContainIgnoringCase("aS3");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			cookie.name=__Host-sid,cookie.path=/shop          | sessionkit.cookie.path        | set path to /
			cookie.name=__Host-sid,cookie.domain=example.com  | sessionkit.cookie.domain      | leave domain out
			cookie.name=__Secure-sid,cookie.secure=false      | sessionkit.cookie.secure      | set secure to true
			cookie.name=a b                                   | sessionkit.cookie.name        | use letters, digits
			cookie.name=                                      | sessionkit.cookie.name        | 1 to 256 characters
			cookie.path=shop                                  | sessionkit.cookie.path        | starts with /
			cookie.domain=com                                 | sessionkit.cookie.domain      | like example.com
			cookie.name=__Http-sid,cookie.http-only=false     | sessionkit.cookie.http-only   | set http-only to true
			cookie.domain=https://example.com                 | sessionkit.cookie.domain      | without scheme
			cookie.same-site=none,cookie.secure=false         | sessionkit.cookie.same-site   | set secure to true
			cookie.same-site=sometimes                        | sessionkit.cookie.same-site   | LAX
			cookie.partitioned=true,cookie.secure=false       | sessionkit.cookie.partitioned | set secure to true
			cookie.max-age=0s                                 | sessionkit.cookie.max-age     | second
			idle-timeout=0s                                   | sessionkit.idle-timeout       | at least one second
			idle-timeout=-1m                                  | sessionkit.idle-timeout       | at least one second
			absolute-timeout=999ms                            | sessionkit.absolute-timeout   | at least one second
			idle-timeout=soon                                 | sessionkit.idle-timeout       | soon
			memory.max-sessions=0                             | sessionkit.memory.max-sessions | at least 1
			storage=filing-cabinet                            | sessionkit.storage            | MEMORY
			format=telegraph                                    | sessionkit.format               | REACT_ROUTER
			on-failure=panic                                  | sessionkit.on-failure         | ANONYMOUS
			rolling=maybe                                     | sessionkit.rolling            | maybe
			""")
	void anImpossibleValueIsNamedWithWhatToDo(String properties, String property, String advice) {
		String[] values = ("sessionkit." + properties.replace(",", ",sessionkit.")).split(",", -1);
		assertThat(analysis(Contexts.web().withPropertyValues(values))).contains(property, advice)
			.doesNotContain(Contexts.SECRET);
	}

	@Test
	void aStrategyBeanAndAStorageNameBoth() {
		for (String storage : new String[] { "memory", "cookie" }) {
			assertThat(analysis(Contexts.web()
				.withBean("ownStrategy", SessionIdStorageStrategy.class, CountingStrategy::new)
				.withPropertyValues("sessionkit.storage=" + storage)))
				.contains("'ownStrategy'", "sessionkit.storage is '" + storage + "'", "Remove the property");
		}
	}

	@Test
	void ofSeveralStrategyBeansOneIsToBePrimary() {
		WebApplicationContextRunner two = Contexts.web()
			.withBean("local", SessionIdStorageStrategy.class, CountingStrategy::new);
		assertThat(analysis(two.withBean("remote", SessionIdStorageStrategy.class, CountingStrategy::new)))
			.contains("2 SessionIdStorageStrategy beans, 'local' and 'remote'", "@Primary", "defaultCandidate = false");
		two.withBean("remote", CountingStrategy.class, CountingStrategy::new,
				(definition) -> definition.setPrimary(true))
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(context.getBean("remote", CountingStrategy.class).calls()).hasSize(1);
				assertThat(context.getBean("local", CountingStrategy.class).calls()).isEmpty();
			});
		two.withBean("aside", CountingStrategy.class, CountingStrategy::new,
				(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(context.getBean("local", CountingStrategy.class).calls()).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "memory" })
	void anUnsignedCookieBeanIsRefused(String storage) {
		SessionCookie unsigned = SessionCookie.builder("mine").build();
		assertThat(analysis(Contexts.web()
			.withBean("sessionCookie", SessionCookie.class, () -> unsigned)
			.withPropertyValues("sessionkit.storage=" + storage)))
			.contains("'sessionCookie' is unsigned", "encryptedWith(secrets)");
	}

	@Test
	void aLimitOfSessionsWhereNobodyCanCountThem() {
		assertThat(analysis(Contexts.web()
			.withConfiguration(AutoConfigurations.of(SessionSecurityAutoConfiguration.class))
			.withUserConfiguration(LimitedSessions.class)))
			.contains("SecurityFilterChain", "maximumSessions(n)", "Action: Set sessionkit.storage to one that can");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class LimitedSessions {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.sessionManagement((sessions) -> sessions.maximumSessions(1)).build();
		}

	}

	@Test
	void withoutASecretACloudPlatformIsNoPlaceToStart() {
		assertThat(analysis(Contexts.webWithoutSecret().withPropertyValues("spring.main.cloud-platform=kubernetes")))
			.contains("sessionkit.cookie.secrets is not set", "KUBERNETES", "openssl rand -base64 32");
		Contexts.web()
			.withPropertyValues("spring.main.cloud-platform=kubernetes")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
