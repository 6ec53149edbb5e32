package org.tim4j.tribuo.encoding;

import java.util.ArrayList;
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

  List<int[]> find(ImmutableFeatureMap featureMap, double[][] rows) {
    List<int[]> groups = new ArrayList<>();
    for (List<Integer> ids : fields(featureMap, rows)) {
      int[] group = ids.stream().mapToInt(id -> id).toArray();
      if (group.length > 1 && isExclusive(group, rows)) {
        groups.add(group);
      }
    }
    return groups;
  }

  private Collection<List<Integer>> fields(ImmutableFeatureMap featureMap, double[][] rows) {
    Map<String, List<Integer>> fields = new TreeMap<>();
    if (!separator.isEmpty()) {
      for (int id = 0; id < featureMap.size(); id++) {
        String name = featureMap.get(id).getName();
        int end = name.indexOf(separator);
        if (end > 0 && isIndicator(id, rows)) {
          fields.computeIfAbsent(name.substring(0, end), field -> new ArrayList<>()).add(id);
        }
      }
    }
    return fields.values();
  }

  private static boolean isIndicator(int id, double[][] rows) {
    for (double[] row : rows) {
      if (!Double.isNaN(row[id]) && row[id] != 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean isExclusive(int[] group, double[][] rows) {
    for (double[] row : rows) {
      if (active(group, row) > 1) {
        return false;
      }
    }
    return true;
  }

  static int active(int[] group, double[] row) {
    int active = 0;
    for (int id : group) {
      if (!Double.isNaN(row[id])) {
        active++;
      }
    }
    return active;
  }
}
