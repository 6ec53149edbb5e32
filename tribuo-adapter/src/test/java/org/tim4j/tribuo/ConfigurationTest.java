package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tim4j.tribuo.config.Tokenization;
import org.tribuo.classification.Label;

/** Trainers as configuration files describe them. */
class ConfigurationTest {
  private static final String XML =
      """
      <config>
        <component name="tim" type="org.tim4j.tribuo.TimTrainer">
          <property name="conditionConverter" value="labels"/>
          <property name="settings" value="settings"/>
          <property name="scaling" value="STANDARD"/>
          <property name="likelihoodEvaluations" value="%s"/>
          <property name="oneHotSeparator" value="="/>
          <property name="seed" value="5"/>
        </component>
        <component name="regression" type="org.tim4j.tribuo.TimRegressionTrainer">
          <property name="settings" value="settings"/>
          <property name="samples" value="10"/>
          <property name="evaluations" value="2"/>
          <property name="seed" value="5"/>
        </component>
        <component name="labels" type="org.tim4j.tribuo.condition.LabelConditionConverter"/>
        <component name="settings" type="org.tim4j.tribuo.config.TransitionSettings">
          <property name="steps" value="3"/>
          <property name="batchSize" value="8"/>
          <property name="learningRate" value="0.01"/>
          <property name="hiddenSize" value="%s"/>
          <property name="depth" value="1"/>
          <property name="tokenization" value="%s"/>
          <property name="heads" value="1"/>
          <property name="transport" value="TRIG_FLOW"/>
          <property name="derivative" value="DDE"/>
          <property name="diffusionRatio" value="0.25"/>
          <property name="jitter" value="0.1"/>
        </component>
      </config>
      """;

  @TempDir Path folder;

  private ConfigurationManager configuration(
      String likelihoodEvaluations, String hiddenSize, String tokenization) throws IOException {
    return new ConfigurationManager(
        Files.writeString(
                folder.resolve("trainers.xml"),
                XML.formatted(likelihoodEvaluations, hiddenSize, tokenization))
            .toString());
  }

  @ParameterizedTest
  @EnumSource
  void theProvenanceOfAModelTrainsTheSameModelAgain(Tokenization tokenization) throws IOException {
    try (ConfigurationManager manager = configuration("4", "8", tokenization.name())) {
      TimTrainer<Label> trainer = labelTrainer(manager.lookup("tim"));
      try (TimModel<Label> model = trainer.train(Tables.catsAndDogs())) {
        ConfigurationManager recovered = new ConfigurationManager();
        recovered.addConfiguration(ProvenanceUtil.extractConfiguration(model.getProvenance()));
        List<TimTrainer<?>> trainers = trainers(recovered);
        assertEquals(1, trainers.size());
        try (TimModel<Label> again = labelTrainer(trainers.get(0)).train(Tables.catsAndDogs())) {
          assertEquals(Tiny.rows(model.generate(4, 2, 1)), Tiny.rows(again.generate(4, 2, 1)));
          assertTrue(
              again
                  .predict(Tables.catsAndDogs().getExample(0))
                  .distributionEquals(model.predict(Tables.catsAndDogs().getExample(0)), 0));
        }
      }
    }
  }

  private static List<TimTrainer<?>> trainers(ConfigurationManager manager) {
    List<TimTrainer<?>> trainers = new java.util.ArrayList<>();
    for (TimTrainer<?> trainer : manager.lookupAll(TimTrainer.class)) {
      trainers.add(trainer);
    }
    return trainers;
  }

  @SuppressWarnings("unchecked") // The configuration names a converter of labels.
  private static TimTrainer<Label> labelTrainer(Object trainer) {
    return (TimTrainer<Label>) trainer;
  }

  @Test
  void regressionsAreConfiguredToo() throws IOException {
    try (ConfigurationManager manager = configuration("4", "8", "FEATURE")) {
      TimRegressionTrainer trainer = (TimRegressionTrainer) manager.lookup("regression");
      assertTrue(trainer.toString().contains("samples=10"), trainer.toString());
      assertTrue(trainer.getProvenance().toString().contains("hiddenSize=8"));
    }
  }

  @Test
  void valuesOutOfRangeAreNamed() throws IOException {
    try (ConfigurationManager manager = configuration("0", "8", "ROW")) {
      PropertyException error = assertThrows(PropertyException.class, () -> manager.lookup("tim"));
      assertEquals("likelihoodEvaluations", error.getProperty());
    }
    try (ConfigurationManager manager = configuration("4", "7", "ROW")) {
      PropertyException error = assertThrows(PropertyException.class, () -> manager.lookup("tim"));
      assertTrue(error.getMessage().contains("multiple of four times heads"), error.getMessage());
    }
    try (ConfigurationManager manager = configuration("4", "8", "CELL")) {
      PropertyException error = assertThrows(PropertyException.class, () -> manager.lookup("tim"));
      assertTrue(error.getMessage().contains("CELL"), error.getMessage());
    }
  }
}
