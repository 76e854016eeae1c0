package io.sessionkit;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The house rules, as far as class files show them. */
class ArchitectureTests {

	private static final JavaClasses CORE = new ClassFileImporter()
		.importUrl(Session.class.getProtectionDomain().getCodeSource().getLocation());

	private static final Pattern BANNED = Pattern
		.compile(".*(Manager|Helper|Utils?|Impl)|Abstract[A-Z].*|Default[A-Z].*|I[A-Z][a-z].*");

	private static final Pattern PROPERTY_IN_A_MESSAGE = Pattern
		.compile("[^*]*\".*(?<!io[.])\\bsessionkit[.].*|[^*]*\".*\\bspring[.](data|datasource)\\b.*");

	private static final Set<String> SPOKEN_BETWEEN_HEART_AND_COOKIE = Set.of("CookiePurpose", "OpenedCookie",
			"SecretHash");

	private static void check(ArchRule rule) {
		rule.check(CORE);
	}

	@Test
	void thereIsSomethingToCheck() {
		assertThat(CORE.contain(Session.class)).isTrue();
		assertThat(CORE.contain(ArchitectureTests.class)).isFalse();
	}

	@Test
	void theCookieKnowsNothingElseOfOurs() {
		check(noClasses().that()
			.resideInAPackage("io.sessionkit.cookie..")
			.should()
			.dependOnClassesThat(
					resideInAPackage("io.sessionkit..").and(not(resideInAPackage("io.sessionkit.cookie..")))));
	}

	@Test
	void theHeartKnowsNoStrategy() {
		check(noClasses().that()
			.resideInAPackage("io.sessionkit")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.sessionkit.storage.."));
	}

	@Test
	void noStrategyKnowsAnother() {
		check(slices().matching("io.sessionkit.storage.(*)..").should().notDependOnEachOther().allowEmptyShould(true));
	}

	@Test
	void thereAreNoPackageCycles() {
		check(slices().matching("io.(**)").should().beFreeOfCycles());
	}

	@Test
	void theCoreNeedsTheJdkJacksonSlf4jAndJSpecifyOnly() {
		check(classes().should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("io.sessionkit..", "java..", "javax.crypto..", "tools.jackson..",
					"com.fasterxml.jackson.annotation..", "org.slf4j..", "org.jspecify.annotations.."));
	}

	@Test
	void onlyTheHeartKnowsJson() {
		check(noClasses().that()
			.resideOutsideOfPackage("io.sessionkit")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
	}

	@Test
	void nothingIsJavaSerialized() {
		check(noClasses().should().dependOnClassesThat(assignableTo(ObjectInputStream.class)));
		check(noClasses().should().dependOnClassesThat(assignableTo(ObjectOutputStream.class)));
		check(noClasses().that(not(assignableTo(Throwable.class))).should(implementDirectly(Serializable.class)));
	}

	@Test
	void nothingIsKeptInAThread() {
		check(noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class)));
	}

