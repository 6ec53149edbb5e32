package org.tim4j.layers.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * The loops on the Vector API against the portable ones, which other tests hold against references.
 */
class LoopsTest {
  private static final Loops PORTABLE = Loops.portable();

  private final RandomStream random = RandomStream.of(5, 0, Purpose.EVALUATION);
  private final Arena memory = new Arena();
  private final Scratch scratch = new Scratch();

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void java17HasTheLoopsOnVectorsAndOthersDoWithout() {
    assertEquals(Runtime.version().feature() == 17, Loops.ofVectors().isPresent());
  }

  @Test
  void thePropertyKeepsToPortableLoops() {
    String before = System.setProperty(Loops.PROPERTY, "false");
    try {
      assertSame(PORTABLE, Loops.best());
    } finally {
      if (before == null) {
        System.clearProperty(Loops.PROPERTY);
      } else {
        System.setProperty(Loops.PROPERTY, before);
      }
    }
    Optional<Loops> vectors = Loops.ofVectors();
    assertSame(before == null ? vectors.orElse(PORTABLE) : PORTABLE, Loops.best());
  }

  private static Loops vectors() {
    return Loops.ofVectors().orElseThrow();
  }

  private Matrix rows(int count, int width, double deviation) {
    Matrix rows = memory.matrix(count, width);
    for (int i = 0; i < count; i++) {
      rows.write(i, numbers(width, deviation));
    }
    return rows;
  }

  private float[] numbers(int n, double deviation) {
    float[] row = new float[Padding.padded(n)];
    Arrays.fill(row, n, row.length, Float.NaN); // Padding must not matter.
    for (int j = 0; j < n; j++) {
      row[j] = (float) (deviation * random.nextGaussian());
    }
    return row;
  }

  private Matrix copy(Matrix matrix) {
    Matrix copy =
        matrix.stride() == matrix.columns()
            ? memory.matrix(matrix.rows(), matrix.columns())
            : memory.spread(matrix.rows(), matrix.columns());
    copy.copyFrom(matrix);
    return copy;
  }

  private static float[] contents(Matrix matrix) {
    float[] all = new float[matrix.rows() * matrix.columns()];
    float[] row = new float[matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.read(i, row);
      System.arraycopy(row, 0, all, i * row.length, row.length);
    }
    return all;
  }

  /** The same numbers, those of a row in a column. */
  private static Matrix columns(Matrix rows) {
    return rows.reshaped(rows.columns(), rows.rows());
  }

