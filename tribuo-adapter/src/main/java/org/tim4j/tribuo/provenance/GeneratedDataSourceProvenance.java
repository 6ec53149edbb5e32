package org.tim4j.tribuo.provenance;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.OutputFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.OutputFactoryProvenance;

/** Provenance of examples that a model generated: the model's own, and what was asked of it. */
public final class GeneratedDataSourceProvenance implements DataSourceProvenance {
  private static final long serialVersionUID = 1L;

  /** Provenance key of the generator. */
  public static final String GENERATOR = "generator";

  /** Provenance key of the number of examples. */
  public static final String NUM_EXAMPLES = "num-examples";

  /** Provenance key of the number of network evaluations per example. */
  public static final String EVALUATIONS = "network-evaluations";

  /** Provenance key of the seed. */
  public static final String SEED = "seed";

  private static final String HOST = "org.tim4j.tribuo.GeneratedDataSource";

  private final ModelProvenance generator;
  private final OutputFactoryProvenance outputFactory;
  private final IntProvenance examples;
  private final IntProvenance evaluations;
  private final LongProvenance seed;
  private final DateTimeProvenance created;

  /**
   * Records one call of a generator, now.
   *
   * @param generator provenance of the model
   * @param outputFactory the factory of the outputs
   * @param examples number of examples
   * @param evaluations number of network evaluations per example
   * @param seed seed of the call
   */
  public GeneratedDataSourceProvenance(
      ModelProvenance generator,
      OutputFactory<?> outputFactory,
      int examples,
      int evaluations,
      long seed) {
    this.generator = generator;
    this.outputFactory = outputFactory.getProvenance();
    this.examples = new IntProvenance(NUM_EXAMPLES, examples);
    this.evaluations = new IntProvenance(EVALUATIONS, evaluations);
    this.seed = new LongProvenance(SEED, seed);
    this.created = new DateTimeProvenance(DATASOURCE_CREATION_TIME, OffsetDateTime.now());
  }

  /**
   * Deserialization constructor.
   *
   * @param map the provenances
   */
  public GeneratedDataSourceProvenance(Map<String, Provenance> map) {
    this.generator = extract(map, GENERATOR, ModelProvenance.class);
    this.outputFactory = extract(map, OUTPUT_FACTORY, OutputFactoryProvenance.class);
    this.examples = extract(map, NUM_EXAMPLES, IntProvenance.class);
    this.evaluations = extract(map, EVALUATIONS, IntProvenance.class);
    this.seed = extract(map, SEED, LongProvenance.class);
    this.created = extract(map, DATASOURCE_CREATION_TIME, DateTimeProvenance.class);
  }

  private static <T extends Provenance> T extract(
      Map<String, Provenance> map, String key, Class<T> type) {
    return ObjectProvenance.checkAndExtractProvenance(
        map, key, type, GeneratedDataSourceProvenance.class.getSimpleName());
  }

  /** The provenance of the model that generated the examples. */
  public ModelProvenance getGenerator() {
    return generator;
  }

  @Override
  public String getClassName() {
    return HOST;
  }

  @Override
  public Iterator<Pair<String, Provenance>> iterator() {
    return values().entrySet().stream().map(e -> new Pair<>(e.getKey(), e.getValue())).iterator();
  }

  private Map<String, Provenance> values() {
    Map<String, Provenance> values = new LinkedHashMap<>();
    values.put(CLASS_NAME, new StringProvenance(CLASS_NAME, HOST));
    values.put(GENERATOR, generator);
    values.put(OUTPUT_FACTORY, outputFactory);
    values.put(NUM_EXAMPLES, examples);
    values.put(EVALUATIONS, evaluations);
    values.put(SEED, seed);
    values.put(DATASOURCE_CREATION_TIME, created);
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GeneratedDataSourceProvenance that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return generateString("DataSource");
  }
}
