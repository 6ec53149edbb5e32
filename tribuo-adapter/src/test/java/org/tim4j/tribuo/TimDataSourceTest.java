package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.regression.RegressionFactory;

class TimDataSourceTest {
  @TempDir static Path folder;
  private static Path generator;
  private static List<String> expected;

  @BeforeAll
  static void save() throws IOException {
    generator = folder.resolve("generator.tribuo");
    try (TimModel<Label> model = Tiny.trainer(1).train(Tables.catsAndDogs())) {
      model.serializeToFile(generator);
      expected = Tiny.rows(model.generate(5, TimModel.DEFAULT_EVALUATIONS, 9));
    }
  }

  private static TimDataSource<Label> source(int rows) {
    return new TimDataSource<>(generator, new LabelFactory(), rows, 9);
  }

  @Test
  void theRowsAreThoseOfTheModel() {
    assertEquals(expected, Tiny.rows(source(5)));
    assertEquals(expected, Tiny.rows(source(5)));
  }

  @Test
  void aModelTrainedOnThemRemembersWhereTheyCameFrom() {
    TimDataSource<Label> source = source(40);
    String provenance =
        new CARTClassificationTrainer()
            .train(new MutableDataset<>(source))
            .getProvenance()
            .toString();
    assertTrue(provenance.contains(TimDataSource.class.getName()), provenance);
    assertTrue(provenance.contains("resource-hash"), provenance);
    assertEquals(
        source.getProvenance(),
        ProvenanceUtil.unmarshalProvenance(
            ProvenanceUtil.marshalProvenance(source.getProvenance())));
  }

  @Test
  void aConfigurationFileChoosesTheOutput() throws IOException {
    try (ConfigurationManager manager = configuration("numExamples", "4", "condition", "dog")) {
      for (Object row : (Iterable<?>) manager.lookup("rows")) {
        assertEquals("dog", ((Example<?>) row).getOutput().toString());
      }
    }
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    assertProperty("numExamples", "0");
    assertProperty("evaluations", "0");
    assertProperty("condition", "bird");
    assertProperty("modelPath", folder.resolve("nothing").toString());
    Path text = Files.writeString(folder.resolve("text"), "no model");
    assertProperty("modelPath", text.toString());
    Path tree = folder.resolve("tree");
    new CARTClassificationTrainer().train(Tables.catsAndDogs()).serializeToFile(tree);
    assertProperty("modelPath", tree.toString());
    OutputFactory<org.tribuo.regression.Regressor> other = new RegressionFactory();
    PropertyException error =
        assertThrows(
            PropertyException.class, () -> new TimDataSource<>(generator, other, 5, 9).toString());
    assertEquals("outputFactory", error.getProperty());
  }

  private static void assertProperty(String property, String value) throws IOException {
    try (ConfigurationManager manager = configuration(property, value)) {
      PropertyException error =
          assertThrows(PropertyException.class, () -> manager.lookup("rows"), property);
      assertEquals(property, error.getProperty(), error.getMessage());
    }
  }

  /** The names and values given replace those of a valid source. */
  private static ConfigurationManager configuration(String... changes) throws IOException {
    java.util.Map<String, String> properties = new java.util.TreeMap<>();
    properties.put("modelPath", generator.toString());
    properties.put("outputFactory", "factory");
    properties.put("numExamples", "5");
    for (int i = 0; i < changes.length; i += 2) {
      properties.put(changes[i], changes[i + 1]);
    }
    StringBuilder xml = new StringBuilder("<config><component name=\"rows\" type=\"");
    xml.append(TimDataSource.class.getName()).append("\">");
    properties.forEach(
        (name, value) -> xml.append("<property name=\"%s\" value=\"%s\"/>".formatted(name, value)));
    xml.append("</component><component name=\"factory\" type=\"");
    xml.append(LabelFactory.class.getName()).append("\"/></config>");
    return new ConfigurationManager(
        Files.writeString(folder.resolve("source.xml"), xml.toString()).toString());
  }
}
