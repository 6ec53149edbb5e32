package org.tim4j.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;

/**
 * How the images of a folder are read. As text it stands behind the name of the folder, so that a
 * run that is named so later reads the same images: {@code ?resize=32x48,crop=none,skip-broken}.
 *
 * @param size height and width that every image gets, or null to leave images as they are
 * @param crop what is done where the sides of an image are not in proportion to these
 * @param skipBroken whether to go on without files that cannot be read
 */
public record ImageReading(Size size, Crop crop, boolean skipBroken) {
  /** Images as they are, all of one size, none broken. */
  public static final ImageReading AS_STORED = new ImageReading(null, Crop.CENTRE, false);

  private static final Pattern TEXT =
      Pattern.compile(
          "\\?(?:resize=(\\d{1,9})x(\\d{1,9})(?:,crop=(none))?(,skip-broken)?|(skip-broken))");

  /** What becomes of an image whose sides are not in proportion to the wanted ones. */
  public enum Crop {
    /** Of the longer side the middle is taken. */
    CENTRE,
    /** The whole image is taken, and squeezed. */
    NONE
  }

  /**
   * The size that images get.
   *
   * @param height rows of pixels
   * @param width columns of pixels
   */
  public record Size(int height, int width) {
    private static final int LARGEST_SIDE = 4096;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9}))?");

    /**
     * @throws InvalidInputException if a side is not from 1 to 4096
     */
    public Size {
      if (height < 1 || height > LARGEST_SIDE || width < 1 || width > LARGEST_SIDE) {
        throw new InvalidInputException(
            "images cannot be resized to "
                + height
                + "x"
                + width
                + " pixels; give sides from 1 to "
                + LARGEST_SIDE);
      }
    }

    /**
     * Returns the size that a user names: {@code 32}, or {@code 32x48} for height and width.
     *
     * @throws InvalidInputException if it is none
     */
    public static Size parse(String text) {
      Matcher sides = TEXT.matcher(text);
      if (!sides.matches()) {
        throw new InvalidInputException(
            "'"
                + text
                + "' is no size to resize to; give for example 32, or 32x48 (height, width)");
      }
      int height = Integer.parseInt(sides.group(1));
      return new Size(height, sides.group(2) == null ? height : Integer.parseInt(sides.group(2)));
    }
  }

  /** Splits what a user calls a folder into its name and how it is read. */
  record Named(String folder, ImageReading reading) {
    static Named parse(String text) {
      int mark = text.lastIndexOf('?');
      Matcher reading = TEXT.matcher(mark < 0 ? "" : text.substring(mark));
      if (!reading.matches()) {
        return new Named(text, AS_STORED);
      }
      Size size =
          reading.group(1) == null
              ? null
              : new Size(Integer.parseInt(reading.group(1)), Integer.parseInt(reading.group(2)));
      boolean skip = reading.group(4) != null || reading.group(5) != null;
      Crop crop = reading.group(3) == null ? Crop.CENTRE : Crop.NONE;
      return new Named(text.substring(0, mark), new ImageReading(size, crop, skip));
    }
  }

  /** What stands behind the name of a folder that is read so; nothing if it is read as stored. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (size != null) {
      parts.add("resize=" + size.height() + "x" + size.width());
      if (crop != Crop.CENTRE) {
        parts.add("crop=" + crop.name().toLowerCase(Locale.ROOT));
      }
    }
    if (skipBroken) {
      parts.add("skip-broken");
    }
    return parts.isEmpty() ? "" : "?" + String.join(",", parts);
  }
}
