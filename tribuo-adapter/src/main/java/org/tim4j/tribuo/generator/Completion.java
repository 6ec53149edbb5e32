package org.tim4j.tribuo.generator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * Draws the unknown numbers of vectors given the known ones, by a generator that was not trained
 * for it: from every noise level the transition jumps to the data, the known numbers replace what
 * it gives, and fresh noise leads to the next level below. The fresh noise lets known and unknown
 * numbers come to fit each other (compare the resampling of RePaint, Lugmayr et al., CVPR 2022).
 */
final class Completion {
  private final TransitionFunction function;
  private final Transport transport;
  private final int evaluations;

  /**
   * @param evaluations noise levels, evenly spread over the path, at least 1
   */
  Completion(TransitionFunction function, Transport transport, int evaluations) {
    this.function = function;
    this.transport = transport;
    this.evaluations = evaluations;
  }

  /**
   * Returns the completed vectors.
   *
   * @param vectors {@code [row][width]}, not changed
   * @param known which numbers are given, of the same shape
   * @param conditions one for each row
   */
  double[][] of(double[][] vectors, boolean[][] known, double[][] conditions, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.SAMPLE_START);
    INDArray condition = Nd4j.createFromArray(conditions).castTo(DataType.FLOAT);
    double[][] data = new double[vectors.length][vectors[0].length];
    for (int level = 0; level < evaluations; level++) {
      double time = transport.tMax() + (transport.tMin() - transport.tMax()) * level / evaluations;
      data = jump(noised(keepKnown(data, vectors, known), time, random), time, condition);
    }
    return keepKnown(data, vectors, known);
  }

  private static double[][] keepKnown(double[][] data, double[][] vectors, boolean[][] known) {
    double[][] kept = new double[data.length][];
    for (int i = 0; i < data.length; i++) {
      kept[i] = data[i].clone();
      for (int j = 0; j < kept[i].length; j++) {
        kept[i][j] = known[i][j] ? vectors[i][j] : kept[i][j];
      }
    }
    return kept;
  }

  /** The states at a time; at the first the data hardly count. */
  private double[][] noised(double[][] data, double time, RandomStream random) {
    PathCoefficients path = transport.path(time);
    double[][] states = new double[data.length][data[0].length];
    for (int i = 0; i < states.length; i++) {
      for (int j = 0; j < states[i].length; j++) {
        states[i][j] =
            path.alpha() * transport.dataScale() * data[i][j]
                + path.sigma() * random.nextGaussian();
      }
    }
    return states;
  }

  private double[][] jump(double[][] states, double time, INDArray condition) {
    double[] t = new double[states.length];
    double[] r = new double[states.length];
    Arrays.fill(t, time);
    Arrays.fill(r, transport.tMin());
    INDArray x = JitteredRows.tokens(states);
    INDArray end = transport.transit(x, function.apply(x, t, r, condition), t, r);
    double scale = transport.dataScale() * transport.path(transport.tMin()).alpha();
    return end.castTo(DataType.DOUBLE)
        .divi(scale)
        .reshape(states.length, states[0].length)
        .toDoubleMatrix();
  }
}
