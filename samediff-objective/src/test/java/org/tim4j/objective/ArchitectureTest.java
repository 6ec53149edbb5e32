package org.tim4j.objective;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the packages of this module may know of each other and of networks. */
@AnalyzeClasses(packages = "org.tim4j.objective", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MATHEMATICS_KNOWS_NO_NETWORK =
      noClasses()
          .that()
          .resideInAnyPackage("..transport..", "..interval..", "..oracle..", "..metric..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.tim4j.layers.block..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("org\\.tim4j\\.layers\\.Tim(Network|Input|Output).*");

  @ArchTest
  static final ArchRule THE_OBJECTIVE_DOES_NOT_KNOW_ITS_TRAINER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..array..",
              "..transport..",
              "..interval..",
              "..derivative..",
              "..loss..",
              "..oracle..",
              "..sampling..",
              "..metric..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..training..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.tim4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_MODULE_KNOWS_ONLY_THE_LAYERS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tim4j.tribuo..", "org.tim4j.arbiter..", "org.tim4j.cli..");

  /** Spark is an optional dependency: whoever does without it must be able to load the rest. */
  @ArchTest
  static final ArchRule ONLY_ITS_OWN_PACKAGE_NEEDS_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tim4j.objective.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.deeplearning4j.spark..", "scala..");
}
