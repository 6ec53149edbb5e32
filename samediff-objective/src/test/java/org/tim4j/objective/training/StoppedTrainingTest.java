package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class StoppedTrainingTest {
  @TempDir Path folder;

  /** Does something after a step. */
  private static TrainingListener after(long step, Runnable action) {
    return new TrainingListener() {
      @Override
      public void stepDone(TrainingProgress run, StepReport report) {
        if (report.step() == step) {
          action.run();
        }
      }
    };
  }

  private static TransitionTrainer unbroken() {
    TransitionTrainer trainer = TinyRun.trainer(TinyRun.config().build());
    trainer.train();
    return trainer;
  }

  @Test
  void anInterruptEndsAfterTheStepWithItsCheckpoint() {
    Path model = folder.resolve("model.tim");
    List<Long> ends = new ArrayList<>();
    TrainingListener end =
        new TrainingListener() {
          @Override
          public void trainingEnded(TrainingProgress run) {
            ends.add(run.stepsMade());
          }
        };
    TransitionTrainer trainer =
        TinyRun.trainer(
            TinyRun.config().build(),
            after(2, Thread.currentThread()::interrupt),
            new CheckpointListener(model, 1),
            end);
    trainer.train();
    assertTrue(Thread.interrupted());
    assertEquals(List.of(3L), ends);
    Checkpoint checkpoint = Checkpoint.open(model);
    assertEquals(3, checkpoint.step());
    TransitionTrainer resumed =
        checkpoint.resume(checkpoint.config(), TinyRun.data(DataType.FLOAT), List.of());
    resumed.train();
    trainer.train();
    TransitionTrainer whole = unbroken();
    for (TransitionTrainer other : List.of(resumed, trainer)) {
      assertEquals(whole.network().parameters(), other.network().parameters());
      assertEquals(whole.state().average(), other.state().average());
    }
  }

  @Test
  void stopEndsAfterTheStepAndTrainGoesOn() throws InterruptedException {
    List<TransitionTrainer> self = new ArrayList<>();
    TransitionTrainer trainer =
        TinyRun.trainer(
            TinyRun.config().build(),
            after(
                1,
                () -> {
                  Thread other = new Thread(() -> self.get(0).stop());
                  other.start();
                  try {
                    other.join();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }));
    self.add(trainer);
    trainer.train();
    assertEquals(2, trainer.stepsMade());
    assertFalse(Thread.currentThread().isInterrupted());
    trainer.stop();
    trainer.train();
    assertEquals(2, trainer.stepsMade());
    trainer.train();
    assertEquals(6, trainer.stepsMade());
    assertEquals(unbroken().network().parameters(), trainer.network().parameters());
  }
}
