package org.tim4j.objective.spark;

import java.util.Objects;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Deals out the elements of a data set: element i goes to partition {@code i mod n} and stays in
 * order there. A plain repartition leaves the order to how the blocks of the shuffle arrive.
 */
final class RoundRobin extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int partitions;

  private RoundRobin(int partitions) {
    this.partitions = partitions;
  }

  static <T> JavaRDD<T> share(JavaRDD<T> data, int partitions) {
    return data.zipWithIndex()
        .mapToPair(Tuple2::swap)
        .repartitionAndSortWithinPartitions(new RoundRobin(partitions))
        .values();
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return (int) ((Long) key % partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoundRobin that && partitions == that.partitions;
  }

  @Override
  public int hashCode() {
    return Objects.hash(partitions);
  }
}
