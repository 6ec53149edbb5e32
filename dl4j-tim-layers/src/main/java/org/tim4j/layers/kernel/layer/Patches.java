package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Images {@code [batch, channels, height, width]} as rows, one a patch, patches row by row.
 *
 * @param order how the values of a patch follow each other in its row
 */
record Patches(int channels, int height, int width, int patch, Order order) {
  /** Order of the values in a row. */
  enum Order {
    /** Channel, row, column: that of the patch embedding. */
    CHANNEL_FIRST,
    /** Row, column, channel: that of the output projection. */
    CHANNEL_LAST
  }

  private int patchesAcross() {
    return width / patch;
  }

  /** Patches of one image. */
  int count() {
    return height / patch * patchesAcross();
  }

  /** Values of one patch. */
  int rowLength() {
    return channels * patch * patch;
  }

  /** Values of one image. */
  int imageLength() {
    return channels * height * width;
  }

  /** Cuts images into the rows of their patches. */
  void cut(Scratch scratch, FloatMemory images, int first, Matrix rows) {
    try (Scratch.Scope scope = scratch.open()) {
      float[] image = scope.row(imageLength());
      float[] row = scope.row(rowLength());
      for (int i = 0; i < rows.rows(); i++) {
        if (i % count() == 0) {
          images.read((long) (first + i / count()) * imageLength(), image, imageLength());
        }
        int corner = corner(i % count());
        for (int a = 0; a < rowLength(); a++) {
          row[a] = image[corner + offset(a)];
        }
        rows.write(i, row);
      }
    }
  }

  /** Puts rows together to images. */
  void join(Scratch scratch, Matrix rows, FloatMemory images, int first) {
    try (Scratch.Scope scope = scratch.open()) {
      float[] image = scope.row(imageLength());
      float[] row = scope.row(rowLength());
      for (int i = 0; i < rows.rows(); i++) {
        rows.read(i, row);
        int corner = corner(i % count());
        for (int a = 0; a < rowLength(); a++) {
          image[corner + offset(a)] = row[a];
        }
        if (i % count() == count() - 1) {
          images.write((long) (first + i / count()) * imageLength(), image, imageLength());
        }
      }
    }
  }

  private int corner(int patchIndex) {
    return patchIndex / patchesAcross() * patch * width + patchIndex % patchesAcross() * patch;
  }

  /** Distance of a row's value from the patch's corner in the image. */
  private int offset(int index) {
    int area = patch * patch;
    int channel = order == Order.CHANNEL_FIRST ? index / area : index % channels;
    int pixel = order == Order.CHANNEL_FIRST ? index % area : index / channels;
    return (channel * height + pixel / patch) * width + pixel % patch;
  }
}
