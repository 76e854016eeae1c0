package io.sessionkit;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom, and what must not come in.
 */
class ArchitectureTests {

	private final JavaClasses core = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.sessionkit");

	@Test
	void coreKnowsNeitherSpringNorServlets() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "jakarta.servlet..")
			.check(this.core);
	}

	@Test
	void theCookieKnowsNoSession() {
		noClasses().that()
			.resideInAPackage("io.sessionkit.cookie..")
			.should()
			.dependOnClassesThat(DescribedPredicate.and(JavaClass.Predicates.resideInAPackage("io.sessionkit.."),
					DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.sessionkit.cookie.."))))
			.check(this.core);
	}

	@Test
	void theHeartKnowsNoStrategy() {
		noClasses().that()
			.resideInAPackage("io.sessionkit")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.sessionkit.storage..")
			.check(this.core);
	}

	@Test
	void noPackagesDependOnEachOtherInACircle() {
		slices().matching("io.(**)").should().beFreeOfCycles().check(this.core);
	}

	@Test
	void nothingIsJavaSerialized() {
		noClasses().should()
			.dependOnClassesThat()
			.belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
			.check(this.core);
		noClasses().that()
			.areNotAssignableTo(Throwable.class)
			.and()
			.areNotEnums()
			.and()
			.haveNameNotMatching(".*NoClassNames.*") // Jackson's base class is
			.should()
			.implement(Serializable.class)
			.check(this.core);
	}

	@Test
	void nothingHangsOnAThread() {
		noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(this.core);
	}

	@Test
	void publicClassesAreFinalUnlessTheyAreMeantToBeExtended() {
		classes().that()
			.arePublic()
			.and()
			.areNotInterfaces()
			.and()
			.doNotBelongToAnyOf(SessionException.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.check(this.core);
	}

	@Test
	void namesSayWhatAThingIs() {
		classes().should()
			.haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)")
			.andShould()
			.haveNameNotMatching(".*\\.(Abstract|Default)[A-Z].*")
			.check(this.core);
	}

}
