package org.tim4j.cli.table;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.processors.field.IdentityProcessor;

/** One-hot features of a text column, none for an empty cell (Tribuo's own makes one of it). */
final class CategoryProcessor implements FieldProcessor {
  @Config(mandatory = true, description = "The field name to read.")
  private String fieldName;

  /** For OLCUT. */
  private CategoryProcessor() {}

  CategoryProcessor(String fieldName) {
    this.fieldName = fieldName;
  }

  @Override
  public String getFieldName() {
    return fieldName;
  }

  @Override
  public List<ColumnarFeature> process(String value) {
    return value.isBlank()
        ? List.of()
        : List.of(new ColumnarFeature(fieldName, value, IdentityProcessor.FEATURE_VALUE));
  }

  @Override
  public GeneratedFeatureType getFeatureType() {
    return GeneratedFeatureType.BINARISED_CATEGORICAL;
  }

  @Override
  public CategoryProcessor copy(String newFieldName) {
    return new CategoryProcessor(newFieldName);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "FieldProcessor");
  }

  @Override
  public String toString() {
    return "CategoryProcessor(fieldName=" + fieldName + ")";
  }
}
