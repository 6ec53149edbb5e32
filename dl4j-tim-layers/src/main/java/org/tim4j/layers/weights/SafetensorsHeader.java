package org.tim4j.layers.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checked contents of a file's header: where every tensor lies, and the free-form metadata.
 *
 * <p>An instance exists only if the tensors fill the data part of the file exactly: each has as
 * many bytes as its shape and type ask for, none overlap and nothing is left between or behind
 * them.
 */
final class SafetensorsHeader {
  /** A tensor and the place of its first byte, counted from the start of the data part. */
  record Entry(TensorInfo info, long begin, long end) {}

  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;
  private final long dataStart;

  /**
   * @param entries tensors by name, in the order of the header
   * @param dataLength number of bytes behind the header
   * @param dataStart place of the first of them in the file
   * @throws MalformedHeaderException if the tensors do not fill the data part exactly
   */
  SafetensorsHeader(
      Map<String, Entry> entries, Map<String, String> metadata, long dataLength, long dataStart)
      throws MalformedHeaderException {
    this.dataStart = dataStart;
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    checkSizes();
    checkCoverage(dataLength);
  }

  Map<String, Entry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the place in the file that offsets are counted from. */
  long dataStart() {
    return dataStart;
  }

  private void checkSizes() throws MalformedHeaderException {
    for (Entry entry : entries.values()) {
      long expected;
      try {
        expected = entry.info().byteLength();
      } catch (ArithmeticException e) {
        throw new MalformedHeaderException(
            "tensor " + entry.info() + " has more bytes than a 64-bit integer can count");
      }
      if (entry.begin() > entry.end() || entry.end() - entry.begin() != expected) {
        throw new MalformedHeaderException(
            String.format(
                Locale.ROOT,
                "tensor %s needs %d bytes, but its data_offsets are [%d, %d]",
                entry.info(),
                expected,
                entry.begin(),
                entry.end()));
      }
    }
  }

  private void checkCoverage(long dataLength) throws MalformedHeaderException {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry entry : inOrder) {
      if (entry.begin() != position) {
        throw new MalformedHeaderException(
            String.format(
                Locale.ROOT,
                "tensor '%s' begins at byte %d of the data, but the tensor before it ends at %d: tensors may neither overlap nor leave holes",
                entry.info().name(),
                entry.begin(),
                position));
      }
      position = entry.end();
    }
    if (position != dataLength) {
      throw new MalformedHeaderException(
          String.format(
              Locale.ROOT,
              "the tensors take %d bytes, but %d bytes follow the header: the file is %s",
              position,
              dataLength,
              position > dataLength ? "cut short" : "longer than its header says"));
    }
  }
}
