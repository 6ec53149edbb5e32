package org.tim4j.cli;

import org.tim4j.cli.data.ImageReading;
import org.tim4j.layers.base.InvalidInputException;
import picocli.CommandLine.Option;

/** How a folder of images is read. */
final class ReadingOptions {
  @Option(
      names = "--resize",
      paramLabel = "N",
      description = "Give every image of a folder N rows and columns, or rows x columns: 32x48.")
  private String size;

  @Option(
      names = "--crop",
      paramLabel = "RULE",
      defaultValue = "CENTRE",
      description =
          "What --resize does to other proportions: centre takes the middle, none squeezes"
              + " (default: centre).")
  private ImageReading.Crop crop;

  @Option(
      names = "--skip-broken",
      description = "Name the files of a folder that cannot be read, and go on without them.")
  private boolean skipBroken;

  /**
   * Returns the name of a data set that says how it is read.
   *
   * @param data as the user calls it, or null if none was named
   * @return the name, or null if none was named
   * @throws InvalidInputException if it is no folder and the options are for folders
   */
  String of(String data) {
    ImageReading.Size wanted = size == null ? null : ImageReading.Size.parse(size);
    if (wanted == null && crop != ImageReading.Crop.CENTRE) {
      throw new InvalidInputException("--crop says how to resize; give --resize, too");
    }
    String reading = new ImageReading(wanted, crop, skipBroken).toString();
    if (!reading.isEmpty() && (data == null || !data.startsWith("folder:"))) {
      throw new InvalidInputException("--resize and --skip-broken are for --data folder:DIR");
    }
    return data == null ? null : data + reading;
  }
}
