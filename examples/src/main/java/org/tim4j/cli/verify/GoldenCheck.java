package org.tim4j.cli.verify;

import java.util.List;
import org.tim4j.layers.base.TimException;

/** Runs reference values through the product's classes and compares the results. */
public interface GoldenCheck {
  /** Names of the files it compares with, without the ending; all of them must exist. */
  List<String> files();

  /**
   * Compares every case.
   *
   * @param golden the folder of the files
   * @throws TimException if a file is damaged or lacks a tensor
   */
  List<CaseResult> run(GoldenFolder golden);
}
