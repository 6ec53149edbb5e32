package org.tim4j.cli.sweep;

import java.util.Properties;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingData;

/** Class-labelled images, named by the property {@value #DATA} as on the command line. */
public final class ImageData extends TransitionDataSource {
  /** Name of the property. */
  public static final String DATA = "data";

  private static final long serialVersionUID = 1;

  private String name;

  /** For Arbiter. */
  public ImageData() {}

  /** Returns the properties that name a data set. */
  public static Properties properties(String name) {
    Properties properties = new Properties();
    properties.setProperty(DATA, name);
    return properties;
  }

  @Override
  public void configure(Properties properties) {
    name = properties.getProperty(DATA);
    if (name == null) {
      throw new InvalidInputException("the property data is missing; give the name of a data set");
    }
  }

  @Override
  public TrainingData trainData() {
    return new InMemoryData(Examples.of(ImageSource.parse(name).load().train()));
  }

  @Override
  public Examples testData() {
    return Examples.of(ImageSource.parse(name).load().test());
  }
}
