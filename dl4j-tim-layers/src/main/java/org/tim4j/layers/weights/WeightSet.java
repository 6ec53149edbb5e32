package org.tim4j.layers.weights;

/** Which of a model's two sets of weights. */
public enum WeightSet {
  /** The weights that training changes. */
  TRAINED("weights.safetensors"),
  /** Their exponential moving average, which samples better. */
  AVERAGE("ema.safetensors");

  private final String file;

  WeightSet(String file) {
    this.file = file;
  }

  /** Returns the name of the file in a model folder. */
  public String file() {
    return file;
  }
}
