package org.tim4j.tribuo.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tim4j.tribuo.protos.SmoothOutputsProto;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.MutableFeatureMap;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.Regressor.DimensionTuple;

/**
 * Outputs of a regression that follow the distribution of the training outputs without repeating
 * them. Codes of training outputs (normal scores of the ranks, {@link TabularEncoding}) are drawn
 * and smoothed; values that many rows share, decimals and the range are kept.
 *
 * <p>One dimension is drawn at evenly spread quantiles, linearly between its codes. Several are
 * drawn around codes picked at random, {@code z = sqrt(1 - h²) z_i + h ε} with h = {@code n^(-1/(d
 * + 4))}, at most 0.3: a dimension stays normal, a correlation ρ becomes {@code (1 - h²) ρ}.
 */
final class SmoothDraws implements OutputDraws<Regressor> {
  private static final int MOST_CODES = 1000;
  private static final double LARGEST_BANDWIDTH = 0.3;

  private final List<String> dimensions;
  private final TabularEncoding encoding;

  /** Codes of training outputs; increasing where they have one number. */
  private final double[][] codes;

  private SmoothDraws(List<String> dimensions, TabularEncoding encoding, double[][] codes) {
    this.dimensions = dimensions;
    this.encoding = encoding;
    this.codes = codes;
  }

  /**
   * Fits outputs.
   *
   * @param outputs at least one, of the same dimensions
   * @param weights of each, at least 0 and not all 0
   */
  static SmoothDraws fit(List<Regressor> outputs, double[] weights, long seed) {
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("outputs", factory), factory);
    double total = Arrays.stream(weights).sum();
    double upTo = 0;
    int drawn = 0;
    for (int i = 0; i < weights.length; i++) {
      upTo += weights[i] / total;
      // Output i as often as its weight says; once where all weigh alike.
      for (; (drawn + 0.5) / weights.length < upTo && drawn < weights.length; drawn++) {
        data.add(row(outputs.get(i)));
      }
    }
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.QUANTILE, "");
    double[][] all = new double[data.size()][];
    for (int i = 0; i < all.length; i++) {
      all[i] = encoding.encode(data.getExample(i));
    }
    double[][] codes = encoding.width() == 1 ? quantiles(all) : choice(all, seed);
    return new SmoothDraws(List.of(outputs.get(0).getNames()), encoding, codes);
  }

  private static double[][] quantiles(double[][] codes) {
    Arrays.sort(codes, Comparator.comparingDouble(code -> code[0]));
    int count = Math.min(codes.length, MOST_CODES);
    double[][] chosen = new double[count][];
    for (int i = 0; i < count; i++) {
      chosen[i] = codes[(int) ((long) i * (codes.length - 1) / Math.max(1, count - 1))];
    }
    return chosen;
  }

  private static double[][] choice(double[][] codes, long seed) {
    int[] order = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR).permutation(codes.length);
    return Arrays.stream(order).limit(MOST_CODES).mapToObj(i -> codes[i]).toArray(double[][]::new);
  }

  private static Example<Regressor> row(Regressor output) {
    ArrayExample<Regressor> row = new ArrayExample<>(output);
    for (DimensionTuple dimension : output) {
      row.add(new Feature(dimension.getName(), dimension.getValue()));
    }
    return row;
  }

  @Override
  public List<Regressor> draw(int count, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR);
    double[][] drawn = encoding.width() == 1 ? between(count, random) : around(count, random);
    List<Regressor> outputs = new ArrayList<>();
    for (double[] code : drawn) {
      outputs.add(output(encoding.decode(code, new Regressor(dimensions.get(0), 0))));
    }
    return outputs;
  }

  private double[][] between(int count, RandomStream random) {
    int[] order = random.permutation(count);
    double[][] drawn = new double[count][1];
    for (int i = 0; i < count; i++) {
      double place = (order[i] + random.nextDouble()) / count * (codes.length - 1);
      int lower = Math.min((int) place, codes.length - 2);
      double share = place - lower;
      drawn[i][0] = (1 - share) * codes[lower][0] + share * codes[lower + 1][0];
    }
    return drawn;
  }

  private double[][] around(int count, RandomStream random) {
    double bandwidth =
        Math.min(LARGEST_BANDWIDTH, Math.pow(codes.length, -1.0 / (dimensions.size() + 4)));
    double kept = Math.sqrt(1 - bandwidth * bandwidth);
    List<Set<Double>> shared = sharedNumbers();
    double[][] drawn = new double[count][encoding.width()];
    for (double[] code : drawn) {
      double[] centre = codes[random.nextInt(codes.length)];
      for (int j = 0; j < code.length; j++) {
        double noise = random.nextGaussian();
        code[j] =
            shared.get(j).contains(centre[j]) ? centre[j] : kept * centre[j] + bandwidth * noise;
      }
    }
    return drawn;
  }

  /** The numbers that several codes have, by place. */
  private List<Set<Double>> sharedNumbers() {
    List<Set<Double>> shared = new ArrayList<>();
    for (int j = 0; j < encoding.width(); j++) {
      Set<Double> once = new HashSet<>();
      Set<Double> twice = new HashSet<>();
      for (double[] code : codes) {
        if (!once.add(code[j])) {
          twice.add(code[j]);
        }
      }
      shared.add(twice);
    }
    return shared;
  }

  private static Regressor output(Example<Regressor> row) {
    List<DimensionTuple> dimensions = new ArrayList<>();
    for (Feature feature : row) {
      dimensions.add(new DimensionTuple(feature.getName(), feature.getValue()));
    }
    return new Regressor(dimensions.toArray(DimensionTuple[]::new));
  }

  @Override
  public void writeTo(OutputPriorProto.Builder prior) {
    SmoothOutputsProto.Builder proto =
        SmoothOutputsProto.newBuilder()
            .addAllDimensions(dimensions)
            .setEncoding(encoding.serialize());
    for (double[] code : codes) {
      Arrays.stream(code).forEach(proto::addCodes);
    }
    prior.setSmooth(proto);
  }

  /**
   * Reads draws back.
   *
   * @throws IllegalStateException if the message is damaged
   */
  static SmoothDraws read(SmoothOutputsProto proto) {
    MutableFeatureMap names = new MutableFeatureMap();
    proto.getDimensionsList().forEach(name -> names.add(name, 1));
    if (names.size() == 0 || names.size() != proto.getDimensionsCount()) {
      throw new IllegalStateException(
          "Invalid protobuf, found outputs of the dimensions " + proto.getDimensionsList());
    }
    TabularEncoding encoding =
        TabularEncoding.deserialize(proto.getEncoding(), new ImmutableFeatureMap(names));
    int width = encoding.width();
    int rows = width == 0 ? 0 : proto.getCodesCount() / width;
    if (rows * width != proto.getCodesCount() || width > 0 && rows < 2) {
      throw new IllegalStateException(
          "Invalid protobuf, found " + proto.getCodesCount() + " numbers of codes of " + width);
    }
    double[][] codes = new double[Math.max(1, rows)][width];
    for (int i = 0; i < proto.getCodesCount(); i++) {
      codes[i / width][i % width] = proto.getCodes(i);
    }
    return new SmoothDraws(proto.getDimensionsList(), encoding, codes);
  }
}
