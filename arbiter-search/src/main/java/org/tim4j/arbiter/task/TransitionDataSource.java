package org.tim4j.arbiter.task;

import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;

/**
 * Where candidates are trained and scored on. Arbiter makes one for each candidate, so subclasses
 * have a public constructor without arguments and take their settings as properties.
 */
public abstract class TransitionDataSource implements DataSource {
  /** Takes no settings. */
  @Override
  public void configure(Properties properties) {}

  /** Returns what candidates are trained on. */
  @Override
  public abstract TrainingData trainData();

  /** Returns what candidates are scored on; no part of it is trained on. */
  @Override
  public abstract Examples testData();

  @Override
  public final Class<?> getDataType() {
    return TrainingData.class;
  }

  /**
   * Makes and configures a source.
   *
   * @param type a subclass of this class
   * @param properties settings, or null for none
   * @throws InvalidInputException if it is no such class or cannot be made
   */
  public static TransitionDataSource create(
      Class<? extends DataSource> type, Properties properties) {
    if (type == null || !TransitionDataSource.class.isAssignableFrom(type)) {
      throw new InvalidInputException(
          "the data source is "
              + (type == null ? "missing" : type.getName())
              + "; give a class that extends TransitionDataSource");
    }
    try {
      TransitionDataSource source =
          (TransitionDataSource) type.getDeclaredConstructor().newInstance();
      if (properties != null) {
        source.configure(properties);
      }
      return source;
    } catch (ReflectiveOperationException e) {
      throw new InvalidInputException(
          "the data source "
              + type.getName()
              + " cannot be made; give it a public constructor without arguments",
          e);
    }
  }
}
