package org.tim4j.layers.base;

/**
 * The names of a vertex's parameters, as records declare them, kernels look for them and files
 * store them.
 *
 * <p>A linear map has a weight and a bias; a unit of several maps numbers them from 1. What stands
 * before says which map or unit of the vertex it is, and is empty where the vertex is nothing else.
 */
public final class ParameterNames {
  /** The only map or unit of its vertex. */
  public static final String SOLE = "";

  /** The embedding φ of a time. */
  public static final String TIME = "t";

  /** The interval's own embedding ψ. */
  public static final String OWN_TIME = "d";

  /** The gated unit that makes shifts, scales and gates. */
  public static final String MODULATION = "mod";

  /** The map to queries, keys and values, side by side. */
  public static final String QUERY_KEY_VALUE = "qkv";

  /** The map of the interval embedding to what it adds to queries, keys and values. */
  public static final String INTERVAL = "interval";

  /** The map to queries, and their normalisation. */
  public static final String QUERY = "q";

  /** The normalisation of keys. */
  public static final String KEY = "k";

  /** The map to keys and values, side by side. */
  public static final String KEY_VALUE = "kv";

  /** The output projection of attention. */
  public static final String PROJECTION = "proj";

  /** Stands before all names of a block's attention to the caption. */
  public static final String CROSS = "cross";

  /** The feed-forward unit of a block. */
  public static final String MLP = "mlp";

  /** Rows by class or word. */
  public static final String TABLE = "table";

  /** Rows by place in a text. */
  public static final String POSITIONS = "positions";

  /** Gain of the caption's normalisation. */
  public static final String CAPTION_GAIN = "gain";

  /** Bias of the caption's normalisation. */
  public static final String CAPTION_BIAS = "bias";

  private ParameterNames() {}

  /** The weight of a map. */
  public static String weight(String map) {
    return map + "W";
  }

  /** The bias of a map. */
  public static String bias(String map) {
    return map + "b";
  }

  /** The weight of the map number {@code number}, from 1, of a unit. */
  public static String weight(String unit, int number) {
    return weight(unit) + number;
  }

  /** The bias of the map number {@code number}, from 1, of a unit. */
  public static String bias(String unit, int number) {
    return bias(unit) + number;
  }

  /** The gain of the normalisation of queries or keys. */
  public static String normGain(String normalized) {
    return normalized + "NormGain";
  }

  /** The bias of the normalisation of queries or keys. */
  public static String normBias(String normalized) {
    return normalized + "NormBias";
  }
}
