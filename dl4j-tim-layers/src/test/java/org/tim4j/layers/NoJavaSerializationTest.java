package org.tim4j.layers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deeplearning4j.util.ModelSerializer;

/** Files from strangers must not be able to run code: none holds serialised Java objects. */
@AnalyzeClasses(packages = "org.tim4j.layers", importOptions = ImportOption.DoNotIncludeTests.class)
class NoJavaSerializationTest {
  @ArchTest
  static final ArchRule nothingReadsOrWritesJavaObjects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class, ModelSerializer.class);
}
