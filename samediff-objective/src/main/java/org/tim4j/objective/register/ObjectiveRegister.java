package org.tim4j.objective.register;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/** Every type that settings may hold, by name: those of this library and a user's own. */
public final class ObjectiveRegister {
  private final Map<String, Transport> transports = new TreeMap<>();
  private final Map<String, Class<? extends TimeLaw>> timeDistributions = new TreeMap<>();
  private final Map<String, Class<? extends Weighting>> weightings = new TreeMap<>();

  private ObjectiveRegister(List<ObjectiveTypes> types) {
    for (ObjectiveTypes some : types) {
      some.transports().forEach((name, standard) -> add(transports, name, standard));
      some.timeDistributions().forEach((name, type) -> add(timeDistributions, name, type));
      some.weightings().forEach((name, type) -> add(weightings, name, type));
    }
    Map<Class<?>, String> names = new HashMap<>();
    types().forEach((name, type) -> requireOneName(name, names.put(type, name), type));
  }

  /**
   * Returns this library's types and those of every {@link ObjectiveTypes} on the class path.
   *
   * @throws InvalidInputException if a service cannot be loaded, or two types have one name
   */
  public static ObjectiveRegister ofClassPath() {
    List<ObjectiveTypes> found = new ArrayList<>(List.of(new BuiltInTypes()));
    Set<Class<?>> known = new HashSet<>();
    try {
      // A thread of a cluster's worker sees the user's classes, that of a container perhaps not.
      for (ServiceLoader<ObjectiveTypes> loader :
          List.of(
              ServiceLoader.load(ObjectiveTypes.class),
              ServiceLoader.load(ObjectiveTypes.class, ObjectiveTypes.class.getClassLoader()))) {
        for (ObjectiveTypes types : loader) {
          if (known.add(types.getClass())) {
            found.add(types);
          }
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new InvalidInputException(
          "a file META-INF/services/"
              + ObjectiveTypes.class.getName()
              + " names a class that cannot be used; give the name of a public class that"
              + " implements it and has a public constructor without arguments ("
              + e.getMessage()
              + ")",
          e);
    }
    return new ObjectiveRegister(found);
  }

  /** Returns this library's types and the given ones, whatever is on the class path. */
  public static ObjectiveRegister with(ObjectiveTypes... types) {
    List<ObjectiveTypes> all = new ArrayList<>(List.of(new BuiltInTypes()));
    all.addAll(List.of(types));
    return new ObjectiveRegister(all);
  }

  private static <T> void add(Map<String, T> kind, String name, T value) {
    T other = kind.put(name, value);
    if (other != null) {
      throw new InvalidInputException(
          "the name '"
              + name
              + "' stands for "
              + other
              + " and for "
              + value
              + "; give one of them another name in its ObjectiveTypes");
    }
  }

  private static void requireOneName(String name, String other, Class<?> type) {
    if (other != null) {
      throw new InvalidInputException(
          type.getName() + " has the names '" + other + "' and '" + name + "'; give it one");
    }
  }

  /** Returns all types by name; a name is unique within a kind of type. */
  private Map<String, Class<?>> types() {
    Map<String, Class<?>> all = new TreeMap<>();
    transports.forEach((name, standard) -> all.put("transport " + name, standard.getClass()));
    timeDistributions.forEach((name, type) -> all.put("distribution " + name, type));
    weightings.forEach((name, type) -> all.put("weighting " + name, type));
    return all;
  }

  /** The transports with their default settings, by name. */
  public Map<String, Transport> transports() {
    return Collections.unmodifiableMap(transports);
  }

  /** The distributions of training times by name. */
  public Map<String, Class<? extends TimeLaw>> timeDistributions() {
    return Collections.unmodifiableMap(timeDistributions);
  }

  /** The weightings of a user's own by name. */
  public Map<String, Class<? extends Weighting>> weightings() {
    return Collections.unmodifiableMap(weightings);
  }

  /**
   * Returns the transport of a name with its default settings.
   *
   * @throws InvalidInputException if there is none
   */
  public Transport transport(String name) {
    Transport standard = transports.get(name);
    if (standard == null) {
      throw new InvalidInputException(
          "there is no transport '"
              + name
              + "'; known are "
              + String.join(", ", transports.keySet()));
    }
    return standard;
  }
}
