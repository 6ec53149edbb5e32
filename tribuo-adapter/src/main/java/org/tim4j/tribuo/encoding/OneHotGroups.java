package org.tim4j.tribuo.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.ImmutableFeatureMap;

/**
 * Finds the features that one categorical field was spread over.
 *
 * <p>Tribuo names such features {@code field@category}, but names real-valued ones in the same way.
 * A group is therefore two or more features of one field that are 1 wherever they are present and
 * that never occur together.
 */
final class OneHotGroups {
  private final String separator;

  /**
   * @param separator what stands between field and category; an empty one finds no groups
   */
  OneHotGroups(String separator) {
    this.separator = separator;
  }

  /** Features of one category; {@code active} holds the index of each row's, or -1. */
  record Group(int[] features, int[] active) {
    boolean hasEmptyRows() {
      return Arrays.stream(active).anyMatch(index -> index < 0);
    }
  }

  List<Group> find(ImmutableFeatureMap featureMap, FeatureColumns columns) {
    List<Group> groups = new ArrayList<>();
    for (List<Integer> ids : fields(featureMap, columns)) {
      int[] features = ids.stream().mapToInt(id -> id).toArray();
      int[] active = features.length > 1 ? active(features, columns) : null;
      if (active != null) {
        groups.add(new Group(features, active));
      }
    }
    return groups;
  }

  private Collection<List<Integer>> fields(ImmutableFeatureMap featureMap, FeatureColumns columns) {
    Map<String, List<Integer>> fields = new TreeMap<>();
    if (!separator.isEmpty()) {
      for (int id = 0; id < featureMap.size(); id++) {
        String name = featureMap.get(id).getName();
        int end = name.indexOf(separator);
        if (end > 0 && Arrays.stream(columns.values(id)).allMatch(value -> value == 1)) {
          fields.computeIfAbsent(name.substring(0, end), field -> new ArrayList<>()).add(id);
        }
      }
    }
    return fields.values();
  }

  /** The index of the active feature of each row, -1 where none is; null if two are somewhere. */
  private static int[] active(int[] features, FeatureColumns columns) {
    int[] active = new int[columns.rowCount()];
    Arrays.fill(active, -1);
    for (int i = 0; i < features.length; i++) {
      for (int row : columns.rows(features[i])) {
        if (active[row] >= 0) {
          return null;
        }
        active[row] = i;
      }
    }
    return active;
  }
}
