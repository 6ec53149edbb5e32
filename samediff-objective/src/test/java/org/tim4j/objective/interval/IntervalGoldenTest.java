package org.tim4j.objective.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tim4j.objective.Golden.assertClose;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.objective.Golden;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** Every case of the golden files of time sampling and interval weights. */
class IntervalGoldenTest {
  private static final double TOLERANCE = 1e-12;
  private static final Map<String, Transport> TRANSPORTS =
      Map.of(
          "OT_FM", new OtFlowMatching(new TimeLaw.LogitNormal(-0.4, 1), 1),
          "OT_FM_t2i", new OtFlowMatching(new TimeLaw.LogitNormal(0, 1.6), 1),
          "TrigFlow", TrigFlow.standard(),
          "EDM", Edm.standard(),
          "VP_SDE", VpSde.standard(),
          "VE_SDE", VeSde.standard());

  @Test
  void lawsOfTime() {
    try (SafetensorsFile file = Golden.open("time_sampling")) {
      TRANSPORTS.forEach(
          (name, transport) -> {
            double[] t =
                Arrays.stream(file.doubles(name + "/raw"))
                    .map(transport.timeLaw()::timeFromDraw)
                    .toArray();
            assertClose(name, file.doubles(name + "/t"), t, TOLERANCE);
            assertClose(
                name,
                file.doubles(name + "/c_noise"),
                Arrays.stream(t).map(transport::cNoise).toArray(),
                TOLERANCE);
          });
    }
  }

  static Stream<Arguments> ratios() {
    return Stream.of(
        Arguments.of("tr0", 0.5, 0.1),
        Arguments.of("tr1", 0.5, 0.1),
        Arguments.of("tr2", 0.5, 0.25),
        Arguments.of("tr3", 0.5, 0.1),
        Arguments.of("tr4", 0.25, 0.5),
        Arguments.of("tr5", 1.0, 0.0),
        Arguments.of("tr6", 0.0, 0.0),
        Arguments.of("tr7", 0.5, 0.5));
  }

  @ParameterizedTest
  @MethodSource("ratios")
  void pairsOfTimes(String test, double diffusionRatio, double consistencyRatio) {
    IntervalSampler sampler = new IntervalSampler(diffusionRatio, consistencyRatio);
    try (SafetensorsFile file = Golden.open("time_sampling")) {
      for (String name : new String[] {"OT_FM", "EDM"}) {
        String prefix = test + "/" + name;
        Intervals intervals =
            sampler.fromDraws(
                TRANSPORTS.get(name),
                file.doubles(prefix + "/raw1"),
                file.doubles(prefix + "/raw2"));
        assertClose(prefix, file.doubles(prefix + "/t"), intervals.t(), TOLERANCE);
        assertClose(prefix, file.doubles(prefix + "/r"), intervals.r(), TOLERANCE);
        assertEquals(
            file.longs(prefix + "/n_diffusion")[0], sampler.diffusionCount(intervals.size()));
      }
    }
  }

  @Test
  void weights() {
    Map<String, IntervalWeighting> forms =
        Map.of(
            "constant", IntervalWeighting.power(0, TimeWarp.NONE),
            "reciprocal", IntervalWeighting.power(-1, TimeWarp.NONE),
            "sqrt", IntervalWeighting.power(-0.5, TimeWarp.NONE),
            "square", IntervalWeighting.power(-2, TimeWarp.NONE),
            "Soft-Min-SNR",
                new IntervalWeighting(
                    WeightForm.SOFT_MIN_SNR, 0, TimeWarp.NONE, IntervalMeasure.T_MINUS_R));
    Map<String, IntervalMeasure> measures =
        Map.of("t_minus_r", IntervalMeasure.T_MINUS_R, "t", IntervalMeasure.T);
    try (SafetensorsFile file = Golden.open("weights")) {
      Intervals intervals =
          new Intervals(file.doubles("t"), file.doubles("r"), (int) file.longs("n_diffusion")[0]);
      for (double sigmaData : new double[] {1, 0.5}) {
        forms.forEach(
            (form, weighting) ->
                measures.forEach(
                    (measure, choice) -> {
                      for (TimeWarp warp : TimeWarp.values()) {
                        String key =
                            String.format(
                                "w/sd=%s/%s/%s/%s",
                                sigmaData, form, warp.name().toLowerCase(), measure);
                        IntervalWeighting whole =
                            new IntervalWeighting(
                                weighting.form(), weighting.exponent(), warp, choice);
                        assertClose(
                            key, file.doubles(key), whole.weights(intervals, sigmaData), TOLERANCE);
                      }
                    }));
      }
    }
  }
}
