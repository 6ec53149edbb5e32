package org.tim4j.layers.runtime;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** One random network, often of odd sizes, with its input, drawn from the stream of a number. */
final class RandomCase {
  private static final double BIAS_DEVIATION = 0.1;

  private final RandomStream random;
  private final int batch;
  private final TimNetworkConfig config;
  private final TimInput input;

  RandomCase(int number) {
    random = RandomStream.of(11, number, Purpose.EVALUATION);
    int heads = 1 + random.nextInt(3);
    int channels = 1 + random.nextInt(4);
    boolean image = number % 5 != 4;
    int patch = image ? 1 + random.nextInt(3) : 1;
    int depth = 1 + random.nextInt(4);
    batch = 1 + random.nextInt(6);
    TimNetworkConfig.Builder builder =
        TimNetworkConfig.builder()
            .inputKind(image ? InputKind.IMAGE : InputKind.TOKENS)
            .channels(channels)
            .patch(patch)
            .hidden(heads * 4 * (1 + random.nextInt(4)))
            .heads(heads)
            .depth(depth)
            .mlpRatio(1 + 3 * random.nextDouble())
            .modulationRank(1 + random.nextInt(9))
            .condition(condition(number))
            .qkNorm(random.nextBoolean())
            .distanceAware(random.nextBoolean())
            .separateIntervalEmbedding(random.nextBoolean())
            .intervalCondition(
                IntervalCondition.values()[number % IntervalCondition.values().length])
            .ropeOrder(random.nextBoolean() ? RopeOrder.OFFICIAL : RopeOrder.ROW_COLUMN);
    if (random.nextBoolean()) {
      int after = 1 + random.nextInt(depth);
      builder.representation(
          new RepresentationAlignment(after, 3 + random.nextInt(9), 2 + random.nextInt(7)));
    }
    config = builder.build();
    long rows = 1 + random.nextInt(5);
    long columns = 1 + random.nextInt(5);
    long[] shape =
        image
            ? new long[] {batch, channels, rows * patch, columns * patch}
            : new long[] {batch, rows * columns, channels};
    INDArray t = random.gaussians(DataType.FLOAT, batch, 1);
    INDArray r = random.gaussians(DataType.FLOAT, batch, 1);
    input = new TimInput(random.gaussians(DataType.FLOAT, shape), t, r, conditionArray());
  }

  private Condition condition(int number) {
    return switch (number % 4) {
      case 0 -> new Condition.Classes(1 + random.nextInt(5), true);
      case 1 -> new Condition.Vector(1 + random.nextInt(5));
      case 2 -> new Condition.Caption(1 + random.nextInt(7));
      default -> new Condition.None();
    };
  }

  private INDArray conditionArray() {
    if (config.condition() instanceof Condition.Classes classes) {
      INDArray labels = Nd4j.create(DataType.FLOAT, batch, 1);
      for (int i = 0; i < batch; i++) {
        labels.putScalar(i, 0, random.nextInt(classes.count() + 1));
      }
      return labels;
    }
    if (config.condition() instanceof Condition.Vector vector) {
      return random.gaussians(DataType.FLOAT, batch, vector.size());
    }
    if (config.condition() instanceof Condition.Caption caption) {
      return random.gaussians(DataType.FLOAT, batch, 1 + random.nextInt(24), caption.features());
    }
    return null;
  }

  TimNetworkConfig config() {
    return config;
  }

  TimInput input() {
    return input;
  }

  /** Normal numbers of the case's stream. */
  INDArray gaussians(long... shape) {
    return random.gaussians(DataType.FLOAT, shape);
  }

  /** The network in one precision on one runtime. */
  TimNetwork network(TimRuntime runtime, DataType type, INDArray parameters) {
    TimNetworkConfig all = config.toBuilder().runtime(runtime).dataType(type).build();
    TimNetwork network = TimNetwork.create(all, 1);
    network.parameters().assign(parameters.castTo(type));
    return network;
  }

  /**
   * Parameters with which every part of the network matters and numbers stay of the order of 1:
   * matrices of deviation 1 / √inputs (LeCun et al., "Efficient BackProp", 1998), gains about 1,
   * everything else about 0.
   */
  INDArray parameters() {
    TimNetwork network = TimNetwork.create(config, 1);
    for (Map.Entry<String, INDArray> entry : network.parameterTable().entrySet()) {
      INDArray values = entry.getValue();
      INDArray drawn = random.gaussians(DataType.FLOAT, values.shape());
      if (values.rank() == 2) {
        drawn.muli(1.0 / Math.sqrt(values.size(0)));
      } else {
        drawn.muli(BIAS_DEVIATION);
        if (entry.getKey().endsWith("Gain")) {
          drawn.addi(1);
        }
      }
      values.assign(drawn);
    }
    return network.parameters().dup();
  }
}
