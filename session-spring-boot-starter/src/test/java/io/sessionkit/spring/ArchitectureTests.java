package io.sessionkit.spring;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may import whom, and what nobody may.
 */
class ArchitectureTests {

	private static final String WEB = "io.sessionkit.spring.web";

	private static final String EVENT = "io.sessionkit.spring.event";

	private static final String ACTUATE = "io.sessionkit.spring.actuate";

	private static final String TEST = "io.sessionkit.spring.test";

	private static final String SECURITY = "io.sessionkit.spring.security";

	private static final String AUTOCONFIGURE = "io.sessionkit.spring.autoconfigure";

	private static final String REDIS = "io.sessionkit.storage.redis";

	private static final String DYNAMODB = "io.sessionkit.storage.dynamodb";

	private static final String JDBC = "io.sessionkit.storage.jdbc";

	private static final JavaClasses OURS = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.withImportOption((location) -> !location.contains("-tests.jar"))
		.importPackages("io.sessionkit");

	/** The name of another's as a text: a class object would be an arrow to it. */
	@Test
	void aLoggerIsTakenByItsOwnClassOrByName() {
		classes().should(new ArchCondition<>("take loggers by their own class") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMethodCallsFromSelf()
					.stream()
					.filter((call) -> call.getTargetOwner().isEquivalentTo(LoggerFactory.class))
					.forEach((call) -> type.getReferencedClassObjects()
						.stream()
						.filter((object) -> object.getLineNumber() == call.getLineNumber())
						.filter((object) -> !object.getRawType().equals(type))
						.forEach((object) -> events
							.add(SimpleConditionEvent.violated(type, call.getDescription() + " by another class"))));
			}

		}).check(OURS);
	}

	@Test
	void theWebPartKnowsTheHeartOnly() {
		classes().that()
			.resideInAPackage(WEB)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(WEB, "io.sessionkit", "java..", "jakarta.servlet..", "org.springframework..",
					"org.slf4j", "org.jspecify.annotations", "tools.jackson.databind..")
			.check(OURS);
	}

	@Test
	void theWebAndTheSecurityPartKnowNothingOfSpringBoot() {
		noClasses().that()
			.resideInAnyPackage(WEB, SECURITY)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(OURS);
	}

	@Test
	void theTableKnowsTheHeartAndNothingOfSpringBoot() {
		classes().that()
			.resideInAPackage(JDBC)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(JDBC, "io.sessionkit", "java..", "javax.sql", "org.springframework.jdbc..",
					"org.springframework.dao", "org.springframework.core..", "org.springframework.util",
					"org.springframework.beans..", "com.zaxxer.hikari..", "org.slf4j", "org.jspecify.annotations")
			.check(OURS);
	}

	@Test
	void eventsKnowWhyACookieIsRejectedAndNothingElse() {
		classes().that()
			.resideInAPackage(EVENT)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(EVENT, "io.sessionkit.cookie", "java..", "org.jspecify.annotations")
			.check(OURS);
	}

	@Test
	void metersKnowNothingOfSpring() {
		noClasses().that()
			.haveSimpleName("SessionMeters")
			.or()
			.haveSimpleName("SessionObservations")
			.or()
			.haveSimpleName("KeyUsage")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.check(OURS);
	}

	@Test
	void theTestKitKnowsTheHeartOnly() {
		classes().that()
			.resideInAPackage(TEST)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(TEST, WEB, "io.sessionkit", "java..", "jakarta.servlet..", "org.springframework..",
					"org.assertj..", "org.jspecify.annotations")
			.check(OURS);
	}

	@Test
	void onlyTheTestKitKnowsTestLibraries() {
		noClasses().that()
			.resideOutsideOfPackage(TEST)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(TEST, "org.assertj..", "org.springframework.test..", "org.springframework.mock..",
					"org.springframework.boot.test..")
			.check(OURS);
	}

	@Test
	void theSecurityPartKnowsTheWebPartAndTheHeartOnly() {
		classes().that()
			.resideInAPackage(SECURITY)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(SECURITY, WEB, "io.sessionkit", "java..", "jakarta.servlet..", "org.springframework..",
					"tools.jackson..", "com.fasterxml.jackson.annotation", "org.slf4j", "org.jspecify.annotations")
			.check(OURS);
	}

	@Test
	void onlyTheSecurityPartAndItsAutoConfigurationKnowSpringSecurity() {
		noClasses().that()
			.resideOutsideOfPackage(SECURITY)
			.and()
			.haveNameNotMatching(".*(Security|OAuth2)[^.]*")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.security..")
			.check(OURS);
	}

	@Test
	void nobodyKnowsTheAutoConfiguration() {
		noClasses().that()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE)
			.check(OURS);
	}

	@Test
	void theStarterIsInItsPackages() {
		classes().that()
			.resideInAPackage("io.sessionkit.spring..")
			.should()
			.resideInAnyPackage(WEB, EVENT, ACTUATE, TEST, SECURITY, AUTOCONFIGURE)
			.check(OURS);
	}

	@Test
	void theRedisStorageKnowsTheHeartAndSpringDataOnly() {
		classes().that()
			.resideInAPackage(REDIS)
			.should()
			.onlyDependOnClassesThat()
			// Of the cookie the name of the format that records are shared by, no more.
			.resideInAnyPackage(REDIS, "io.sessionkit", "io.sessionkit.cookie", "java..", "org.slf4j",
					"org.springframework.data.redis..", "org.springframework.beans.factory.annotation",
					"org.jspecify.annotations", "org.slf4j")
			.check(OURS);
	}

	@Test
	void theDynamoDbStorageKnowsTheHeartAndTheSdkOnly() {
		classes().that()
			.resideInAPackage(DYNAMODB)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(DYNAMODB, "io.sessionkit", "java..", "software.amazon.awssdk..",
					"org.springframework.beans.factory.annotation", "org.jspecify.annotations", "org.slf4j")
			.check(OURS);
	}

	@Test
	void thereAreNoCycles() {
		slices().matching("io.sessionkit.(**)").should().beFreeOfCycles().check(OURS);
	}

	@Test
	void nothingHangsOnAThread() {
		noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class)).check(OURS);
	}

	@Test
	void nothingIsJavaSerialized() {
		noClasses().should()
			.dependOnClassesThat(assignableTo(ObjectInputStream.class).or(assignableTo(ObjectOutputStream.class)))
			.check(OURS);
	}

	@Test
	void publicIsOnlyWhatAUserMustName() {
		assertThat(OURS.stream()
			.filter((type) -> type.getPackageName().startsWith("io.sessionkit.spring")
					|| type.getPackageName().equals(JDBC) || type.getPackageName().equals(REDIS)
					|| type.getPackageName().equals(DYNAMODB))
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter(JavaClass::isTopLevelClass)
			.map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("CurrentSession", "MissingSessionValueException",
					"SessionArgumentResolverBeanPostProcessor", "SessionFilter", "SessionTransport",
					"SessionHealthAutoConfiguration", "SessionValue", "SessionKitProperties",
					"RedisStorageAutoConfiguration", "RedisStorageStrategy", "SessionRedisConnectionFactory",
					"SharedRedisStorageStrategy", "DynamoDbStorageStrategy", "SessionDynamoDbClient",
					"CloudflareKvStorageAutoConfiguration", "DynamoDbStorageAutoConfiguration",
					"JdbcStorageAutoConfiguration", "JdbcStorageStrategy", "SessionPoolDataSource", "SessionDataSource",
					"SessionStorageAutoConfiguration", "SessionStorageCustomizer", "SessionWebAutoConfiguration",
					"SliceStorageAutoConfiguration", "SliceSecretAutoConfiguration",
					"UnsupportedSessionSettingException", "SessionEvent", "SessionEventAutoConfiguration",
					"SessionMeters", "SessionObservations", "SessionMetersAutoConfiguration",
					"SessionObservationAutoConfiguration", "SessionKitEndpoint", "SessionEndpointAutoConfiguration",
					"TestSessions", "SessionContent", "SessionAssert", "SessionAssertions", "HttpSessionMode",
					"HttpSessions", "SessionBeanScope", "PasskeyOptionsConverter", "MockSessionFilter",
					"MockSessionAutoConfiguration", "RenderingInterceptor", "UnsupportedAttributes",
					"AttributeConverter", "SecurityAttributeConverter", "SecurityJson", "SecurityJsonCustomizer",
					"SessionHttpSecurityCustomizer", "SubjectSessionRegistry", "SubjectOidcSessionRegistry",
					"SessionRequestCache", "SessionSecurityAutoConfiguration", "SessionOAuth2AutoConfiguration",
					"SessionMvcAutoConfiguration", "JsonFlashMapManager", "WithoutRenewal",
					"WithoutRenewalInterceptor");
	}

	@Test
	void noNameSaysNothing() {
		noClasses().should()
			.haveNameMatching(
					".*\\.(Abstract|Default|I(?=[A-Z]))[^.]*|.*(?<!FlashMap)(Manager|Helper|Util|Utils|Impl)(\\$.*)?")
			.check(OURS);
	}

	@Test
	void whatIsNoInterfaceOrAnnotationIsFinal() {
		classes().that()
			.resideInAPackage("io.sessionkit.spring..")
			.and()
			.areNotInterfaces()
			.and()
			.areNotAnonymousClasses()
			.should()
			.haveModifier(JavaModifier.FINAL)
			.check(OURS);
	}

}
