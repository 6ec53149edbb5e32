package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class AdamWTest {
  private static final AdamWSettings SETTINGS = new AdamWSettings(0.05, 0.9, 0.95, 1e-6, 0.01, 1.0);

  /** The formula, one parameter at a time, over updates whose gradients are clipped and not. */
  @Test
  void followsTheFormula() {
    int count = 7;
    RandomStream random = RandomStream.of(3, 0, Purpose.NOISE);
    double[] p = random.gaussians(count);
    double[] m = new double[count];
    double[] v = new double[count];
    double[] e = p.clone();
    INDArray parameters = Nd4j.createFromArray(p.clone());
    INDArray average = parameters.dup();
    AdamW adamW = new AdamW(SETTINGS, OptimizerState.initial(parameters));
    for (int k = 1; k <= 5; k++) {
      double[] g = random.gaussians(count);
      double scale = k % 2 == 0 ? 0.1 : 3;
      double norm = 0;
      for (int i = 0; i < count; i++) {
        g[i] *= scale;
        norm += g[i] * g[i];
      }
      norm = Math.sqrt(norm);
      double clip = Math.min(1, 1 / (norm + 1e-6));
      for (int i = 0; i < count; i++) {
        double gi = clip * g[i];
        p[i] *= 1 - 0.05 * 0.01;
        m[i] = 0.9 * m[i] + 0.1 * gi;
        v[i] = 0.95 * v[i] + 0.05 * gi * gi;
        p[i] -=
            0.05
                / (1 - Math.pow(0.9, k))
                * m[i]
                / (Math.sqrt(v[i] / (1 - Math.pow(0.95, k))) + 1e-6);
        e[i] = 0.7 * e[i] + 0.3 * p[i];
      }
      INDArray gradient = Nd4j.createFromArray(g.clone());
      assertEquals(norm, adamW.update(parameters, gradient, average, 0.7), 1e-12 * norm);
      assertArrayEquals(g, gradient.toDoubleVector(), "the gradient must not be changed");
    }
    assertArrayEquals(p, parameters.toDoubleVector(), 1e-12);
    assertArrayEquals(e, average.toDoubleVector(), 1e-12);
    assertEquals(5, adamW.state().updates());
  }

  /** More parameters than one strip, an odd number of them, gradients that are clipped and not. */
  @Test
  void theFusedPassMakesTheSameUpdates() {
    int count = 2 * 1024 + 77;
    INDArray start = RandomStream.of(4, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, count);
    INDArray parameters = start.dup();
    INDArray average = start.mul(0.5);
    INDArray fusedParameters = parameters.castTo(DataType.FLOAT);
    INDArray fusedAverage = average.castTo(DataType.FLOAT);
    AdamW adamW = new AdamW(SETTINGS, OptimizerState.initial(parameters));
    FusedAdamW fused = new FusedAdamW(SETTINGS, OptimizerState.initial(fusedParameters));
    for (int k = 1; k <= 5; k++) {
      double scale = k % 2 == 0 ? 0.001 : 3;
      INDArray gradient =
          RandomStream.of(4, k, Purpose.NOISE).gaussians(DataType.DOUBLE, count).muli(scale);
      INDArray fusedGradient = gradient.castTo(DataType.FLOAT);
      double norm = adamW.update(parameters, gradient, average, 0.7);
      assertEquals(
          norm, fused.update(fusedParameters, fusedGradient, fusedAverage, 0.7), 1e-6 * norm);
    }
    assertArrayEquals(parameters.toDoubleVector(), fusedParameters.toDoubleVector(), 2e-6);
    assertArrayEquals(average.toDoubleVector(), fusedAverage.toDoubleVector(), 2e-6);
    assertEquals(5, fused.state().updates());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void theFusedPassChangesNothingWhereTheGradientIsNotFinite(float bad) {
    INDArray parameters = Nd4j.createFromArray(1f, 2f);
    INDArray average = Nd4j.createFromArray(3f, 4f);
    FusedAdamW fused = new FusedAdamW(SETTINGS, OptimizerState.initial(parameters));
    double norm = fused.update(parameters, Nd4j.createFromArray(1f, bad), average, 0.5);
    assertTrue(!Double.isFinite(norm));
    assertArrayEquals(new float[] {1, 2}, parameters.toFloatVector());
    assertArrayEquals(new float[] {3, 4}, average.toFloatVector());
    assertEquals(0, fused.state().updates());
  }

  @Test
  void theFusedPassRefusesOtherTypesAndLengths() {
    INDArray parameters = Nd4j.createFromArray(1f, 2f);
    FusedAdamW fused = new FusedAdamW(SETTINGS, OptimizerState.initial(parameters));
    INDArray doubles = Nd4j.createFromArray(1.0, 2.0);
    INDArray three = Nd4j.createFromArray(1f, 2f, 3f);
    assertThrows(
        InvalidInputException.class, () -> fused.update(parameters, doubles, parameters.dup(), 0));
    assertThrows(
        InvalidInputException.class, () -> fused.update(parameters, three, parameters.dup(), 0));
    assertArrayEquals(new float[] {1, 2}, parameters.toFloatVector());
  }

  @Test
  void goesOnFromASavedState() {
    INDArray start = RandomStream.of(1, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 4);
    INDArray gradient = RandomStream.of(2, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 4);
    INDArray whole = start.dup();
    AdamW unbroken = new AdamW(SETTINGS, OptimizerState.initial(whole));
    unbroken.update(whole, gradient, whole.dup(), 0);
    unbroken.update(whole, gradient, whole.dup(), 0);

    INDArray resumed = start.dup();
    AdamW before = new AdamW(SETTINGS, OptimizerState.initial(resumed));
    before.update(resumed, gradient, resumed.dup(), 0);
    OptimizerState saved = before.state();
    AdamW after =
        new AdamW(
            SETTINGS,
            new OptimizerState(
                saved.updates(), saved.firstMoment().dup(), saved.secondMoment().dup()));
    after.update(resumed, gradient, resumed.dup(), 0);
    assertArrayEquals(whole.toDoubleVector(), resumed.toDoubleVector());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void changesNothingWhereTheGradientIsNotFinite(double bad) {
    INDArray parameters = Nd4j.createFromArray(1.0, 2.0);
    INDArray average = Nd4j.createFromArray(3.0, 4.0);
    AdamW adamW = new AdamW(SETTINGS, OptimizerState.initial(parameters));
    double norm = adamW.update(parameters, Nd4j.createFromArray(1.0, bad), average, 0.5);
    assertTrue(!Double.isFinite(norm));
    assertArrayEquals(new double[] {1, 2}, parameters.toDoubleVector());
    assertArrayEquals(new double[] {3, 4}, average.toDoubleVector());
    assertEquals(0, adamW.state().updates());
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new AdamWSettings(0, 0.9, 0.95, 1e-6, 0.01, 1));
    assertThrows(
        InvalidInputException.class, () -> new AdamWSettings(1e-4, 1, 0.95, 1e-6, 0.01, 1));
    assertThrows(
        InvalidInputException.class, () -> new AdamWSettings(1e-4, 0.9, -0.1, 1e-6, 0.01, 1));
    assertThrows(InvalidInputException.class, () -> new AdamWSettings(1e-4, 0.9, 0.95, 0, 0.01, 1));
    assertThrows(
        InvalidInputException.class, () -> new AdamWSettings(1e-4, 0.9, 0.95, 1e-6, -1, 1));
    assertThrows(
        InvalidInputException.class, () -> new AdamWSettings(1e-4, 0.9, 0.95, 1e-6, 0, Double.NaN));
  }
}
