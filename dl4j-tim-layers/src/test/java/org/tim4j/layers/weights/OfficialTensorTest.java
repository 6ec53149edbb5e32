package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OfficialTensorTest {
  private final INDArray parameter = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});

  private static OfficialTensor tensor(
      OfficialTensor.Arrangement arrangement, int from, int to, long... shape) {
    return new OfficialTensor("theirs", shape, "ours", arrangement, from, to);
  }

  @Test
  void takesItsPartInTheAuthorsOrder() {
    INDArray part = tensor(OfficialTensor.Arrangement.TRANSPOSED, 1, 3, 2, 2, 1).extract(parameter);
    assertArrayEquals(new long[] {2, 2, 1}, part.shape());
    assertArrayEquals(new float[] {2, 5, 3, 6}, part.dup('c').data().asFloat());

    INDArray whole = tensor(OfficialTensor.Arrangement.SAME, 0, 3, 2, 3).extract(parameter);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, whole.dup('c').data().asFloat());
  }

  /** A reshaped copy cannot be closed: its memory would stay until the next collection. */
  @Test
  void whatItTookCanBeClosed() {
    INDArray taken = tensor(OfficialTensor.Arrangement.TRANSPOSED, 0, 3, 3, 2).extract(parameter);
    assertTrue(taken.closeable());
    assertFalse(parameter.transpose().dup('c').reshape('c', 3, 2).closeable());
    taken.close();
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, parameter.data().asFloat());
  }
}
