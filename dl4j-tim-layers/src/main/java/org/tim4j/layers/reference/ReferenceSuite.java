package org.tim4j.layers.reference;

import java.util.List;

/** Runs reference values through the product's classes and compares the results. */
public interface ReferenceSuite {
  /** Names of the files it compares with, without the ending; all of them must exist. */
  List<String> files();

  /**
   * Compares every case.
   *
   * @param folder the folder of the files
   * @throws org.tim4j.layers.weights.SafetensorsException if a file is damaged
   * @throws org.tim4j.layers.base.InvalidInputException if a file does not fit: a name, shape, type
   *     or setting is not one of the format
   */
  List<CaseResult> run(ReferenceFolder folder);
}
