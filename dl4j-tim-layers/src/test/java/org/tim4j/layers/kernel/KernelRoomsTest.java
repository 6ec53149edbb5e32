package org.tim4j.layers.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How the rooms of the kernels stand on each other, and who may come in. */
@AnalyzeClasses(packages = "org.tim4j.layers", importOptions = DoNotIncludeTests.class)
class KernelRoomsTest {
  private static final String ROOM = "org.tim4j.layers.kernel.";

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("org.tim4j.layers.kernel.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule LOOPS_AND_PRODUCTS_KNOW_NO_THREADS =
      noClasses()
          .that()
          .resideInAnyPackage(ROOM + "memory", ROOM + "gemm", ROOM + "loops")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOM + "thread",
              ROOM + "flat",
              ROOM + "nn",
              ROOM + "attention",
              ROOM + "layer",
              ROOM + "block");

  @ArchTest
  static final ArchRule PIECES_KNOW_NO_LAYER =
      noClasses()
          .that()
          .resideInAnyPackage(ROOM + "thread", ROOM + "flat", ROOM + "nn", ROOM + "attention")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOM + "layer", ROOM + "block");

  @ArchTest
  static final ArchRule KERNELS_KNOW_NO_ARRAYS_AND_NO_GRAPHS =
      noClasses()
          .that()
          .resideInAPackage("org.tim4j.layers.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j.linalg.api.ndarray..");

  /** Java has no word for "public in these packages alone". */
  @ArchTest
  static final ArchRule RECORDS_SEE_LAYERS_AND_RUNNERS_SEE_MEMORY =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.tim4j.layers.kernel..", "org.tim4j.layers.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOM + "memory",
              ROOM + "gemm",
              ROOM + "loops",
              ROOM + "thread",
              ROOM + "flat",
              ROOM + "nn");

  @ArchTest
  static final ArchRule ONLY_DEFINITIONS_AND_RUNNERS_USE_KERNELS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.tim4j.layers.kernel..",
              "org.tim4j.layers.runtime..",
              "org.tim4j.layers.attention..",
              "org.tim4j.layers.block..",
              "org.tim4j.layers.embedding..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tim4j.layers.kernel..");
}
