package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.Options;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Trainer;

class TrainTestTest {
  @TempDir Path folder;

  @Test
  void theProgramTrainsTestsAndSaves() throws IOException, URISyntaxException {
    String iris = Path.of(Tables.class.getResource("iris.csv").toURI()).toString();
    Path file = folder.resolve("iris.tribuo");
    TrainTest.main(
        new String[] {
          "--training-file",
          iris,
          "--testing-file",
          iris,
          "--input-format",
          "CSV",
          "--csv-response-name",
          "y",
          "--model-output-path",
          file.toString(),
          "--tim-steps",
          "3",
          "--tim-hidden-size",
          "8",
          "--tim-heads",
          "1",
          "--tim-depth",
          "1"
        });
    try (TimModel<?> model = (TimModel<?>) ModelFile.read(file)) {
      assertEquals(7, model.generate(7, 1, 1).size());
      String trainer = model.getProvenance().getTrainerProvenance().toString();
      assertTrue(trainer.contains("steps=3") && trainer.contains("hiddenSize=8"), trainer);
    }
  }

  /** A holder, because options are parsed as part of others. */
  static final class Holder implements Options {
    public TimOptions options;
  }

  @Test
  void optionsReachTheTrainer() {
    String provenance =
        parse(
                "--tim-batch-size", "17",
                "--tim-learning-rate", "0.25",
                "--tim-weight-decay", "0.5",
                "--tim-average-decay", "0.75",
                "--tim-transport", "TRIG_FLOW",
                "--tim-derivative", "JVP",
                "--tim-diffusion-ratio", "0.125",
                "--tim-consistency-ratio", "0.375",
                "--tim-weighting-exponent", "-2.0",
                "--tim-jitter", "0.0625",
                "--tim-scaling", "STANDARD",
                "--tim-seed", "99")
            .getTrainer()
            .getProvenance()
            .toString();
    for (String value :
        new String[] {
          "batchSize=17",
          "learningRate=0.25",
          "weightDecay=0.5",
          "averageDecay=0.75",
          "transport=TRIG_FLOW",
          "derivative=JVP",
          "diffusionRatio=0.125",
          "consistencyRatio=0.375",
          "weightingExponent=-2.0",
          "jitter=0.0625",
          "scaling=STANDARD",
          "seed=99"
        }) {
      assertTrue(provenance.contains(value), value + " in " + provenance);
    }
  }

  @Test
  void withoutOptionsTheTrainerIsTheDefaultOne() {
    assertEquals(
        new TimTrainer<>(
                new LabelConditionConverter(), TransitionSettings.defaults(), Trainer.DEFAULT_SEED)
            .getProvenance()
            .toString(),
        parse().getTrainer().getProvenance().toString());
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    TimOptions options = parse("--tim-depth", "0");
    assertEquals("depth", assertThrows(PropertyException.class, options::getTrainer).getProperty());
  }

  private static TimOptions parse(String... args) {
    Holder holder = new Holder();
    new ConfigurationManager(args, holder, false).close();
    return holder.options;
  }
}
