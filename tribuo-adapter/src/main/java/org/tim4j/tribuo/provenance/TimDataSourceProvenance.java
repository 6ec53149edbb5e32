package org.tim4j.tribuo.provenance;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.impl.SkeletalConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.tribuo.provenance.ConfiguredDataSourceProvenance;

/**
 * Provenance of a configured source: its settings, and the hash of the file behind it, a generator
 * or a table.
 */
public final class TimDataSourceProvenance extends SkeletalConfiguredObjectProvenance
    implements ConfiguredDataSourceProvenance {
  private static final long serialVersionUID = 1L;

  private final HashProvenance fileHash;

  /**
   * Records a data source.
   *
   * @param host the data source
   * @param path the file behind it, which is hashed
   * @param <T> the type of the data source
   */
  public <T extends Configurable> TimDataSourceProvenance(T host, Path path) {
    super(host, "DataSource");
    this.fileHash =
        new HashProvenance(
            DEFAULT_HASH_TYPE, RESOURCE_HASH, ProvenanceUtil.hashResource(DEFAULT_HASH_TYPE, path));
  }

  /**
   * Deserialization constructor.
   *
   * @param map the provenances
   */
  public TimDataSourceProvenance(Map<String, Provenance> map) {
    this(extract(map));
  }

  private TimDataSourceProvenance(ExtractedInfo info) {
    super(info);
    this.fileHash = (HashProvenance) info.instanceValues.get(RESOURCE_HASH);
  }

  private static ExtractedInfo extract(Map<String, Provenance> map) {
    Map<String, Provenance> configured = new HashMap<>(map);
    String className = remove(configured, CLASS_NAME, StringProvenance.class).getValue();
    String hostName = remove(configured, HOST_SHORT_NAME, StringProvenance.class).getValue();
    HashProvenance hash = remove(configured, RESOURCE_HASH, HashProvenance.class);
    return new ExtractedInfo(className, hostName, configured, Map.of(RESOURCE_HASH, hash));
  }

  private static <T extends Provenance> T remove(
      Map<String, Provenance> map, String key, Class<T> type) {
    T value =
        ObjectProvenance.checkAndExtractProvenance(
            map, key, type, TimDataSourceProvenance.class.getSimpleName());
    map.remove(key);
    return value;
  }

  @Override
  public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
    Map<String, PrimitiveProvenance<?>> values = super.getInstanceValues();
    values.put(RESOURCE_HASH, fileHash);
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimDataSourceProvenance that
        && super.equals(that)
        && fileHash.equals(that.fileHash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), fileHash);
  }
}
