/**
 * Training and sampling on Spark, with Deeplearning4j's training by parameter averaging.
 *
 * <p>{@link org.tim4j.objective.spark.TransitionTrainingMaster} computes the objective on the
 * workers; {@link org.tim4j.objective.spark.SparkTransitionTrainer} makes a whole run of it, with
 * listeners and checkpoints on the driver. Needs Spark 3.5 (Scala 2.12), {@code dl4j-spark_2.12}
 * and {@code deeplearning4j-core} on the class path, which this module names as optional
 * dependencies.
 */
package org.tim4j.objective.spark;
