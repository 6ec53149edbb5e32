package org.tim4j.layers.random;

/**
 * What a stream of random numbers is drawn for.
 *
 * <p>Two streams of one seed and one step are independent when their purposes differ, so that a new
 * consumer of randomness never shifts the draws of another. The code enters the key of the stream:
 * never change or reuse one.
 */
public enum Purpose {
  /** Initial values of a network's parameters. */
  PARAMETERS(1),
  /** Order in which training examples are visited. */
  DATA_ORDER(2),
  /** Division of a data set into train and test parts. */
  DATA_SPLIT(3),
  /** Start and end times of training transitions. */
  INTERVAL(4),
  /** Noise that a training example is mixed with. */
  NOISE(5),
  /** Which training conditions are replaced by the null condition. */
  CONDITION_DROPOUT(6),
  /** Noise that a sample starts from. */
  SAMPLE_START(7),
  /** Noise added during stochastic sampling. */
  SAMPLE_NOISE(8),
  /** Conditions drawn from a prior when the user gives none. */
  CONDITION_PRIOR(9),
  /** Draws of an evaluation or a likelihood estimate. */
  EVALUATION(10),
  /** Candidates of a hyperparameter search. */
  SEARCH(11),
  /** Order in which batches of examples of different sizes are visited. */
  BUCKET_ORDER(12);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
