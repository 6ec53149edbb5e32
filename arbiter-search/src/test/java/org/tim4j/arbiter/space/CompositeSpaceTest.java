package org.tim4j.arbiter.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.VpSde;

class CompositeSpaceTest {
  private static IntervalWeightingSpace weighting() {
    return new IntervalWeightingSpace.Builder()
        .form(WeightForm.POWER)
        .exponent(new ContinuousParameterSpace(-2, 0))
        .warp(new DiscreteParameterSpace<>(TimeWarp.values()))
        .measure(new DiscreteParameterSpace<>(IntervalMeasure.values()))
        .build();
  }

  private static IntervalSamplerSpace sampler() {
    return new IntervalSamplerSpace.Builder()
        .diffusionRatio(new ContinuousParameterSpace(0.2, 0.8))
        .consistencyRatio(0.2)
        .build();
  }

  private static TransportSpace transport() {
    return new TransportSpace.Builder()
        .kind(new DiscreteParameterSpace<>("OT_FM", "EDM"))
        .timeMean(new ContinuousParameterSpace(-1, 1))
        .sigmaData(new DiscreteParameterSpace<>(0.5, 1.0))
        .build();
  }

  private static PartSpace<Weighting> weighted() {
    return PartSpace.of(IntervalWeighting.standard())
        .vary("exponent", new ContinuousParameterSpace(-2, 0))
        .vary("warp", new DiscreteParameterSpace<>("NONE", "TANGENT"));
  }

  private static PartSpace<Transport> own() {
    return PartSpace.of((Transport) new OwnTypes.Line(new TimeLaw.Uniform(0, 1), 1))
        .vary("sigmaData", new ContinuousParameterSpace(0.5, 2));
  }

  private static PartSpace<Transport> part() {
    return PartSpace.of((Transport) OtFlowMatching.standard())
        .vary("timeLaw.mean", new ContinuousParameterSpace(-2, 0));
  }

  private static DerivativeSpace derivative() {
    return new DerivativeSpace.Builder()
        .method(new DiscreteParameterSpace<>(DerivativeSettings.Method.values()))
        .epsilon(new ContinuousParameterSpace(1e-3, 1e-2))
        .build();
  }

  private static AdamWSpace optimizer() {
    return new AdamWSpace.Builder()
        .learningRate(new ContinuousParameterSpace(new LogUniformDistribution(1e-4, 1e-2)))
        .weightDecay(new DiscreteParameterSpace<>(0.0, 0.01))
        .clipNorm(1)
        .build();
  }

  static Stream<CompositeSpace<?>> spaces() {
    return Stream.of(
        weighting(), sampler(), transport(), derivative(), optimizer(), weighted(), part(), own());
  }

  private static void number(ParameterSpace<?> space) {
    List<?> leaves = space.collectLeaves();
    for (int i = 0; i < leaves.size(); i++) {
      ((ParameterSpace<?>) leaves.get(i)).setIndices(i);
    }
  }

  @Test
  void valuesComeFromTheLeaves() {
    IntervalWeightingSpace weighting = weighting();
    number(weighting);
    assertEquals(3, weighting.numParameters());
    assertEquals(
        new IntervalWeighting(WeightForm.POWER, -1.5, TimeWarp.TANGENT, IntervalMeasure.T),
        weighting.getValue(new double[] {0.25, 0.5, 0.9}));

    IntervalSamplerSpace sampler = sampler();
    number(sampler);
    assertEquals(1, sampler.numParameters());
    assertEquals(new IntervalSampler(0.5, 0.2), sampler.getValue(new double[] {0.5}));

    TransportSpace transport = transport();
    number(transport);
    assertEquals(
        new Edm(new TimeLaw.LogNormal(0.5, 1.2), 1),
        transport.getValue(new double[] {0.9, 0.75, 0.6}));
    assertEquals(
        new OtFlowMatching(new TimeLaw.LogitNormal(-1, 1), 0.5),
        transport.getValue(new double[] {0, 0, 0}));

    DerivativeSpace derivative = derivative();
    number(derivative);
    assertEquals(
        new DerivativeSettings(DerivativeSettings.Method.values()[1], 1e-3),
        derivative.getValue(new double[] {0.9, 0}));

    AdamWSpace optimizer = optimizer();
    number(optimizer);
    AdamWSettings drawn = optimizer.getValue(new double[] {0.5, 0.9});
    assertEquals(1e-3, drawn.learningRate(), 1e-9);
    assertEquals(0.01, drawn.weightDecay());
    assertEquals(1, drawn.clipNorm());
    assertEquals(AdamWSettings.published().beta2(), drawn.beta2());
  }

