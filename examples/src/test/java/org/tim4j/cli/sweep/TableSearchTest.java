package org.tim4j.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TransitionTrainer;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.generator.VectorGeneratorTrainer;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.classification.Label;

class TableSearchTest {
  @TempDir private Path folder;

  /** Two classes that lie apart in one column of numbers, and a column of texts. */
  private Path table() throws IOException {
    StringBuilder text = new StringBuilder("size,colour,kind\n");
    for (int i = 0; i < 60; i++) {
      boolean large = i % 2 == 0;
      text.append((large ? 10 : 0) + i % 7 * 0.25)
          .append(i % 3 == 0 ? ",red," : ",blue,")
          .append(large ? "a\n" : "b\n");
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static SweepPlan.Effort effort(Search search) {
    return new SweepPlan.Effort(search, 2, Budget.steps(3), 1);
  }

  private static TableData data(Path csv, TableData.Part part) {
    TableData data = new TableData();
    data.configure(TableData.properties(csv, "kind", 1, part));
    return data;
  }

  private static Set<String> rows(Dataset<Label> data) {
    Set<String> rows = new HashSet<>();
    for (Example<Label> example : data) {
      rows.add(example.toString());
    }
    return rows;
  }

  @Test
  void candidatesAreScoredByClassifiersOfGeneratedRows() throws IOException {
    SweepPlan plan =
        TableSearch.plan(table(), "kind", List.of("batchSize=8"), effort(Search.RANDOM));
    String json = plan.search().toJson();
    SweepResult result = Sweep.builder(plan.search()).build().run();
    for (CandidateRecord candidate : result.records()) {
      assertEquals(Outcome.COMPLETE, candidate.outcome(), candidate.reason());
      assertTrue(candidate.score() >= 0 && candidate.score() <= 1, candidate.toString());
    }
    SweepResult again = Sweep.builder(OptimizationConfiguration.fromJson(json)).build().run();
    assertEquals(
        result.records().stream().map(CandidateRecord::score).toList(),
        again.records().stream().map(CandidateRecord::score).toList());
  }

  @Test
  void aTrainedGeneratorBeatsAnUntrainedOne() throws IOException {
    Path csv = table();
    TransitionCandidate defaults =
        TableSearch.plan(
                csv,
                "kind",
                List.of("batchSize=32", "average.decay=0.9"),
                new SweepPlan.Effort(Search.RANDOM, 1, Budget.steps(400), 1))
            .defaults();
    TableData data = data(csv, TableData.Part.VALIDATION);
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(defaults.network(), 1),
            defaults.training(),
            data.trainData(),
            List.of());
    double untrained = score(trainer.averageNetwork(), defaults, data);
    trainer.train();
    double trained = score(trainer.averageNetwork(), defaults, data);
    assertTrue(trained < 0.2, Double.toString(trained));
    assertTrue(untrained > 0.3, Double.toString(untrained));
  }

  private static double score(TimNetwork network, TransitionCandidate candidate, TableData data) {
    return new SyntheticTrainingScore(4, 3, 1)
        .score(new TrainedCandidate(network, candidate.training(), 0), data);
  }

  @Test
  void theSearchSeesNoRowThatTheComparisonIsMadeOn() throws IOException {
    TableData validation = data(table(), TableData.Part.VALIDATION);
    TableData test = data(table(), TableData.Part.TEST);
    assertEquals(36, validation.training().size());
    assertEquals(12, validation.heldOut().size());
    assertEquals(12, test.heldOut().size());
    assertEquals(rows(validation.training()), rows(test.training()));
    assertNotEquals(rows(validation.heldOut()), rows(test.heldOut()));
    assertEquals(12, validation.testData().size());
    assertEquals(validation.encoding().width(), validation.testData().x().size(2));
  }

  @Test
  void aNetworkWithATokenForEachColumnStaysOne() {
    VectorGeneratorTrainer trainer =
        new VectorGeneratorTrainer(
            TransitionSettings.builder().tokenization(Tokenization.FEATURE).build());
    TransitionSettings settings =
        TransitionSettings.builder()
            .run(new RunSettings(trainer.network(List.of(1, 2), 2), trainer.training(1)))
            .build();
    assertEquals(Tokenization.FEATURE, settings.tokenization());
  }

  @Test
  void theBestIsWhatTribuosTrainerCanBeGiven() throws IOException {
    SweepPlan plan = TableSearch.plan(table(), "kind", List.of(), effort(Search.RANDOM));
    CandidateRecord drawn = Sweep.builder(plan.search()).build().run().records().get(0);
    RunSettings best = new RunSettings(drawn.candidate().network(), drawn.candidate().training());
    TransitionSettings settings = TransitionSettings.builder().run(best).build();
    assertEquals(best.training().optimizer().learningRate(), settings.learningRate());
    assertEquals(
        ((IntervalWeighting) best.training().loss().weighting()).exponent(),
        settings.weightingExponent());
    assertEquals(best.network().hidden(), settings.hiddenSize());
    assertEquals(3, settings.steps());
  }

  @Test
  void tablesAndSettingsThatDoNotFitAreRefused() throws IOException {
    Path csv = table();
    assertThrows(
        InvalidInputException.class,
        () -> TableSearch.plan(csv, "shape", List.of(), effort(Search.RANDOM)));
    String refusal =
        assertThrows(
                InvalidInputException.class,
                () ->
                    TableSearch.plan(csv, "kind", List.of("condition=null"), effort(Search.RANDOM)))
            .getMessage();
    assertTrue(refusal.contains("condition"), refusal);
  }

  /** Rows are divided by class: what there is once is trained on, never scored on alone. */
  @Test
  void aClassOfOneRowIsAmongThoseTrainedOn() throws IOException {
    Path rare =
        Files.writeString(folder.resolve("rare.csv"), Files.readString(table()) + "1,red,c\n");
    for (int seed = 1; seed < 10; seed++) {
      TableData data = new TableData();
      data.configure(TableData.properties(rare, "kind", seed, TableData.Part.VALIDATION));
      assertTrue(data.training().getOutputs().contains(new Label("c")), "seed " + seed);
      assertTrue(data.training().getOutputs().containsAll(data.heldOut().getOutputs()));
    }
  }

  @Test
  void theScoreSurvivesJsonAndNeedsATable() throws IOException {
    SyntheticTrainingScore score = new SyntheticTrainingScore(4, 3, 7);
    String json = JsonMapper.getMapper().writeValueAsString(score);
    assertEquals(score, JsonMapper.getMapper().readValue(json, ScoreFunction.class));
    assertThrows(InvalidInputException.class, () -> score.score(null, new ImageData()));
    assertThrows(InvalidInputException.class, () -> new SyntheticTrainingScore(0, 3, 7));
    assertEquals(List.of("exponent.png", "learning-rate.png"), axes());
  }

  private List<String> axes() throws IOException {
    return TableSearch.plan(table(), "kind", List.of(), effort(Search.RANDOM)).axes().stream()
        .map(SweepPlan.Axis::file)
        .toList();
  }
}
