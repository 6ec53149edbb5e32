package org.tim4j.objective.spark;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Where Spark runs.
 *
 * @param url {@code local[N]}, {@code local-cluster[N,CORES,MEMORY]}, {@code spark://HOST:PORT},
 *     {@code yarn} or {@code k8s://…}
 */
public record SparkMaster(String url) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*\\d+\\s*]");
  private static final Pattern OTHER = Pattern.compile("(spark|k8s)://.+|yarn");

  /**
   * @throws InvalidInputException if Spark knows no such master
   */
  public SparkMaster {
    if (!LOCAL.matcher(url).matches()
        && !LOCAL_CLUSTER.matcher(url).matches()
        && !OTHER.matcher(url).matches()) {
      throw new InvalidInputException(
          "'"
              + url
              + "' is no Spark master; give local[N], local-cluster[N,CORES,MEGABYTES],"
              + " spark://HOST:PORT or yarn");
    }
  }

  /** Whether the workers are threads of this process. */
  public boolean isThisProcess() {
    return LOCAL.matcher(url).matches();
  }

  /** Whether all processes are on this machine. */
  public boolean isOnThisMachine() {
    return isThisProcess() || LOCAL_CLUSTER.matcher(url).matches();
  }

  /** Number of tasks that run at once, if the name says it. */
  public OptionalInt cores() {
    Matcher local = LOCAL.matcher(url);
    if (local.matches()) {
      String cores = local.group(1);
      return OptionalInt.of(
          cores == null
              ? 1
              : cores.equals("*")
                  ? Runtime.getRuntime().availableProcessors()
                  : Integer.parseInt(cores));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(url);
    return cluster.matches()
        ? OptionalInt.of(Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2)))
        : OptionalInt.empty();
  }
}