  @Test
  void anUntouchedBuilderGivesThePapersSettings() {
    double[] none = {};
    assertEquals(
        IntervalWeighting.standard(), new IntervalWeightingSpace.Builder().build().getValue(none));
    assertEquals(
        IntervalSampler.standard(), new IntervalSamplerSpace.Builder().build().getValue(none));
    assertEquals(OtFlowMatching.standard(), new TransportSpace.Builder().build().getValue(none));
    assertEquals(
        DerivativeSettings.standard(), new DerivativeSpace.Builder().build().getValue(none));
    assertEquals(AdamWSettings.published(), new AdamWSpace.Builder().build().getValue(none));
  }

  @Test
  void everyKindHasItsTransportsDefaults() {
    Map<String, Transport> known = ObjectiveRegister.ofClassPath().transports();
    assertTrue(known.containsKey("LINE"), known.toString());
    assertEquals(7, known.size());
    known.forEach(
        (name, standard) ->
            assertEquals(
                standard, new TransportSpace.Builder().kind(name).build().getValue(new double[0])));
  }

  @Test
  void aKindThatDoesNotExistIsRefusedWithThoseThatDo() {
    TransportSpace space = new TransportSpace.Builder().kind("ZIGZAG").build();
    String message =
        assertThrows(InvalidInputException.class, () -> space.getValue(new double[0])).getMessage();
    assertTrue(message.contains("no transport 'ZIGZAG'; known are EDM, EDM_OFFICIAL"), message);
  }

  @Test
  void settingsOfAnyNameVary() {
    PartSpace<Weighting> space = weighted();
    number(space);
    assertEquals(
        new IntervalWeighting(WeightForm.POWER, -1.5, TimeWarp.NONE, IntervalMeasure.T_MINUS_R),
        space.getValue(new double[] {0.25, 0.1}));
    assertThrows(
        InvalidInputException.class,
        () -> PartSpace.of(VpSde.standard()).vary("alpha", new FixedValue<>(1.0)));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void jsonAndYamlKeepSpaceAndValues(CompositeSpace<?> space) throws IOException {
    number(space);
    for (ObjectMapper mapper : List.of(JsonMapper.getMapper(), JsonMapper.getYamlMapper())) {
      String text = mapper.writerFor(ParameterSpace.class).writeValueAsString(space);
      ParameterSpace<?> read = mapper.readValue(text, ParameterSpace.class);
      assertEquals(text, mapper.writerFor(ParameterSpace.class).writeValueAsString(read));
      assertEquals(space.numParameters(), read.numParameters());
      for (double u : new double[] {0, 0.4, 0.7, 1}) {
        double[] values = {u, 1 - u, u};
        assertEquals(space.getValue(values), read.getValue(values));
      }
    }
  }

  @Test
  void aFixedConstantWithABodyOfItsOwnSurvivesJson() throws IOException {
    IntervalWeightingSpace space =
        new IntervalWeightingSpace.Builder().warp(new FixedValue<>(TimeWarp.SIGMOID)).build();
    String json = JsonMapper.getMapper().writeValueAsString(space);
    ParameterSpace<?> read = JsonMapper.getMapper().readValue(json, ParameterSpace.class);
    assertEquals(space, read);
    assertEquals(space.getValue(new double[0]), read.getValue(new double[0]));
  }

  @Test
  void aSharedLeafCountsOnce() {
    ContinuousParameterSpace ratio = new ContinuousParameterSpace(0, 0.5);
    IntervalSamplerSpace space =
        new IntervalSamplerSpace.Builder().diffusionRatio(ratio).consistencyRatio(ratio).build();
    ratio.setIndices(0);
    assertEquals(1, space.numParameters());
    assertEquals(2, space.collectLeaves().size());
    assertEquals(new IntervalSampler(0.25, 0.25), space.getValue(new double[] {0.5}));
  }

  @Test
  void spacesAreNoLeavesAndComparedBySettings() {
    assertFalse(sampler().isLeaf());
    assertThrows(UnsupportedOperationException.class, () -> sampler().setIndices(0));
    assertEquals(sampler(), sampler());
    assertEquals(sampler().hashCode(), sampler().hashCode());
    assertNotEquals(sampler(), new IntervalSamplerSpace.Builder().build());
    assertNotEquals(sampler(), weighting());
  }

  @Test
  void missingSpacesAreRefusedByName() {
    ParameterSpace<Double> missing = null;
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> new IntervalWeightingSpace.Builder().exponent(missing));
    assertEquals("exponent is null; it must be given", e.getMessage());
  }
}
