package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Pictures {@code [batch, channels, height, width]} as rows, one a patch, patches row by row.
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

  /** Patches of one picture. */
  int count() {
    return height / patch * patchesAcross();
  }

  /** Values of one patch. */
  int rowLength() {
    return channels * patch * patch;
  }

  /** Values of one picture. */
  int pictureLength() {
    return channels * height * width;
  }

  /** Cuts pictures into the rows of their patches. */
  void cut(Worker worker, FloatMemory pictures, int first, Rows rows) {
    int mark = worker.markRows();
    float[] picture = worker.row(pictureLength());
    float[] row = worker.row(rowLength());
    for (int i = 0; i < rows.count(); i++) {
      if (i % count() == 0) {
        pictures.read((long) (first + i / count()) * pictureLength(), picture, pictureLength());
      }
      int corner = corner(i % count());
      for (int a = 0; a < rowLength(); a++) {
        row[a] = picture[corner + offset(a)];
      }
      rows.write(i, row);
    }
    worker.releaseRows(mark);
  }

  /** Puts rows together to pictures. */
  void join(Worker worker, Rows rows, FloatMemory pictures, int first) {
    int mark = worker.markRows();
    float[] picture = worker.row(pictureLength());
    float[] row = worker.row(rowLength());
    for (int i = 0; i < rows.count(); i++) {
      rows.read(i, row);
      int corner = corner(i % count());
      for (int a = 0; a < rowLength(); a++) {
        picture[corner + offset(a)] = row[a];
      }
      if (i % count() == count() - 1) {
        pictures.write((long) (first + i / count()) * pictureLength(), picture, pictureLength());
      }
    }
    worker.releaseRows(mark);
  }

  private int corner(int patchIndex) {
    return patchIndex / patchesAcross() * patch * width + patchIndex % patchesAcross() * patch;
  }

  /** Distance of a row's value from the patch's corner in the picture. */
  private int offset(int index) {
    int area = patch * patch;
    int channel = order == Order.CHANNEL_FIRST ? index / area : index % channels;
    int pixel = order == Order.CHANNEL_FIRST ? index % area : index / channels;
    return (channel * height + pixel / patch) * width + pixel % patch;
  }
}
