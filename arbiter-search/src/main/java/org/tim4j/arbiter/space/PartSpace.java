package org.tim4j.arbiter.space;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.training.TrainingJson;
import org.tim4j.objective.transport.Transport;

/**
 * Transports or weightings of one registered type, a user's own for example, in which settings of
 * any name vary.
 *
 * @param <T> {@link Transport} or {@link Weighting}
 */
public final class PartSpace<T> extends CompositeSpace<T> {
  private static final StrictJson JSON = new StrictJson();

  /** What the space consists of. */
  private enum Part {
    TRANSPORT(Transport.class),
    WEIGHTING(Weighting.class);

    private final Class<?> type;

    Part(Class<?> type) {
      this.type = type;
    }
  }

  private Part part;
  private String start;
  private Map<String, ParameterSpace<?>> settings;

  private PartSpace() {}

  private PartSpace(Part part, Object start, Map<String, ParameterSpace<?>> settings) {
    this.part = part;
    this.start = new TrainingJson().writePart(start).toString();
    this.settings = settings;
  }

  /** Returns the space of one transport, to {@link #vary} settings of. */
  public static PartSpace<Transport> of(Transport start) {
    return new PartSpace<>(Part.TRANSPORT, start, Map.of());
  }

  /** Returns the space of one weighting, to {@link #vary} settings of. */
  public static PartSpace<Weighting> of(Weighting start) {
    return new PartSpace<>(Part.WEIGHTING, start, Map.of());
  }

  /**
   * Returns a space in which one more setting varies.
   *
   * @param setting its name as it is written to JSON, with dots between the names of nested ones
   * @throws InvalidInputException if there is no such setting
   */
  public PartSpace<T> vary(String setting, ParameterSpace<?> values) {
    if (tree().at(pointer(setting)).isMissingNode()) {
      throw new InvalidInputException("there is no setting '" + setting + "' in " + start);
    }
    Map<String, ParameterSpace<?>> all = new LinkedHashMap<>(settings);
    all.put(setting, values);
    PartSpace<T> varied = new PartSpace<>();
    varied.part = part;
    varied.start = start;
    varied.settings = all;
    return varied;
  }

  private ObjectNode tree() {
    return (ObjectNode) JSON.parse("the start of the space", start);
  }

  private static String pointer(String setting) {
    return "/" + setting.replace('.', '/');
  }

  @Override
  @SuppressWarnings("unchecked") // The part is of the type that the space was made for.
  public T getValue(double[] values) {
    ObjectNode tree = tree();
    settings.forEach(
        (setting, space) -> {
          int dot = setting.lastIndexOf('.');
          ObjectNode parent =
              dot < 0 ? tree : (ObjectNode) tree.at(pointer(setting.substring(0, dot)));
          parent.set(setting.substring(dot + 1), JSON.tree(space.getValue(values)));
        });
    return (T) new TrainingJson().readPart(tree, part.type);
  }

  @Override
  @SuppressWarnings("rawtypes") // as Arbiter declares it
  public Map<String, ParameterSpace> getNestedSpaces() {
    return new LinkedHashMap<>(settings);
  }

  @Override
  boolean hasSameFixedPart(CompositeSpace<?> other) {
    return part == ((PartSpace<?>) other).part && tree().equals(((PartSpace<?>) other).tree());
  }
}
