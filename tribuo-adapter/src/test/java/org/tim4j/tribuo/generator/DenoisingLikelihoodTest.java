package org.tim4j.tribuo.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;

class DenoisingLikelihoodTest {

  /** The exact prediction for N(c, 0.8²), where the condition c is 0 or 1. */
  private static TransitionFunction gaussians(Transport transport) {
    GaussianOracle zero = new GaussianOracle(0, 0.8 * transport.dataScale(), transport);
    GaussianOracle one =
        new GaussianOracle(transport.dataScale(), 0.8 * transport.dataScale(), transport);
    return (x, t, r, condition) -> {
      INDArray low = zero.apply(x, t, r, null);
      INDArray difference = one.apply(x, t, r, null).subi(low);
      INDArray isOne = condition.reshape(condition.size(0), 1, 1).castTo(x.dataType());
      return low.addi(difference.muli(isOne));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"OT_FM", "TRIG_FLOW", "EDM", "VP_SDE", "VE_SDE"})
  void differencesBetweenConditionsAreThoseOfTheExactDensities(String name) {
    Transport transport = ObjectiveRegister.ofClassPath().transport(name);
    DenoisingLikelihood likelihood = new DenoisingLikelihood(gaussians(transport), transport, 64);
    for (double x : new double[] {-1.2, 0.1, 0.9}) {
      double[] estimate = likelihood.of(new double[] {x}, new double[][] {{0}, {1}});
      double exact = ((x - 1) * (x - 1) - x * x) / (2 * 0.8 * 0.8);
      // The range of noise is cut off at both ends, which loses a few per cent.
      assertEquals(exact, estimate[0] - estimate[1], 0.06 * Math.abs(exact) + 0.01);
    }
  }

  @Test
  void theEstimateIsDeterministicAndDoesNotDependOnTheOtherConditions() {
    Transport transport = OtFlowMatching.standard();
    DenoisingLikelihood likelihood = new DenoisingLikelihood(gaussians(transport), transport, 8);
    double[][] many = new double[700][1];
    many[699][0] = 1;
    double[] x = {0.3};
    assertArrayEquals(likelihood.of(x, many), likelihood.of(x, many));
    assertEquals(likelihood.of(x, new double[][] {{1}})[0], likelihood.of(x, many)[699], 1e-6);
  }

  @Test
  void theGridIsEvenInTheLogarithmOfNoiseToSignal() {
    NoiseGrid grid = NoiseGrid.of(OtFlowMatching.standard(), 4);
    // From ρ = 1/20 to 20; ρ = t / (1 - t), so that t = ρ / (1 + ρ).
    assertEquals(Math.log(400) / 4, grid.spacing(), 1e-12);
    double second = Math.exp(-Math.log(20) + 1.5 * grid.spacing());
    assertEquals(second / (1 + second), grid.times()[1], 1e-12);
    assertEquals(1 - grid.times()[1], grid.times()[2], 1e-12);
  }
}
