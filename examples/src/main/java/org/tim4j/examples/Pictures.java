package org.tim4j.examples;

import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.cli.data.Digits;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingData;

/** What {@link SmallSweep} trains on and compares with; Arbiter makes it itself, by its class. */
public final class Pictures extends TransitionDataSource {
  private static final long serialVersionUID = 1;

  @Override
  public TrainingData trainData() {
    return new InMemoryData(Examples.of(new Digits().load().train()));
  }

  @Override
  public Examples testData() {
    return Examples.of(new Digits().load().train());
  }
}
