package io.taskauth;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The map of the core, held against its classes. */
class ArchitectureTest {
  private static JavaClasses core;

  @BeforeAll
  static void readTheClasses() {
    core =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.taskauth");
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.taskauth.(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void nothingDependsOnTheFrontDoor() {
    noClasses()
        .that()
        .resideInAPackage("io.taskauth.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.taskauth")
        .check(core);
  }

  @Test
  void smallToolsKnowNothingOfTheRest() {
    noClasses()
        .that()
        .resideInAPackage("io.taskauth.internal")
        .should()
        .dependOnClassesThat(
            describe(
                "are ours elsewhere",
                c ->
                    c.getPackageName().startsWith("io.taskauth")
                        && !c.getPackageName().equals("io.taskauth.internal")))
        .check(core);
  }

  @Test
  void coreKnowsNeitherServletsNorDatabasesNorHttp() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.servlet..", "javax.servlet..", "java.sql..", "javax.sql..", "java.net.http..")
        .check(core);
  }

  @Test
  void nothingRunsTextOrReadsObjectsFromOutside() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.script..", "javax.naming..", "java.rmi..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(core);
  }

  @Test
  void randomnessCannotBeGuessed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(core);
  }

  @Test
  void timeComesFromTheClockThatTheHostSet() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callConstructor(java.util.Date.class)
        .check(core);
  }
}
