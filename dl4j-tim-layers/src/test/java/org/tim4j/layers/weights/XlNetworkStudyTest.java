package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimPreset;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** A network of the size of the authors' TiM-XL/2 for 256×256 images. */
@Tag("study")
class XlNetworkStudyTest {
  /** "Sizes" of the reference: without the projector of the representation head. */
  private static final long PARAMETERS = 664_128_016L;

  private static final long MOST_MEMORY_KIB = 12L << 20;
  private static final int PIECE = 1 << 20;

  @TempDir Path folder;

  @Test
  void isBuiltSavedLoadedAndRunWithinTwelveGibibytes() throws IOException {
    TimNetworkConfig config =
        TimPreset.XL_2.config().toBuilder().representation(null).runtime(TimRuntime.FUSED).build();
    assertEquals(PARAMETERS, config.parameterCount());
    long start = System.nanoTime();
    TimNetwork network = TimNetwork.create(config, 1);
    fill(network.parameters());
    start = publish("built and filled", start);
    Path model = folder.resolve("model.tim");
    new ModelFolderWriter(network).write(model);
    start = publish("saved", start);
    TimNetwork loaded = ModelFolder.open(model).network(WeightSet.TRAINED);
    start = publish("loaded", start);
    assertSame(network.parameters(), loaded.parameters());
    start = publish("compared", start);
    INDArray prediction = loaded.predict(input());
    publish("run forward", start);
    assertFalse(prediction.isNaN().any() || prediction.isInfinite().any());
    assertTrue(prediction.stdNumber().doubleValue() > 1e-3);
    long peak = peakKib();
    System.out.printf("peak resident memory: %d MiB%n", peak >> 10);
    assertTrue(peak < MOST_MEMORY_KIB, "peak resident memory was " + peak + " KiB");
  }

  /** Normal numbers, drawn once and repeated with a step that fits no matrix. */
  private static void fill(INDArray parameters) {
    INDArray piece =
        RandomStream.of(1, 0, Purpose.PARAMETERS).gaussians(DataType.FLOAT, PIECE - 7).muli(0.02);
    INDArray flat = parameters.reshape(parameters.length());
    for (long begin = 0; begin < flat.length(); begin += piece.length()) {
      long end = Math.min(begin + piece.length(), flat.length());
      flat.get(NDArrayIndex.interval(begin, end))
          .assign(piece.get(NDArrayIndex.interval(0, end - begin)));
    }
  }

  private static void assertSame(INDArray expected, INDArray actual) {
    for (long begin = 0; begin < expected.length(); begin += PIECE) {
      long end = Math.min(begin + PIECE, expected.length());
      INDArray left = expected.reshape(expected.length()).get(NDArrayIndex.interval(begin, end));
      INDArray right = actual.reshape(actual.length()).get(NDArrayIndex.interval(begin, end));
      assertTrue(left.eq(right).all(), "parameters from " + begin);
    }
  }

  private static TimInput input() {
    INDArray x = RandomStream.of(1, 0, Purpose.NOISE).gaussians(DataType.FLOAT, 1, 4, 32, 32);
    return new TimInput(x, scalar(1), scalar(0.5f), scalar(207));
  }

  private static INDArray scalar(float value) {
    return Nd4j.createFromArray(new float[][] {{value}});
  }

  private static long publish(String what, long start) {
    long now = System.nanoTime();
    System.out.printf("%s: %.1f s%n", what, (now - start) / 1e9);
    return now;
  }

  /** Reads the peak resident set size, mapped files included, where the system is Linux. */
  private static long peakKib() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
