package org.tim4j.cli.image;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The fonts of this machine. A slim container has none, and Java then throws whatever its own parts
 * throw: it is asked once, before anything is drawn.
 */
final class Fonts {
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private Fonts() {}

  /** Returns why no text can be drawn; empty if it can. */
  static Optional<String> problem() {
    return OfProcess.PROBLEM;
  }

  private static Optional<String> tryOne() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      FontMetrics metrics = graphics.getFontMetrics(LABEL);
      return metrics.stringWidth("8") > 0
          ? Optional.empty()
          : Optional.of("its font has no digits");
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      Throwable first = e;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      return Optional.of(String.valueOf(first));
    } finally {
      graphics.dispose();
    }
  }

  private static final class OfProcess {
    private static final Optional<String> PROBLEM = tryOne();
  }
}
