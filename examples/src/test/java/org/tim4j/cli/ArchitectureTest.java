package org.tim4j.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.util.Formatter;
import org.tim4j.layers.kernel.thread.Parallelism;

@AnalyzeClasses(packages = "org.tim4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.tim4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule MODULES_USE_ONLY_WHAT_LIES_BELOW =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("layers")
          .definedBy("org.tim4j.layers..")
          .layer("objective")
          .definedBy("org.tim4j.objective..")
          .layer("tribuo")
          .definedBy("org.tim4j.tribuo..")
          .optionalLayer("arbiter")
          .definedBy("org.tim4j.arbiter..")
          .layer("examples")
          .definedBy("org.tim4j.cli..")
          .whereLayer("examples")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tribuo")
          .mayOnlyBeAccessedByLayers("examples")
          .whereLayer("arbiter")
          .mayOnlyBeAccessedByLayers("examples")
          .whereLayer("objective")
          .mayOnlyBeAccessedByLayers("tribuo", "arbiter", "examples");

  @ArchTest
  static final ArchRule MATHEMATICS_KNOWS_NO_NETWORKS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.tim4j.objective.transport..",
              "org.tim4j.objective.interval..",
              "org.tim4j.objective.oracle..",
              "org.tim4j.objective.metric..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.tim4j\\.layers\\.Tim.*")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.deeplearning4j..",
              "org.tim4j.layers.attention..",
              "org.tim4j.layers.block..",
              "org.tim4j.layers.embedding..",
              "org.tim4j.layers.kernel..",
              "org.tim4j.layers.weights..");

  @ArchTest
  static final ArchRule RANDOM_NUMBERS_COME_FROM_KEYED_STREAMS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j.linalg.api.rng..");

  /** Beyond the layers, AdamW is a kernel's work, and the threads are a user's to choose. */
  @ArchTest
  static final ArchRule KERNELS_ARE_FOR_THE_LAYERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tim4j.layers..")
          .and()
          .doNotHaveFullyQualifiedName("org.tim4j.objective.training.FusedAdamW")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.tim4j.layers.kernel..").and(not(type(Parallelism.class))));

  /** Figures and messages have the same digits wherever they are written. */
  @ArchTest
  static final ArchRule TEXTS_DO_NOT_FOLLOW_THE_LOCALE =
      noClasses()
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callConstructor(Formatter.class)
          .orShould()
          .callConstructor(DecimalFormat.class, String.class)
          .because("it would give Arabic or German digits to tables that others read");
}
