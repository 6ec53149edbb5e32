package org.tim4j.tribuo.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;

/** Tables as data sources of Tribuo's programs. */
class TableDataSourceTest {
  @TempDir static Path folder;
  private static Path csv;
  private static Path metadata;

  @BeforeAll
  static void write() throws IOException {
    csv = Files.writeString(folder.resolve("pets.csv"), "age;zip;kind\n1,5;007;cat\n;008;dog\n");
    metadata =
        Files.writeString(
            folder.resolve("columns.json"),
            "{\"columns\": [{\"name\": \"zip\", \"type\": \"text\"}]}");
  }

  private static List<String> features(Iterable<? extends Example<?>> rows) {
    List<String> texts = new ArrayList<>();
    for (Example<?> row : rows) {
      StringBuilder text = new StringBuilder(row.getOutput().toString());
      for (Feature feature : row) {
        text.append(' ').append(feature.getName()).append('=').append(feature.getValue());
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void cellsAreFeatures() {
    assertEquals(
        List.of("cat age=1.5 zip@007=1.0", "dog zip@008=1.0"),
        features(new TableDataSource<>(csv, null, new LabelFactory(), List.of("kind"))));
  }

  @Test
  void aConfigurationFileNamesTheMetadata() throws IOException {
    String xml =
        """
        <config>
          <component name="labels" type="org.tribuo.classification.LabelFactory"/>
          <component name="rows" type="org.tim4j.tribuo.table.TableDataSource">
            <property name="csvPath" value="%s"/>
            <property name="metadataPath" value="%s"/>
            <property name="outputFactory" value="labels"/>
            <propertylist name="labels"><item>kind</item></propertylist>
          </component>
        </config>
        """
            .formatted(csv, metadata);
    Path file = Files.writeString(folder.resolve("table.xml"), xml);
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      TableDataSource<?> source = (TableDataSource<?>) manager.lookup("rows");
      // A row without any feature has the one that says that there is a row.
      assertEquals(List.of("cat age=1.5 (row)=1.0", "dog (row)=1.0"), sorted(source));
      assertEquals(
          source.getProvenance(),
          ProvenanceUtil.unmarshalProvenance(
              ProvenanceUtil.marshalProvenance(source.getProvenance())));
      assertTrue(source.getProvenance().toString().contains("resource-hash"));
    }
  }

  private static List<String> sorted(TableDataSource<?> source) {
    return features(source).stream()
        .map(row -> row.replace("(row)=1.0 age=1.5", "age=1.5 (row)=1.0"))
        .toList();
  }

  @Test
  void whatIsWrongIsNamed() {
    String message =
        assertThrows(
                PropertyException.class,
                () -> new TableDataSource<>(csv, null, new RegressionFactory(), List.of("kind")))
            .getMessage();
    assertTrue(message.contains("does not hold numbers"), message);
    message =
        assertThrows(
                PropertyException.class,
                () -> new TableDataSource<>(csv, null, new LabelFactory(), List.of("weight")))
            .getMessage();
    assertTrue(message.contains("there is no column 'weight'"), message);
  }
}
