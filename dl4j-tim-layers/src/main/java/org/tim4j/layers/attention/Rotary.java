package org.tim4j.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.vertex.GraphScope;

/**
 * Rotary positions on two axes (Su et al., arXiv 2104.09864, equation 34, for each axis).
 *
 * <p>The first half of a head turns with the first coordinate, the second half with the second; in
 * each half the adjacent numbers {@code 2i, 2i + 1} form a pair that turns by {@code coordinate ·
 * 10000^(−2i/(size/2))}.
 *
 * @param grid where the tokens lie
 * @param size size of a head, a multiple of 4
 * @param order which coordinates a token has
 */
public record Rotary(TokenGrid grid, int size, RopeOrder order) {
  /** Returns the cosines of all angles, {@code [tokens, size]}, in double precision. */
  public double[][] cosines() {
    double[][] angles = angles();
    for (double[] row : angles) {
      for (int i = 0; i < size; i++) {
        row[i] = Math.cos(row[i]);
      }
    }
    return angles;
  }

  /** Returns the sines of all angles, {@code [tokens, size]}, in double precision. */
  public double[][] sines() {
    double[][] angles = angles();
    for (double[] row : angles) {
      for (int i = 0; i < size; i++) {
        row[i] = Math.sin(row[i]);
      }
    }
    return angles;
  }

  private double[][] angles() {
    int half = size / 2;
    long rowLength = order.rowLength(grid.height(), grid.width());
    double[][] angles = new double[Math.toIntExact(grid.tokens())][size];
    for (int token = 0; token < angles.length; token++) {
      for (int i = 0; i < size; i++) {
        long coordinate = i < half ? token % rowLength : token / rowLength;
        int pair = i % half / 2;
        angles[token][i] =
            coordinate * Math.pow(MethodConstants.FREQUENCY_BASE, -2.0 * pair / half);
      }
    }
    return angles;
  }

  /** Returns queries or keys {@code [batch, heads, tokens, size]} turned by their positions. */
  SDVariable define(GraphScope scope, SDVariable x, int heads) {
    SDVariable cos = scope.constant(table(cosines()));
    SDVariable sin = scope.constant(table(sines()));
    SDVariable turned = scope.graph().mmul(scope.rows(x, size), scope.constant(quarterTurn(size)));
    SDVariable turnedHeads = scope.graph().reshape(turned, -1, heads, grid.tokens(), size);
    return x.mul(cos).add(turnedHeads.mul(sin));
  }

  private INDArray table(double[][] values) {
    return Nd4j.createFromArray(values).reshape(1, 1, grid.tokens(), size);
  }

  /**
   * Returns the matrix that sends each pair of adjacent values (a, b) of a row to (−b, a), in
   * double precision.
   *
   * @param size width of a row
   */
  public static INDArray quarterTurn(int size) {
    INDArray turn = Nd4j.zeros(DataType.DOUBLE, size, size);
    for (int i = 0; i < size; i += 2) {
      turn.putScalar(i + 1, i, -1.0);
      turn.putScalar(i, i + 1, 1.0);
    }
    return turn;
  }
}
