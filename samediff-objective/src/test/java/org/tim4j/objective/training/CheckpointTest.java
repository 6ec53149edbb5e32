package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.weights.ModelFolderException;
import org.tim4j.layers.weights.ModelFolderWriter;

class CheckpointTest {
  @TempDir Path folder;

  @Test
  void aRunThatWasSavedRepeatsAnUnbrokenOne() {
    TrainingConfig config = TinyRun.config().build();
    TransitionTrainer unbroken = TinyRun.trainer(config);
    unbroken.train();

    Path model = folder.resolve("model.tim");
    TransitionTrainer first =
        TinyRun.trainer(config.toBuilder().steps(4).build(), new CheckpointListener(model, 3));
    first.train();
    Checkpoint checkpoint = Checkpoint.open(model);
    assertEquals(4, checkpoint.step());
    assertEquals(config.toBuilder().steps(4).build(), checkpoint.config());
    TransitionTrainer second = checkpoint.resume(config, TinyRun.data(DataType.FLOAT), List.of());
    second.train();
    assertArrayEquals(
        unbroken.network().parameters().toFloatVector(),
        second.network().parameters().toFloatVector());
    assertArrayEquals(
        unbroken.state().average().toFloatVector(), second.state().average().toFloatVector());
    assertArrayEquals(
        first.state().average().toFloatVector(),
        checkpoint.averageNetwork().parameters().toFloatVector());
  }

  @Test
  void savesInBetween() {
    Path model = folder.resolve("model.tim");
    TransitionTrainer trainer = TinyRun.trainer(TinyRun.config().steps(5).build());
    CheckpointListener listener = new CheckpointListener(model, 2);
    for (int i = 0; i < 3; i++) {
      listener.stepDone(trainer, trainer.step());
    }
    assertEquals(2, Checkpoint.open(model).step());
  }

  @Test
  void savesAtTheStartWhereNoModelStands() throws IOException {
    Path model = folder.resolve("model.tim");
    TransitionTrainer run = TinyRun.trainer(TinyRun.config().steps(5).build());
    CheckpointListener listener = new CheckpointListener(model, 2);
    listener.trainingStarted(run);
    assertEquals(0, Checkpoint.open(model).step());

    run.step();
    Checkpoint.save(model, run);
    listener.trainingStarted(TinyRun.trainer(TinyRun.config().steps(5).build()));
    assertEquals(1, Checkpoint.open(model).step());

    Path file = Files.createFile(folder.resolve("file"));
    CheckpointListener below = new CheckpointListener(file.resolve("model.tim"), 2);
    assertThrows(ModelFolderException.class, () -> below.trainingStarted(run));
  }

  @Test
  void refusesAModelWithoutARun() {
    Path model = folder.resolve("model.tim");
    new ModelFolderWriter(TinyRun.network(DataType.FLOAT)).write(model);
    assertThrows(InvalidInputException.class, () -> Checkpoint.open(model));
    assertThrows(TimException.class, () -> Checkpoint.open(folder.resolve("nothing")));
  }
}
