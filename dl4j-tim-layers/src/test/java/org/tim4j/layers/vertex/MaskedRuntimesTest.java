package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Random masks on random sizes: the fused runtime against SameDiff in double precision. */
class MaskedRuntimesTest {
  /** A random vertex with inputs, masks, parameters and an error at its output. */
  private static final class Drawn {
    private final RandomStream random;
    private final VertexDefinition definition;
    private final INDArray[] inputs;
    private final INDArray[] masks;
    private final INDArray parameters;

    Drawn(int number) {
      random = RandomStream.of(21, number, Purpose.EVALUATION);
      int heads = 1 + random.nextInt(3);
      int hidden = heads * 4 * (1 + random.nextInt(3));
      long batch = 1 + random.nextInt(4);
      boolean grid = random.nextBoolean();
      long height = 1 + random.nextInt(5);
      long width = number % 7 == 6 ? 90 : 1 + random.nextInt(5);
      long length = number % 5 == 4 ? 300 : 1 + random.nextInt(12);
      long[] tokens =
          grid
              ? new long[] {batch, height, width, hidden}
              : new long[] {batch, height * width, hidden};
      long[] row = {batch, hidden};
      long[] caption = {batch, length, hidden};
      boolean distanceAware = random.nextBoolean();
      List<long[]> shapes = new ArrayList<>(List.of(tokens));
      IntervalAttention attention =
          IntervalAttention.builder()
              .hidden(hidden)
              .heads(heads)
              .qkNorm(random.nextBoolean())
              .distanceAware(distanceAware)
              .definition();
      switch (number % 3) {
        case 0 -> {
          definition = attention;
          if (distanceAware) {
            shapes.add(row);
          }
        }
        case 1 -> {
          definition = CrossAttention.builder().hidden(hidden).heads(heads).definition();
          shapes.add(caption);
        }
        default -> {
          definition =
              TimBlock.builder()
                  .attention(attention)
                  .mlpHidden(5)
                  .modulationRank(3)
                  .captioned(true)
                  .definition();
          shapes.add(row);
          if (distanceAware) {
            shapes.add(row);
          }
          shapes.add(caption);
        }
      }
      inputs = new INDArray[shapes.size()];
      masks = new INDArray[shapes.size()];
      for (int i = 0; i < inputs.length; i++) {
        long[] shape = shapes.get(i);
        inputs[i] = random.gaussians(DataType.FLOAT, shape);
        if (shape.length > 2 && definition.maskUse(definition.inputs().get(i)) == MaskUse.KEYS) {
          masks[i] = mask(batch, inputs[i].length() / batch / hidden);
        }
      }
      parameters = random.gaussians(DataType.FLOAT, 1, definition.parameterCount()).muli(0.4);
    }

    /** Some samples have all tokens, and some have none. */
    private INDArray mask(long batch, long tokens) {
      INDArray mask = Nd4j.zeros(DataType.FLOAT, batch, tokens);
      for (long sample = 0; sample < batch; sample++) {
        double share = new double[] {0, 0.3, 0.7, 1}[random.nextInt(4)];
        for (long token = 0; token < tokens; token++) {
          mask.putScalar(sample, token, random.nextDouble() < share ? 1 : 0);
        }
      }
      return mask;
    }

    /** Output, input errors and gradients in one precision, all by name. */
    Map<String, double[]> pass(TimRuntime runtime, DataType type) {
      List<String> order = definition.parameters().stream().map(Parameter::name).toList();
      VertexRun run =
          new VertexRun(definition, runtime, "vertex", order, parameters.castTo(type), type);
      run.setErrorView(Nd4j.zeros(type, 1, definition.parameterCount()));
      INDArray[] typed = cast(inputs, type);
      INDArray output = run.forward(typed, masks, true, LayerWorkspaceMgr.noWorkspaces());
      INDArray error =
          RandomStream.of(22, 0, Purpose.EVALUATION)
              .gaussians(DataType.FLOAT, output.shape())
              .castTo(type);
      Map<String, double[]> results = new LinkedHashMap<>();
      results.put("output", doubles(output));
      Pair<Gradient, INDArray[]> errors =
          run.backward(typed, masks, error, LayerWorkspaceMgr.noWorkspaces());
      for (int i = 0; i < inputs.length; i++) {
        results.put("input " + i, doubles(errors.getSecond()[i]));
      }
      errors
          .getFirst()
          .gradientForVariable()
          .forEach((name, gradient) -> results.put(name, doubles(gradient)));
      return results;
    }

    private static INDArray[] cast(INDArray[] arrays, DataType type) {
      INDArray[] typed = new INDArray[arrays.length];
      for (int i = 0; i < arrays.length; i++) {
        typed[i] = arrays[i].castTo(type);
      }
      return typed;
    }

    private static double[] doubles(INDArray array) {
      return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void fusedKernelsDoWhatSameDiffDoes(int number) {
    Drawn drawn = new Drawn(number);
    Map<String, double[]> expected = drawn.pass(TimRuntime.SAMEDIFF, DataType.DOUBLE);
    Map<String, double[]> actual = drawn.pass(TimRuntime.FUSED, DataType.FLOAT);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, values) -> {
          double largest = 1;
          for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], actual.get(name)[i], 2e-5 * largest, name + " " + i);
          }
        });
  }
}
