package org.tim4j.objective.spark;

import org.tim4j.layers.base.TimException;

/** What Spark 3.5 asks of the Java that it runs on. */
public final class SparkPlatform {
  /** From this version on {@code Subject.getSubject}, which Hadoop's client calls, throws. */
  private static final int FIRST_FAILING_JAVA = 23;

  private SparkPlatform() {}

  /** Whether Spark 3.5 starts on a Java version, such as 17. */
  public static boolean supports(int javaVersion) {
    return javaVersion < FIRST_FAILING_JAVA;
  }

  /**
   * Checks the running Java.
   *
   * @throws TimException if Spark 3.5 cannot run on it
   */
  public static void requireSupported() {
    requireSupported(Runtime.version().feature());
  }

  static void requireSupported(int javaVersion) {
    if (!supports(javaVersion)) {
      throw new TimException(
          "Spark 3.5 does not run on Java "
              + javaVersion
              + " (Hadoop's client calls Subject.getSubject, which is gone); run on Java 17, for"
              + " example by setting JAVA_HOME, on the driver and on every worker");
    }
  }
}