  private static void assertClose(float[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])));
    }
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @ParameterizedTest
  @ValueSource(ints = {16, 48, 352})
  void gatedUnitsHaveTheSameBits(int width) {
    Matrix gateValue = rows(7, 2 * width, 3);
    Matrix error = rows(7, width + 4, 1);
    float[] gateBias = numbers(width, 1);
    float[] valueBias = numbers(width, 1);
    float[][][] results = new float[2][][];
    for (int k = 0; k < 2; k++) {
      GatedUnitLoops loops = (k == 0 ? PORTABLE : vectors()).gatedUnit();
      Matrix kept = copy(gateValue);
      Matrix out = copy(error);
      loops.forward(scratch, new GatedUnitLoops.Unit(width, kept, gateBias, valueBias, out));
      Matrix activation = copy(error);
      float[] gateSum = gateBias.clone();
      float[] valueSum = valueBias.clone();
      var unit = new GatedUnitLoops.Unit(width, kept, gateBias, valueBias, activation);
      loops.backward(scratch, unit, gateSum, valueSum);
      assertArrayEquals(
          contents(out), contents(activation), "the backward makes the activation again");
      results[k] = new float[][] {contents(out), contents(kept), gateSum, valueSum};
    }
    assertArrayEquals(results[0], results[1]);
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @ParameterizedTest
  @ValueSource(ints = {16, 192, 40, 7})
  void theStreamIsReadAndJoinedAlike(int width) {
    Matrix x = rows(5, width, 3);
    Matrix branch = rows(5, width, 1);
    Matrix error = rows(5, width, 1);
    float[] shift = numbers(width, 1);
    float[] scale = numbers(width, 1);
    float[][][] results = new float[2][][];
    for (int k = 0; k < 2; k++) {
      StreamLoops loops = (k == 0 ? PORTABLE : vectors()).stream();
      Matrix h = memory.matrix(5, width);
      loops.modulate(scratch, x, shift, scale, h);
      Matrix dx = copy(error);
      float[] dShift = shift.clone();
      float[] dScale = scale.clone();
      loops.modulateBackward(scratch, x, error, scale, dShift, dScale, dx);
      Matrix y = memory.matrix(5, width);
      loops.join(scratch, x, branch, new StreamLoops.Gate(shift, scale), y);
      float[] dGate = shift.clone();
      float[] dBias = scale.clone();
      Matrix dBranch = copy(branch);
      var gate = new StreamLoops.Gate(shift, scale);
      var errors = new StreamLoops.Gate(dBias, dGate);
      loops.joinBackward(scratch, error, dBranch, gate, errors, dBranch);
      results[k] =
          new float[][] {
            contents(y),
            Arrays.copyOf(dGate, width),
            Arrays.copyOf(dBias, width),
            contents(dBranch),
            contents(h),
            contents(dx),
            Arrays.copyOf(dShift, width),
            Arrays.copyOf(dScale, width)
          };
    }
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(results[0][i], results[1][i]);
    }
    for (int i = 4; i < 8; i++) {
      assertClose(results[0][i], results[1][i], 2e-6);
    }
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @ParameterizedTest
  @CsvSource({
    // grid height, width, head size, samples, rotated, normalised
    "7, 7, 32, 3, true, true",
    "4, 4, 8, 5, true, true",
    "4, 5, 12, 2, true, false",
    "9, 2, 6, 2, false, true",
    "25, 28, 32, 2, true, true",
    "3, 5, 8, 4, true, true",
    "16, 1, 5, 2, false, false",
  })
  void headsAreAlike(
      int height, int width, int headDim, int samples, boolean rotated, boolean normalised) {
    int tokens = height * width;
    int values = 2 * headDim;
    Matrix raw = columns(rows(samples * tokens, values, 2));
    Matrix error = columns(rows(samples * tokens, values, 1));
    Matrix additions = rows(samples, values + 3, 1);
    float[] gain = numbers(headDim, 1);
    float[] bias = numbers(headDim, 1);
    RotaryTable rotary =
        rotated ? new RotaryTable(tokens, headDim, t -> t / width, t -> t % width) : null;
    float[][][] results = new float[2][][];
    for (int k = 0; k < 2; k++) {
      HeadLoops loops = (k == 0 ? PORTABLE : vectors()).heads();
      float[] dGain = new float[headDim * Padding.LANES];
      float[] dBias = new float[headDim * Padding.LANES];
      HeadLoops.Affine affine = normalised ? new HeadLoops.Affine(gain, bias, dGain, dBias) : null;
      var heads = new HeadLoops.Heads(headDim, affine, rotary);
      var input = new HeadLoops.Raw(raw, additions, 3);
      Matrix ready = memory.spread(values, samples * tokens);
      loops.forward(scratch, heads, input, ready);
      Matrix d = copy(error);
      loops.backward(scratch, heads, input, d);
      results[k] =
          new float[][] {contents(ready), contents(d), sums(dGain, headDim), sums(dBias, headDim)};
    }
    assertArrayEquals(results[0][0], results[1][0]);
    assertArrayEquals(results[0][1], results[1][1]);
    assertClose(results[0][2], results[1][2], 1e-5);
    assertClose(results[0][3], results[1][3], 1e-5);
  }

  private static float[] sums(float[] parts, int headDim) {
    float[] sums = new float[headDim];
    for (int d = 0; d < headDim; d++) {
      sums[d] = VectorMath.sum(parts, d * Padding.LANES, Padding.LANES);
    }
    return sums;
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @ParameterizedTest
  @CsvSource({"49, 98", "16, 512", "3, 5", "256, 256"})
  void softmaxHasTheSameBits(int keys, int queries) {
    Matrix scores = tile(keys, queries, 4);
    Matrix errors = tile(keys, queries, 1);
    float[] highest = numbers(queries, 3);
    Arrays.fill(highest, 0, queries / 2, Float.NEGATIVE_INFINITY);
    float[] log = numbers(queries, 3);
    float[] delta = numbers(queries, 1);
    float[][][] results = new float[2][][];
    for (int k = 0; k < 2; k++) {
      SoftmaxLoops loops = (k == 0 ? PORTABLE : vectors()).softmax();
      Matrix powers = copy(scores);
      float[] maximum = highest.clone();
      float[] sum = new float[Padding.padded(queries)];
      loops.exponentiate(scratch, powers, maximum, sum);
      Matrix scaled = copy(powers);
      loops.scale(scratch, scaled, delta);
      Matrix probabilities = copy(scores);
      Matrix d = copy(errors);
      loops.differentiate(scratch, probabilities, d, log, delta);
      results[k] =
          new float[][] {
            contents(powers),
            Arrays.copyOf(maximum, queries),
            Arrays.copyOf(sum, queries),
            contents(scaled),
            contents(probabilities),
            contents(d)
          };
    }
    assertArrayEquals(results[0], results[1]);
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @Test
  void aScoreThatIsNotANumberSpoilsItsQueryAndNoOther() {
    Matrix scores = tile(20, 33, 1);
    scores.write(4, 17, new float[] {Float.NaN}, 1);
    float[] maximum = new float[Padding.padded(33)];
    float[] sum = new float[Padding.padded(33)];
    vectors().softmax().exponentiate(scratch, scores, maximum, sum);
    for (int j = 0; j < 33; j++) {
      assertEquals(j == 17, Float.isNaN(sum[j]), "query " + j);
    }
    assertTrue(Float.isNaN(maximum[17]));
    Matrix errors = tile(20, 33, 1);
    Matrix spoilt = tile(20, 33, 1);
    spoilt.write(4, 17, new float[] {Float.NaN}, 1);
    vectors().softmax().differentiate(scratch, spoilt, errors, numbers(33, 1), numbers(33, 1));
    float[] row = new float[33];
    for (int k = 0; k < 20; k++) {
      errors.read(k, 0, row, 33);
      for (int j = 0; j < 33; j++) {
        assertEquals(k == 4 && j == 17, Float.isNaN(row[j]), "key " + k + ", query " + j);
      }
    }
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @Test
  void theExponentialHasTheSameBitsWhereverItIsTaken() {
    float[] x = {
      0f,
      -0f,
      1e-30f,
      87.3f,
      88.3f,
      88.5f,
      104f,
      -87.3f,
      -87.7f,
      -88f,
      -104f,
      1e5f,
      -1e5f,
      3e6f,
      -3e6f,
      1e7f,
      -1e7f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    Matrix scores = empty(1, x.length);
    scores.write(0, 0, x, x.length);
    float[] zero = new float[Padding.padded(x.length)];
    vectors().softmax().differentiate(scratch, scores, empty(1, x.length), zero, zero);
    float[] expected = new float[x.length];
    new Exponential().exp(x, expected, x.length);
    assertArrayEquals(expected, contents(scores));
  }

  @EnabledForJreRange(max = JRE.JAVA_17)
  @Test
  void headsWithinALargerMatrixLeaveTheirSurroundingsAlone() {
    Matrix all = columns(rows(60, 40, 1));
    Matrix untouched = copy(all);
    Matrix part = all.part(8, 5, 16, 40);
    var input = new HeadLoops.Raw(untouched.part(8, 5, 16, 40), rows(2, 16, 1), 0);
    RotaryTable rotary = new RotaryTable(20, 8, t -> t / 5, t -> t % 5);
    var heads = new HeadLoops.Heads(8, null, rotary);
    vectors().heads().forward(scratch, heads, input, part);
    vectors().heads().backward(scratch, heads, input, part);
    float[] before = contents(untouched);
    float[] after = contents(all);
    for (int d = 0; d < 40; d++) {
      for (int j = 0; j < 60; j++) {
        boolean inside = d >= 8 && d < 24 && j >= 5 && j < 45;
        if (!inside) {
          assertEquals(before[d * 60 + j], after[d * 60 + j], "value " + d + " of token " + j);
        }
      }
    }
  }

  private Matrix tile(int keys, int queries, double deviation) {
    Matrix tile = empty(keys, queries);
    for (int k = 0; k < keys; k++) {
      tile.write(k, 0, numbers(queries, deviation), queries);
    }
    return tile;
  }

  private Matrix empty(int keys, int queries) {
    return memory.spread(keys, queries);
  }
}
