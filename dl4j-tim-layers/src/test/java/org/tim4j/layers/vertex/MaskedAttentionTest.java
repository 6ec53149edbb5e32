package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;

/** Padding that a mask names is as if it were not there. */
class MaskedAttentionTest {
  private static INDArray output(ComputationGraph graph, INDArray[] inputs, INDArray[] masks) {
    return graph.output(false, inputs.clone(), masks)[0];
  }

  /** Returns what real tokens have in one example, {@code [tokens, hidden]}. */
  private static INDArray real(INDArray array, int example, int tokens) {
    return array
        .reshape(2, 5, MaskedCase.HIDDEN)
        .get(point(example), interval(0, tokens), all())
        .dup();
  }

  private static INDArray[] withOtherPadding(INDArray[] inputs, INDArray[] masks) {
    INDArray[] changed = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      changed[i] = inputs[i].dup();
      if (masks[i] != null) {
        long[] shape = inputs[i].shape();
        long tokens = inputs[i].length() / shape[0] / MaskedCase.HIDDEN;
        INDArray flat = changed[i].reshape(shape[0] * tokens, MaskedCase.HIDDEN);
        INDArray mask = masks[i].castTo(DataType.FLOAT).reshape(shape[0] * tokens);
        for (long j = 0; j < mask.length(); j++) {
          if (mask.getDouble(j) == 0) {
            flat.getRow(j).assign(50);
          }
        }
      }
    }
    return changed;
  }

  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#honoured")
  void whatPaddingHoldsChangesNoRealToken(MaskedCase masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray expected = output(graph, inputs, masked.masks());
    INDArray actual = output(graph, withOtherPadding(inputs, masked.masks()), masked.masks());
    assertEquals(real(expected, 0, 3), real(actual, 0, 3));
    assertEquals(real(expected, 1, 5), real(actual, 1, 5));
  }

  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#honoured")
  void aPaddedExampleIsTheShorterOne(MaskedCase masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray padded = real(output(graph, inputs, masked.masks()), 0, 3);
    INDArray[] shorter = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      INDArray first = inputs[i].get(interval(0, 1)).dup();
      shorter[i] =
          i > 0
              ? first
              : first.rank() == 4
                  ? first.get(all(), all(), interval(0, 3), all()).dup()
                  : first.get(all(), interval(0, 3), all()).dup();
    }
    INDArray alone = graph.output(shorter)[0].reshape(3, MaskedCase.HIDDEN);
    assertTrue(alone.equalsWithEps(padded, 1e-5), alone + " and " + padded);
  }

  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#honoured")
  void aMaskOfOnesIsNoMaskToTheLastBit(MaskedCase masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray[] ones = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      ones[i] = masked.masks()[i] == null ? null : Nd4j.ones(masked.masks()[i].shape());
    }
    INDArray masks = output(graph, inputs, ones);
    assertEquals(graph.output(inputs)[0], masks);
  }

  /** No mask of an earlier pass is looked at. */
  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#honoured")
  void aMaskLastsForOnePass(MaskedCase masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray before = graph.output(inputs)[0].dup();
    output(graph, inputs, masked.masks());
    assertEquals(before, graph.output(inputs)[0]);
  }

  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void masksThatDoNotFitAreRefused(TimRuntime runtime) {
    MaskedCase masked = MaskedCase.cases(runtime).get(0);
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    for (INDArray mask :
        new INDArray[] {
          Nd4j.ones(2, 4),
          Nd4j.ones(1, 5),
          Nd4j.ones(5, 2),
          Nd4j.ones(10),
          MaskedCase.TOKENS.mul(0.5),
          MaskedCase.TOKENS.sub(1),
          MaskedCase.TOKENS.div(0)
        }) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> output(graph, inputs, new INDArray[] {mask}));
      assertTrue(e.getMessage().startsWith("The mask of input \"tokens\" "), e.getMessage());
    }
  }
}
