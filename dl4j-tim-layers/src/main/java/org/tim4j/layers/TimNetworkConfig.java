package org.tim4j.layers;

import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.BlockActivations;
import org.tim4j.layers.definition.TableColumns;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.layers.vertex.Parameter;

/**
 * Everything that a {@link TimNetwork} is, apart from its parameters. Height and width are no part
 * of it: one network takes images of every size that the patch divides.
 *
 * @param inputKind images, tokens or rows of a table
 * @param channels channels of an image, features of a token or numbers of a row; input and output
 *     have as many
 * @param patch side of a patch in pixels; 1 for tokens and rows
 * @param hidden embedding dimension of the tokens inside the network
 * @param depth number of blocks
 * @param heads attention heads; {@code hidden / heads} is a multiple of 4
 * @param mlpRatio size of the feed-forward part; its inner width is {@code
 *     floor(2·floor(hidden·mlpRatio)/3)}
 * @param modulationRank width of the unit that modulates a block
 * @param condition what the network is told about the data
 * @param qkNorm whether queries and keys are normalised
 * @param distanceAware whether attention sees the interval embedding
 * @param separateIntervalEmbedding whether the interval embedding has weights of its own
 * @param intervalCondition what the interval embedding is made of
 * @param ropeOrder which coordinates a patch has
 * @param representation the alignment head, or null for none
 * @param dataType {@code FLOAT} or {@code DOUBLE}
 * @param runtime what computes the network
 * @param activations what blocks on the fused runtime keep in training; null means {@link
 *     BlockActivations#KEEP}
 * @param columns numbers of each column of a row, {@code channels} in all; null or empty for images
 *     and tokens
 */
