package org.tim4j.layers.kernel.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Off-heap memory that is taken anew in every pass and reused between passes.
 *
 * <p>Regions lie one behind the other, and what is given back is taken again first, while it is
 * still in the cache. The first pass adds memory as it needs it; if that is much more than the most
 * that was taken at once, one chunk of this size takes its place once all of it is given back. A
 * pass that takes the same sizes in the same order as the one before then allocates nothing.
 */
public final class Arena implements MatrixSource, AutoCloseable {
  /** Floats of a cache line, at the start of which every region begins. */
  private static final int LINE = 16;

  /** What part of the most that was taken at once may be held beyond it. */
  private static final int SPARE = 8;

  /** Views that are remembered: far more than a pass has, so that few batch sizes fill it. */
  private static final int MOST_VIEWS = 4096;

  private final List<FloatMemory> chunks = new ArrayList<>();
  private final List<Place> taken = new ArrayList<>();
  private final Map<Place, FloatMemory> views = new HashMap<>();
  private long held;
  private long most;

  /** Where a region lies. */
  private record Place(int chunk, long offset, long length) {
    long size() {
      return (length + LINE - 1) / LINE * LINE;
    }

    long end() {
      return offset + size();
    }
  }

  /** Memory of {@code length} floats with unspecified contents. */
  public FloatMemory take(long length) {
    Place place = place(length);
    taken.add(place);
    held += place.size();
    most = Math.max(most, held);
    return views.computeIfAbsent(place, this::view);
  }

  private FloatMemory view(Place place) {
    FloatMemory chunk = chunks.get(place.chunk);
    long beyondLine = chunk.address() / Float.BYTES % LINE;
    return chunk.slice((LINE - beyondLine) % LINE + place.offset, place.length);
  }

  private Place place(long length) {
    Place last = taken.isEmpty() ? new Place(0, 0, 0) : taken.get(taken.size() - 1);
    long offset = last.end();
    for (int chunk = last.chunk; chunk < chunks.size(); chunk++) {
      if (offset + length <= chunks.get(chunk).length() - LINE) {
        return new Place(chunk, offset, length);
      }
      offset = 0;
    }
    chunks.add(chunk(length));
    return new Place(chunks.size() - 1, 0, length);
  }

  private static FloatMemory chunk(long length) {
    return FloatMemory.allocate(length + LINE);
  }

  /** Like {@link #take}, with the floats zero. */
  FloatMemory takeZeroed(long length) {
    FloatMemory memory = take(length);
    memory.zero(0, length);
    return memory;
  }

  @Override
  public Matrix matrix(int rows, int columns) {
    return Matrix.of(take((long) rows * columns), rows, columns);
  }

  @Override
  public Matrix spread(int rows, int columns) {
    int stride = Padding.spread(columns);
    return new Matrix(take((long) rows * stride), 0, rows, columns, stride);
  }

  /** Number of regions taken so far, to be given to {@link #release} later. */
  public int mark() {
    return taken.size();
  }

  /** Gives back every region that was taken since the mark. */
  public void release(int mark) {
    while (taken.size() > mark) {
      held -= taken.remove(taken.size() - 1).size();
    }
    if (mark == 0) {
      if (views.size() > MOST_VIEWS) {
        views.clear();
      }
      if (chunks.size() > 1 && wasteful() && most + LINE <= FloatMemory.MAX_LENGTH) {
        free();
        chunks.add(chunk(most));
      }
    }
  }

  private boolean wasteful() {
    return capacity() > most + most / SPARE;
  }

  private void free() {
    views.clear();
    chunks.forEach(FloatMemory::close);
    chunks.clear();
  }

  /** Floats held, whether taken or not. */
  long capacity() {
    return chunks.stream().mapToLong(FloatMemory::length).sum();
  }

  @Override
  public void close() {
    taken.clear();
    held = 0;
    free();
  }
}