	@Test
	void nobodyWritesToTheConsoleOrLogsAtInfo() {
		check(noClasses().should().accessField(System.class, "out"));
		check(noClasses().should().accessField(System.class, "err"));
		check(noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("info is logged",
					(call) -> call.getTarget().getOwner().isAssignableTo(Logger.class)
							&& call.getName().equals("info"))));
	}

	@Test
	void nobodyReadsTheSystemsClockPastTheInjectedOne() {
		for (Class<?> type : List.of(Instant.class, LocalDateTime.class, ZonedDateTime.class)) {
			check(noClasses().should().callMethod(type, "now"));
		}
		check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
	}

	@Test
	void namesSayWhatAThingIs() {
		check(classes().that(DescribedPredicate.describe("are named", (type) -> !type.isAnonymousClass()))
			.should(new ArchCondition<>("have none of the banned names") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean banned = BANNED.matcher(type.getSimpleName()).matches();
					events.add(new SimpleConditionEvent(type, !banned, type.getName()));
				}

			}));
	}

	@Test
	void whatIsPublicIsFinalOrMeantToBeImplemented() {
		check(classes().that()
			.arePublic()
			.and()
			.areNotInterfaces()
			.and()
			.areNotEnums()
			.and(not(DescribedPredicate.describe("sealed", (type) -> type.reflect().isSealed())))
			.should()
			.haveModifier(JavaModifier.FINAL));
		check(classes().that()
			.arePublic()
			.and()
			.areInterfaces()
			.should()
			.haveSimpleNameEndingWith("Strategy")
			.orShould()
			.haveSimpleNameEndingWith("Listener")
			.orShould()
			.beNestedClasses());
	}

	@Test
	void publicIsOnlyWhatAUserMustName() {
		assertThat(CORE.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter(JavaClass::isTopLevelClass)
			.map(JavaClass::getSimpleName)
			.filter((name) -> !name.equals("package-info"))
			.filter((name) -> !SPOKEN_BETWEEN_HEART_AND_COOKIE.contains(name))).containsExactlyInAnyOrder("Session",
					"SessionKey", "FlashKey", "SessionAbsence", "SessionStorage", "CommitOptions", "Revocation",
					"SessionStorageListener", "SessionIdentity", "SubjectSessions", "SubjectSession",
					"LibraryAttributes", "SessionChangeListener", "SessionAttributes", "AttributeTypeException",
					"SessionIdStorageStrategy", "SharedStorageStrategy", "SessionRecord", "SessionRecordFormat",
					"UpdateOutcome", "Deadline", "SessionException", "SessionSerializationException",
					"SessionStorageException", "SessionTooLargeException", "SessionCookie", "SameSite", "CookieFormat",
					"CookieRejection", "CookieConfigurationException", "MemoryStorageStrategy", "FileStorageStrategy",
					"SharedFileStorageStrategy", "CloudflareKvStorageStrategy");
	}

	@Test
	void noKnotInAPackageHasMoreThanEightTypes() {
		Map<JavaClass, Set<JavaClass>> reached = new HashMap<>();
		CORE.forEach((type) -> reached.computeIfAbsent(topLevel(type), ArchitectureTests::reachedFrom));
		reached.forEach((type,
				all) -> assertThat(all.stream().filter((other) -> reached.getOrDefault(other, Set.of()).contains(type)))
					.as("what %s needs and is needed by", type.getSimpleName())
					.hasSizeLessThanOrEqualTo(8));
	}

	private static Set<JavaClass> reachedFrom(JavaClass type) {
		Set<JavaClass> reached = new HashSet<>();
		Deque<JavaClass> open = new ArrayDeque<>(Set.of(type));
		while (!open.isEmpty()) {
			JavaClass next = open.pop();
			CORE.stream()
				.filter((each) -> topLevel(each).equals(next))
				.flatMap((each) -> each.getDirectDependenciesFromSelf().stream())
				.map((dependency) -> topLevel(dependency.getTargetClass().getBaseComponentType()))
				.filter((target) -> target.getPackage().equals(type.getPackage()) && CORE.contain(target.getName()))
				.filter(reached::add)
				.forEach(open::add);
		}
		return reached;
	}

	private static JavaClass topLevel(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::topLevel).orElse(type);
	}

	@Test
	void noFieldIsPublicAndStaticOnesAreFinal() {
		check(fields().that()
			.areDeclaredInClassesThat()
			.areNotEnums()
			.and()
			.arePublic()
			.should()
			.beStatic()
			.andShould()
			.beFinal());
		check(fields().that().areStatic().should().beFinal());
	}

	@Test
	void nothingIsSynchronizedThatWaits() {
		check(methods().that()
			.haveModifier(JavaModifier.SYNCHRONIZED)
			.should()
			.beDeclaredInClassesThat(DescribedPredicate.describe("keep a map in memory",
					(type) -> Set.of("EndedSessions", "OncePerMinute", "WrittenCookies")
						.contains(type.getSimpleName()))));
	}

	/** An application without Spring has no such property; the starter names it. */
	@Test
	void messagesNameNoPropertyOfTheStarter() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).hasSizeGreaterThan(50);
			for (Path source : sources) {
				assertThat(Files.readAllLines(source)).as(source.toString())
					.noneMatch(PROPERTY_IN_A_MESSAGE.asMatchPredicate());
			}
		}
	}

	@Test
	void everyPackageIsNullMarked() {
		CORE.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.forEach((each) -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
	}

	private static ArchCondition<JavaClass> implementDirectly(Class<?> type) {
		return new ArchCondition<>("implement " + type.getSimpleName() + " directly") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				boolean direct = item.getRawInterfaces().stream().anyMatch((each) -> each.isEquivalentTo(type));
				events.add(new SimpleConditionEvent(item, direct, item.getName()));
			}

		};
	}

}
