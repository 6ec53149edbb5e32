package org.tim4j.layers.kernel.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A region of off-heap float32 values, read and written in rows.
 *
 * <p>The region is either owned ({@link #allocate}) or a view of memory that belongs to someone
 * else ({@link #at}). Reads and writes are checked against the length and may be made by several
 * threads at once on different elements.
 */
public final class FloatMemory implements AutoCloseable {
  /** A {@link FloatBuffer} counts its bytes in an {@code int}. */
  static final long MAX_LENGTH = Integer.MAX_VALUE / Float.BYTES;

  private final FloatPointer pointer;
  private final ByteBuffer bytes;
  private final FloatBuffer buffer;
  private final boolean owned;
  private final int length;

  private FloatMemory(FloatPointer pointer, long length, boolean owned) {
    this.pointer = pointer;
    this.length = (int) length;
    this.owned = owned;
    this.bytes = pointer.asByteBuffer().order(ByteOrder.nativeOrder());
    this.buffer = bytes.asFloatBuffer();
  }

  /** New memory of {@code length} floats, all zero. */
  public static FloatMemory allocate(long length) {
    requireLength(length);
    FloatPointer pointer = new FloatPointer(length);
    Pointer.memset(pointer, 0, length * Float.BYTES);
    return new FloatMemory(pointer, length, true);
  }

  /** The {@code length} floats at an address; whoever owns them must keep them alive. */
  public static FloatMemory at(long address, long length) {
    requireLength(length);
    Address start = new Address();
    start.set(address, length);
    return new FloatMemory(start, length, false);
  }

  private static void requireLength(long length) {
    if (length < 1 || length > MAX_LENGTH) {
      throw new InvalidInputException(
          "A memory region of "
              + length
              + " floats was asked for; one region holds 1 to "
              + MAX_LENGTH
              + " floats: use a smaller batch or fewer tokens.");
    }
  }

  /** A view of a part of this memory. */
  public FloatMemory slice(long offset, long length) {
    if (offset < 0 || length < 1 || offset + length > this.length) {
      throw new IndexOutOfBoundsException(
          offset + " + " + length + " of " + this.length + " floats");
    }
    return at(address() + offset * Float.BYTES, length);
  }

  /** Number of floats. */
  public int length() {
    return length;
  }

  /** The region as bytes in native order; position and limit must stay as they are. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Address of the first float. */
  public long address() {
    return pointer.address();
  }

  /** Copies {@code count} floats from {@code offset} to the start of {@code target}. */
  public void read(long offset, float[] target, int count) {
    buffer.get(Math.toIntExact(offset), target, 0, count);
  }

  /** Copies the first {@code count} floats of {@code source} to {@code offset}. */
  public void write(long offset, float[] source, int count) {
    buffer.put(Math.toIntExact(offset), source, 0, count);
  }

  /** Copies {@code count} floats of another region here. */
  public void copyFrom(FloatMemory source, long sourceOffset, long offset, int count) {
    buffer.put(Math.toIntExact(offset), source.buffer, Math.toIntExact(sourceOffset), count);
  }

  /** The whole region as an array. */
  public float[] toArray() {
    float[] all = new float[length];
    read(0, all, length);
    return all;
  }

  /** Sets {@code count} floats from {@code offset} to zero. */
  public void zero(long offset, long count) {
    if (offset < 0 || count < 0 || offset + count > length) {
      throw new IndexOutOfBoundsException(offset + " + " + count + " of " + length + " floats");
    }
    Address start = new Address();
    start.set(this, offset);
    Pointer.memset(start, 0, count * Float.BYTES);
  }

  /** Frees owned memory; does nothing for a view. */
  @Override
  public void close() {
    if (owned) {
      pointer.deallocate();
    }
  }

  /** A pointer that can be moved without making a new object: an operand of a native call. */
  public static final class Address extends FloatPointer {
    public Address() {
      super((Pointer) null);
    }

    public void set(FloatMemory memory, long offset) {
      address = memory.pointer.address() + offset * Float.BYTES;
    }

    public void set(long first, long length) {
      address = first;
      limit = length;
      capacity = length;
    }
  }
}
