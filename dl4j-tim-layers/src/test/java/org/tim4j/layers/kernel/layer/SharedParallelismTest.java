package org.tim4j.layers.kernel.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.TestArrays;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Kernels of several networks that share one budget of threads. */
class SharedParallelismTest {
  private static final int BATCH = 6;
  private static final int ROUNDS = 300;

  /** A gated unit of its own size, so that workers hold gradients of different lengths. */
  private static final class Unit {
    private final SwiGluKernel kernel;
    private final FloatMemory weights;
    private final FloatMemory gradients;
    private final FloatTensor x;
    private final FloatTensor dx;
    private final FloatTensor y;
    private final FloatTensor dy;

    Unit(int width, int seed) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      shapes.put("W1", new long[] {width, 2L * width});
      shapes.put("b1", new long[] {2L * width});
      shapes.put("W2", new long[] {width, width});
      shapes.put("b2", new long[] {width});
      ParameterLayout layout = ParameterLayout.of(shapes);
      kernel = new SwiGluKernel(layout);
      weights = FloatMemory.allocate(layout.length());
      gradients = FloatMemory.allocate(layout.length());
      x = tensor(width);
      dx = tensor(width);
      y = tensor(width);
      dy = tensor(width);
      RandomStream random = RandomStream.of(seed, 0, Purpose.PARAMETERS);
      TestArrays.fill(weights, random, 0.3);
      TestArrays.fill(x.memory(), random, 1);
      TestArrays.fill(dy.memory(), random, 1);
    }

    private static FloatTensor tensor(int width) {
      return FloatTensor.zeros(BATCH, width);
    }

    float[] gradient(Parallelism parallelism) {
      FloatTensor[] inputs = {x};
      kernel.forward(parallelism, weights, Batch.of(inputs), y, Keep.ACTIVATIONS);
      kernel.backward(
          parallelism,
          weights,
          gradients,
          Batch.of(inputs),
          dy,
          new FloatTensor[] {dx},
          Keep.ACTIVATIONS);
      return gradients.toArray();
    }
  }

  @Test
  void networksThatTrainAtOnceDoNotDisturbEachOther() throws Exception {
    try (Parallelism shared = Parallelism.of(2)) {
      List<Unit> units = List.of(new Unit(8, 1), new Unit(24, 2), new Unit(40, 3), new Unit(16, 4));
      List<float[]> lonely = new ArrayList<>();
      units.forEach(unit -> lonely.add(unit.gradient(shared)));
      ExecutorService threads = Executors.newFixedThreadPool(units.size());
      try {
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
          Unit unit = units.get(i);
          float[] expected = lonely.get(i);
          results.add(
              threads.submit(
                  () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                      assertArrayEquals(expected, unit.gradient(shared));
                    }
                  }));
        }
        for (Future<?> result : results) {
          result.get();
        }
      } finally {
        threads.shutdown();
      }
    }
  }
}
