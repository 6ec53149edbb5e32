package org.tim4j.arbiter.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tim4j.arbiter.candidate.CandidateRecord;

/** The settings of some candidates by name, such as {@code training.loss.weighting.exponent}. */
public final class SettingsTable {
  private final List<Map<String, String>> rows;

  /**
   * @param candidates one row is made of each
   */
  public SettingsTable(List<CandidateRecord> candidates) {
    rows = candidates.stream().map(SettingsTable::flat).toList();
  }

  private static Map<String, String> flat(CandidateRecord candidate) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (candidate.configuration() != null) {
      flatten("", candidate.configuration(), settings);
    }
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (!node.isObject()) {
      into.put(path, node.asText());
      return;
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue(), into));
  }

  /** Returns the names of the settings that are not the same for all candidates. */
  public List<String> varying() {
    Set<String> names =
        rows.stream()
            .flatMap(row -> row.keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return names.stream().filter(name -> values(name) > 1).toList();
  }

  private long values(String name) {
    return rows.stream()
        .filter(row -> !row.isEmpty())
        .map(row -> row.getOrDefault(name, ""))
        .distinct()
        .count();
  }

  /** Returns a setting of one candidate as text, empty if it has none. */
  public String value(int row, String name) {
    return rows.get(row).getOrDefault(name, "");
  }
}
