package org.tim4j.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.tim4j.layers.base.TimException;

/**
 * What a command leaves behind after its work is done. Each product is made although another one
 * failed, so that no failure loses what was computed; the failures are reported at the end.
 */
final class Products {
  private TimException failures;

  /**
   * Makes a product.
   *
   * @param name of the product, for the report of a failure that does not name it
   */
  void make(String name, Runnable product) {
    compute(
        name,
        () -> {
          product.run();
          return name;
        });
  }

  /**
   * Computes what other products are made of.
   *
   * @param name of the result, for the report of a failure that does not name it
   * @return empty if it failed
   */
  <T> Optional<T> compute(String name, Supplier<T> result) {
    try {
      return Optional.of(result.get());
    } catch (TimException e) {
      note(e);
    } catch (RuntimeException e) { // of a library that draws or computes a figure
      note(new TimException(name + " could not be made: " + e, e));
    }
    return Optional.empty();
  }

  private void note(TimException failure) {
    failures =
        failures == null
            ? failure
            : new TimException(failures.getMessage() + "; " + failure.getMessage(), failures);
  }

  /**
   * Ends the command well if every product was made.
   *
   * @throws TimException with what failed
   */
  void requireAll() {
    if (failures != null) {
      throw failures;
    }
  }
}
