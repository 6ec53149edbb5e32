package org.tim4j.layers;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Activations that are used again in the next pass, because fresh memory costs more than what is
 * computed in it.
 *
 * <p>Lent and waiting arrays together never hold more than the largest amount that was lent at
 * once: arrays that wait longest are freed where room is needed for other shapes.
 */
final class ActivationPool {
  private final Set<INDArray> lent = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<INDArray> waiting = new ArrayDeque<>();
  private long lentBytes;
  private long waitingBytes;
  private long peakBytes;

  /** An array in row-major order with unspecified contents. */
  INDArray take(DataType type, long[] shape) {
    INDArray array = waiting(type, shape);
    long bytes = Arrays.stream(shape).reduce(1, Math::multiplyExact) * type.width();
    lentBytes += bytes;
    peakBytes = Math.max(peakBytes, lentBytes);
    if (array == null) {
      while (lentBytes + waitingBytes > peakBytes && !waiting.isEmpty()) {
        INDArray oldest = waiting.removeFirst();
        waitingBytes -= bytes(oldest);
        oldest.close();
      }
      array = Nd4j.createUninitializedDetached(type, 'c', shape);
    }
    lent.add(array);
    return array;
  }

  private INDArray waiting(DataType type, long[] shape) {
    for (Iterator<INDArray> arrays = waiting.descendingIterator(); arrays.hasNext(); ) {
      INDArray array = arrays.next();
      if (array.dataType() == type && Arrays.equals(array.shape(), shape)) {
        arrays.remove();
        waitingBytes -= bytes(array);
        return array;
      }
    }
    return null;
  }

  /** Takes an array back, or frees one that is not from here; nothing may read it any more. */
  void giveBack(INDArray array) {
    if (array == null) {
      return;
    }
    if (lent.remove(array)) {
      lentBytes -= bytes(array);
      waitingBytes += bytes(array);
      waiting.addLast(array);
    } else if (array.closeable()) {
      array.close();
    }
  }

  /** Makes an array that was lent the caller's own. */
  void leave(INDArray array) {
    if (lent.remove(array)) {
      lentBytes -= bytes(array);
    }
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }
}
