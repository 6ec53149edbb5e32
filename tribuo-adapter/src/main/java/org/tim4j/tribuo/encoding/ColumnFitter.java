package org.tim4j.tribuo.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.ImmutableFeatureMap;

/** Chooses a column for each feature or group of features of training rows. */
final class ColumnFitter {
  /** A category of more values has a binary code. */
  private static final int MOST_ONE_HOT = 32;

  /** A value that so many rows share is told apart where the scale knows no atoms. */
  private static final double POINT_MASS = 0.1;

  private final FeatureColumns data;
  private final Scaling scaling;
  private final List<Column> columns = new ArrayList<>();

  /** Of each column what it offers to {@link Dependencies}, or null. */
  private final List<Dependencies.Candidate> candidates = new ArrayList<>();

  private ColumnFitter(FeatureColumns data, Scaling scaling) {
    this.data = data;
    this.scaling = scaling;
  }

  /** Returns the columns in the order of the code; those that follow from others come last. */
  static List<Column> fit(
      FeatureColumns data,
      ImmutableFeatureMap featureMap,
      Scaling scaling,
      String oneHotSeparator) {
    ColumnFitter fitter = new ColumnFitter(data, scaling);
    boolean[] grouped = new boolean[data.size()];
    for (OneHotGroups.Group group : new OneHotGroups(oneHotSeparator).find(featureMap, data)) {
      fitter.addGroup(group);
      for (int feature : group.features()) {
        grouped[feature] = true;
      }
    }
    for (int feature = 0; feature < grouped.length; feature++) {
      if (!grouped[feature]) {
        fitter.addFeature(feature);
      }
    }
    return fitter.withDerived();
  }

  private List<Column> withDerived() {
    List<Dependencies.Candidate> few = candidates.stream().filter(c -> c != null).toList();
    DerivedColumn[] derived = new Dependencies(few).find();
    List<Column> kept = new ArrayList<>();
    List<Column> following = new ArrayList<>();
    int candidate = 0;
    for (int i = 0; i < columns.size(); i++) {
      DerivedColumn follower = candidates.get(i) == null ? null : derived[candidate++];
      if (follower == null) {
        kept.add(columns.get(i));
      } else {
        following.add(follower);
      }
    }
    kept.addAll(following);
    return kept;
  }

  private void add(Column column, double[] keys) {
    columns.add(column);
    candidates.add(
        keys == null || column.width() == 0
            ? null
            : new Dependencies.Candidate(column.features(), keys, preference(column)));
  }

  /** One-hot codes have the widest gaps, numbers lie next to their like. */
  private static int preference(Column column) {
    if (column instanceof OneHotColumn) {
      return 0;
    }
    return column instanceof BinaryCodeColumn ? 2 : 1;
  }

  private void addGroup(OneHotGroups.Group group) {
    boolean empty = group.hasEmptyRows();
    int size = group.features().length + (empty ? 1 : 0);
    Column column =
        size > MOST_ONE_HOT ? binaryCode(group) : new OneHotColumn(group.features(), empty);
    // A candidate's features are in the order of the column's, which its keys count.
    int[] features = column.features();
    int[] position = new int[data.size()];
    for (int i = 0; i < features.length; i++) {
      position[features[i]] = i;
    }
    double[] keys =
        Arrays.stream(group.active())
            .mapToDouble(active -> active < 0 ? -1 : position[group.features()[active]])
            .toArray();
    add(column, keys);
  }

  private static BinaryCodeColumn binaryCode(OneHotGroups.Group group) {
    int[] counts = new int[group.features().length];
    int none = 0;
    for (int active : group.active()) {
      if (active < 0) {
        none++;
      } else {
        counts[active]++;
      }
    }
    int[] ranked =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(counts[b], counts[a]))
            .mapToInt(i -> group.features()[i])
            .toArray();
    if (none == 0) {
      return new BinaryCodeColumn(ranked);
    }
    int absent = none;
    int above = (int) Arrays.stream(counts).filter(count -> count >= absent).count();
    int[] withNone = new int[ranked.length + 1];
    System.arraycopy(ranked, 0, withNone, 0, above);
    withNone[above] = BinaryCodeColumn.NONE;
    System.arraycopy(ranked, above, withNone, above + 1, ranked.length - above);
    return new BinaryCodeColumn(withNone);
  }

  private void addFeature(int feature) {
    double[] present = data.values(feature);
    Frequencies frequencies = Frequencies.of(present);
    int absent = data.rowCount() - present.length;
    Column column = number(feature, present, frequencies);
    if (absent > 0) {
      column = AtomColumn.of(column, Double.NaN, (double) absent / data.rowCount());
    }
    boolean few = frequencies.size() == 1 || frequencies.isDiscrete();
    add(column, few ? keys(feature, present) : null);
  }

  private Column number(int feature, double[] present, Frequencies frequencies) {
    if (frequencies.size() == 1) {
      return new ConstantColumn(feature, frequencies.values()[0]);
    }
    int mostFrequent = frequencies.mostFrequent();
    double share = (double) frequencies.counts()[mostFrequent] / present.length;
    boolean pointMass =
        scaling == Scaling.STANDARD
            && !frequencies.isDiscrete()
            && frequencies.counts()[mostFrequent] > 1
            && share >= POINT_MASS;
    if (!pointMass) {
      return NumericColumn.fit(feature, present, scaling);
    }
    double atom = frequencies.values()[mostFrequent];
    double[] rest = Arrays.stream(present).filter(value -> value != atom).toArray();
    Column inner =
        frequencies.size() == 2
            ? new ConstantColumn(feature, rest[0])
            : NumericColumn.fit(feature, rest, scaling);
    return AtomColumn.of(inner, atom, share);
  }

  private double[] keys(int feature, double[] present) {
    double[] keys = new double[data.rowCount()];
    Arrays.fill(keys, Double.NaN);
    int[] rows = data.rows(feature);
    for (int i = 0; i < rows.length; i++) {
      keys[rows[i]] = present[i] + 0.0;
    }
    return keys;
  }
}