public record TimNetworkConfig(
    InputKind inputKind,
    int channels,
    int patch,
    int hidden,
    int depth,
    int heads,
    double mlpRatio,
    int modulationRank,
    Condition condition,
    boolean qkNorm,
    boolean distanceAware,
    boolean separateIntervalEmbedding,
    IntervalCondition intervalCondition,
    RopeOrder ropeOrder,
    RepresentationAlignment representation,
    DataType dataType,
    TimRuntime runtime,
    BlockActivations activations,
    List<Integer> columns) {

  private static final StrictJson JSON =
      new StrictJson(StrictJson.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

  /**
   * Checks that the settings fit each other.
   *
   * @throws InvalidInputException if they do not
   */
  public TimNetworkConfig {
    Require.present("inputKind", inputKind);
    Require.atLeast("channels", channels, 1);
    Require.atLeast("patch", patch, 1);
    Require.atLeast("depth", depth, 1);
    new IntervalAttention(hidden, heads, qkNorm, distanceAware, ropeOrder); // It checks the heads.
    Require.atLeast("modulationRank", modulationRank, 1);
    Require.present("condition", condition);
    Require.present("intervalCondition", intervalCondition);
    Require.present("ropeOrder", ropeOrder);
    Require.present("dataType", dataType);
    Require.present("runtime", runtime);
    activations = activations == null ? BlockActivations.KEEP : activations;
    columns = columns == null ? List.of() : List.copyOf(columns);
    if (!(mlpRatio > 0) || mlpHidden(hidden, mlpRatio) < 1) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "mlpRatio is %s; it must be positive and give the feed-forward part at least one number.",
              mlpRatio));
    }
    if (inputKind != InputKind.IMAGE && patch != 1) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "patch is %d, but tokens and rows are not cut into patches; set it to 1.",
              patch));
    }
    requireColumns(inputKind, channels, columns);
    if (representation != null && representation.afterBlock() > depth) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The alignment head reads block %d, but the network has %d; choose a block that exists.",
              representation.afterBlock(),
              depth));
    }
    if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
      throw new InvalidInputException(
          "dataType is " + dataType + "; networks compute in FLOAT or DOUBLE.");
    }
    if (runtime == TimRuntime.FUSED && dataType != DataType.FLOAT) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The fused runtime computes in FLOAT only; choose TimRuntime.SAMEDIFF for %s.",
              dataType));
    }
  }

  private static void requireColumns(InputKind kind, int channels, List<Integer> columns) {
    if (kind == InputKind.ROWS) {
      int total = new TableColumns(columns).total();
      if (total != channels) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "The columns %s have %d numbers, but a row has channels = %d; make them equal.",
                columns,
                total,
                channels));
      }
    } else if (!columns.isEmpty()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "columns is %s, but inputKind is %s; only ROWS have columns.",
              columns,
              kind));
    }
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the inner width of the feed-forward part of a block. */
  public int mlpHidden() {
    return mlpHidden(hidden, mlpRatio);
  }

  private static int mlpHidden(int hidden, double mlpRatio) {
    return (int) (2L * (long) Math.floor(hidden * mlpRatio) / 3);
  }

  /** Returns the exact number of parameters, without allocating them. */
  public long parameterCount() {
    return new NetworkPlan(this)
        .parameters().values().stream().mapToLong(Parameter::length).reduce(0L, Math::addExact);
  }

  /** Returns the shapes of all parameters by {@code <vertex>.<parameter>}. */
  public Map<String, long[]> parameterShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    new NetworkPlan(this)
        .parameters()
        .forEach((name, parameter) -> shapes.put(name, parameter.dimensions()));
    return shapes;
  }

  /** Returns the settings as a JSON object. */
  public String toJson() {
    return JSON.write(this);
  }

  /**
   * Returns the settings that {@link #toJson} wrote.
   *
   * @throws InvalidInputException if the text is no such object or the settings do not fit
   */
  public static TimNetworkConfig fromJson(String json) {
    return JSON.read("the network's settings", json, TimNetworkConfig.class);
  }

  /** Builder; {@code channels}, {@code hidden}, {@code depth} and {@code heads} must be set. */
  public static final class Builder {
    private InputKind inputKind = InputKind.IMAGE;
    private int channels;
    private int patch = 1;
    private int hidden;
    private int depth;
    private int heads;
    private double mlpRatio = 4.0;
    private Integer modulationRank;
    private Condition condition = new Condition.None();
    private boolean qkNorm = true;
    private boolean distanceAware = true;
    private boolean separateIntervalEmbedding = true;
    private IntervalCondition intervalCondition = IntervalCondition.T_MINUS_R;
    private RopeOrder ropeOrder = RopeOrder.ROW_COLUMN;
    private RepresentationAlignment representation;
    private DataType dataType = DataType.FLOAT;
    private TimRuntime runtime = TimRuntime.SAMEDIFF;
    private BlockActivations activations = BlockActivations.KEEP;
    private List<Integer> columns = List.of();

    private Builder() {}

    private Builder(TimNetworkConfig config) {
      inputKind = config.inputKind;
      channels = config.channels;
      patch = config.patch;
      hidden = config.hidden;
      depth = config.depth;
      heads = config.heads;
      mlpRatio = config.mlpRatio;
      modulationRank = config.modulationRank;
      condition = config.condition;
      qkNorm = config.qkNorm;
      distanceAware = config.distanceAware;
      separateIntervalEmbedding = config.separateIntervalEmbedding;
      intervalCondition = config.intervalCondition;
      ropeOrder = config.ropeOrder;
      representation = config.representation;
      dataType = config.dataType;
      runtime = config.runtime;
      activations = config.activations;
      columns = config.columns;
    }

    /** Images unless set. */
    public Builder inputKind(InputKind value) {
      inputKind = value;
      return this;
    }

    /** Channels of an image, features of a token or numbers of a row. */
    public Builder channels(int value) {
      channels = value;
      return this;
    }

    /** Side of a patch in pixels; 1 unless set. */
    public Builder patch(int value) {
      patch = value;
      return this;
    }

    /** Embedding dimension of the tokens inside the network. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Number of blocks. */
    public Builder depth(int value) {
      depth = value;
      return this;
    }

    /** Attention heads. */
    public Builder heads(int value) {
      heads = value;
      return this;
    }

    /** Size of the feed-forward part; 4 unless set. */
    public Builder mlpRatio(double value) {
      mlpRatio = value;
      return this;
    }

    /** Width of the modulating unit; {@code floor(hidden/4)·3} unless set. */
    public Builder modulationRank(int value) {
      modulationRank = value;
      return this;
    }

    /** None unless set. */
    public Builder condition(Condition value) {
      condition = value;
      return this;
    }

    /** Yes unless set. */
    public Builder qkNorm(boolean value) {
      qkNorm = value;
      return this;
    }

    /** Yes unless set. */
    public Builder distanceAware(boolean value) {
      distanceAware = value;
      return this;
    }

    /** Yes unless set. */
    public Builder separateIntervalEmbedding(boolean value) {
      separateIntervalEmbedding = value;
      return this;
    }

    /** {@link IntervalCondition#T_MINUS_R} unless set. */
    public Builder intervalCondition(IntervalCondition value) {
      intervalCondition = value;
      return this;
    }

    /** {@link RopeOrder#ROW_COLUMN} unless set. */
    public Builder ropeOrder(RopeOrder value) {
      ropeOrder = value;
      return this;
    }

    /** The alignment head; null, as at first, for none. */
    public Builder representation(RepresentationAlignment value) {
      representation = value;
      return this;
    }

    /** {@code FLOAT} unless set. */
    public Builder dataType(DataType value) {
      dataType = value;
      return this;
    }

    /** {@link TimRuntime#SAMEDIFF} unless set. */
    public Builder runtime(TimRuntime value) {
      runtime = value;
      return this;
    }

    /** {@link BlockActivations#KEEP} unless set. */
    public Builder activations(BlockActivations value) {
      activations = value;
      return this;
    }

    /** Numbers of each column of a row, in their order; none unless set. */
    public Builder columns(List<Integer> value) {
      columns = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws InvalidInputException if a setting is missing or settings do not fit each other
     */
    public TimNetworkConfig build() {
      return new TimNetworkConfig(
          inputKind,
          channels,
          patch,
          hidden,
          depth,
          heads,
          mlpRatio,
          modulationRank == null ? hidden / 4 * 3 : modulationRank,
          condition,
          qkNorm,
          distanceAware,
          separateIntervalEmbedding,
          intervalCondition,
          ropeOrder,
          representation,
          dataType,
          runtime,
          activations,
          columns);
    }
  }
}
