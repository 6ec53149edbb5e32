package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tim4j.tribuo.protos.TimModelProto;
import org.tim4j.tribuo.provenance.GeneratedDataSourceProvenance;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;

class TimModelTest {
  private static final MutableDataset<Label> DATA = Tables.catsAndDogs();
  private static final Example<Label> EXAMPLE = DATA.getExample(0);
  private static TimModel<Label> model;

  @BeforeAll
  static void train() {
    model = Tiny.trainer(1).train(DATA);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void rowsHaveTheOutputsThatWereAskedFor() {
    List<Label> outputs = List.of(new Label("dog"), new Label("cat"), new Label("dog"));
    GeneratedDataSource<Label> rows = model.generate(outputs, 3, 1);
    assertEquals(3, rows.size());
    int i = 0;
    for (Example<Label> row : rows) {
      assertEquals(outputs.get(i++), row.getOutput());
      assertEquals(2, row.size());
    }
    model
        .generate(4, new Label("cat"), 1, 1)
        .forEach(r -> assertEquals("cat", r.getOutput().getLabel()));
  }

  @Test
  void theFirstRowsDoNotDependOnHowManyFollow() {
    assertEquals(
        Tiny.rows(model.generate(3, new Label("cat"), 2, 5)),
        Tiny.rows(model.generate(9, new Label("cat"), 2, 5)).subList(0, 3));
  }

  @Test
  void changingARowLeavesTheSourceAlone() {
    GeneratedDataSource<Label> rows = model.generate(2, 1, 1);
    List<String> before = Tiny.rows(rows);
    rows.forEach(row -> row.set(new org.tribuo.Feature("size", 99)));
    assertEquals(before, Tiny.rows(rows));
  }

  @Test
  void provenanceEmbedsTheModelsAndSurvivesItsMarshalling() {
    GeneratedDataSourceProvenance provenance = model.generate(2, 3, 9).getProvenance();
    assertEquals(model.getProvenance(), provenance.getGenerator());
    assertTrue(provenance.toString().contains("network-evaluations=3"), provenance.toString());
    assertEquals(
        provenance,
        com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.unmarshalProvenance(
            com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.marshalProvenance(provenance)));
  }

  @Test
  void sampledExamplesFollowTheCallersGenerator() {
    assertEquals(
        Tiny.rows(model.sampleExamples(3, new SplittableRandom(4))),
        Tiny.rows(model.sampleExamples(3, new SplittableRandom(4))));
  }

  @Test
  void predictionsAreProbabilitiesAndDeterministic() {
    Prediction<Label> prediction = model.predict(EXAMPLE);
    double sum = prediction.getOutputScores().values().stream().mapToDouble(Label::getScore).sum();
    assertEquals(1, sum, 1e-12);
    assertEquals(2, prediction.getNumActiveFeatures());
    assertTrue(model.predict(EXAMPLE).distributionEquals(prediction, 0));
  }

  @Test
  void theProtobufGivesTheSameModelBack() {
    assertSameModel(Model.deserialize(model.serialize()));
  }

  @Test
  void javaSerialisationGoesThroughTheProtobuf() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(model);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertSameModel(assertInstanceOf(Model.class, stream.readObject()));
    }
  }

  @Test
  void copiesAreIndependent() {
    try (TimModel<Label> copy = (TimModel<Label>) model.copy()) {
      assertTrue(copy.predict(EXAMPLE).distributionEquals(model.predict(EXAMPLE), 0));
    }
    assertEquals(2, model.generate(2, 1, 1).size());
  }

  private static void assertSameModel(Model<?> read) {
    try (TimModel<Label> copy = (TimModel<Label>) read.castModel(Label.class)) {
      assertEquals(model.getProvenance(), copy.getProvenance());
      assertEquals(Tiny.rows(model.generate(4, 2, 6)), Tiny.rows(copy.generate(4, 2, 6)));
      assertTrue(copy.predict(EXAMPLE).distributionEquals(model.predict(EXAMPLE), 0));
    }
  }

  @Test
  void unknownVersionsClassesAndDamagedNetworksAreRefused() throws Exception {
    ModelProto proto = model.serialize();
    assertUnreadable(proto.toBuilder().setVersion(TimModel.CURRENT_VERSION + 1).build());
    assertUnreadable(proto.toBuilder().setClassName("org.tim4j.tribuo.Nothing").build());
    assertUnreadable(proto.toBuilder().setClassName("java.lang.String").build());

    TimModelProto inner = proto.getSerializedData().unpack(TimModelProto.class);
    TimModelProto.Builder damaged = inner.toBuilder();
    damaged
        .getGeneratorBuilder()
        .setNetworkWeights(inner.getGenerator().getNetworkWeights().substring(0, 1000));
    assertUnreadable(with(proto, damaged));
    damaged = inner.toBuilder();
    damaged.getGeneratorBuilder().setNetworkConfig("{}");
    assertUnreadable(with(proto, damaged));
    damaged = inner.toBuilder();
    damaged.getGeneratorBuilder().setTransport("TELEPORT");
    assertUnreadable(with(proto, damaged));
    damaged = inner.toBuilder();
    damaged.getEncodingBuilder().removeColumns(0);
    assertUnreadable(with(proto, damaged));
    damaged = inner.toBuilder();
    damaged.getConditionConverterBuilder().setClassName("java.lang.Runtime");
    assertUnreadable(with(proto, damaged));
    damaged = inner.toBuilder();
    damaged
        .getConditionConverterBuilder()
        .setClassName("org.tim4j.tribuo.condition.RegressorConditionConverter");
    assertUnreadable(with(proto, damaged));
    assertUnreadable(with(proto, inner.toBuilder().setLikelihoodEvaluations(0)));
  }

  private static ModelProto with(ModelProto proto, TimModelProto.Builder inner) {
    return proto.toBuilder().setSerializedData(Any.pack(inner.build())).build();
  }

  private static void assertUnreadable(ModelProto proto) {
    assertThrows(IllegalStateException.class, () -> Model.deserialize(proto));
  }

  @Test
  void impossibleRequestsAreRefused() {
    assertRefused("number of examples", () -> model.generate(0, 1, 1));
    assertRefused("number of examples", () -> model.generate(List.of(), 1, 1));
    assertRefused("number of examples", () -> model.generate(-1, new Label("cat"), 1, 1));
    assertRefused("network evaluations", () -> model.generate(1, 0, 1));
    assertRefused("bird", () -> model.generate(1, new Label("bird"), 1, 1));
    assertRefused("No known features", () -> model.predict(example("height", 1)));
    assertRefused("Infinity", () -> model.predict(example("size", 1 / 0.0)));
  }

  private static Example<Label> example(String name, double value) {
    return new ArrayExample<>(new Label("cat"), new String[] {name}, new double[] {value});
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aClosedModelSaysSo() {
    TimModel<Label> closed = (TimModel<Label>) model.copy();
    closed.close();
    closed.close();
    for (Executable use :
        List.<Executable>of(
            () -> closed.generate(1, 1, 1),
            () -> closed.predict(EXAMPLE),
            closed::serialize,
            closed::copy)) {
      assertEquals(
          "The model was closed; train or load it again.",
          assertThrows(IllegalStateException.class, use).getMessage());
    }
  }

  @Test
  void theModelExplainsNothing() {
    assertTrue(model.getTopFeatures(3).isEmpty());
    assertFalse(model.getExcuse(EXAMPLE).isPresent());
  }
}
