package org.tim4j.objective.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.CheckpointListener;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TinyRun;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.objective.training.TransitionTrainer;

class ImageModelTest {
  private static final ImageDescription DESCRIPTION =
      new ImageDescription("shapes", new ImageShape(1, 4, 6), List.of("circle", "каре", "三角"));

  @TempDir Path folder;

  private static ImageSet images() {
    INDArray x = RandomStream.of(4, 0, Purpose.NOISE).gaussians(DataType.FLOAT, 6, 1, 4, 6);
    return new ImageSet(x, new int[] {0, 1, 2, 0, 1, 2}, DESCRIPTION.classNames());
  }

  private Path train(TrainingData data) {
    Path model = folder.resolve("run").resolve("model.tim");
    TrainingConfig config = TinyRun.config().steps(2).build();
    new TransitionTrainer(
            TinyRun.network(DataType.FLOAT),
            config,
            data,
            List.of(new CheckpointListener(model, 1)))
        .train();
    return model;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aModelFolderAloneKnowsItsImages() throws IOException {
    Path model = train(InMemoryData.of("shapes", images()));
    Path copied = folder.resolve("elsewhere").resolve("mine");
    copy(model, copied);
    ImageModel opened = ImageModel.open(copied);
    assertEquals(DESCRIPTION, opened.images());
    assertEquals(2, opened.steps());
    ImageSet samples = opened.sampler().sample(new int[] {2, 0}, 2, 7, 1);
    assertEquals(DESCRIPTION.shape(), samples.shape());
    assertEquals(
        samples.images(),
        ImageModel.open(model).sampler().sample(new int[] {2, 0}, 2, 7, 1).images());
    assertEquals(
        samples.images(),
        ImageModel.open(model.getParent()).sampler().sample(new int[] {2, 0}, 2, 7, 1).images());
  }

  @Test
  void aRunThatGoesOnWithoutNamesKeepsThem() {
    Path model = train(InMemoryData.of("shapes", images()));
    Checkpoint checkpoint = Checkpoint.open(model);
    checkpoint
        .resume(
            checkpoint.config().toBuilder().steps(3).build(),
            new InMemoryData(Examples.of(images())),
            List.of(new CheckpointListener(model, 1)))
        .train();
    assertEquals(3, ImageModel.open(model).steps());
    assertEquals(Optional.of(DESCRIPTION), Checkpoint.open(model).images());
  }

  @Test
  void aModelOfAnEarlierVersionIsDescribedBesideIt() throws IOException {
    Path model = train(new InMemoryData(Examples.of(images())));
    assertEquals(Optional.empty(), Checkpoint.open(model).images());
    String message =
        assertThrows(InvalidInputException.class, () -> ImageModel.open(model)).getMessage();
    assertTrue(message.contains("has no run.json"), message);
    Files.writeString(
        model.resolveSibling("run.json"),
        "{\"data\":\"shapes\",\"shape\":{\"channels\":1,\"height\":4,\"width\":6},"
            + "\"classNames\":[\"circle\",\"каре\",\"三角\"]}");
    assertEquals(DESCRIPTION, ImageModel.open(model).images());
    assertEquals(DESCRIPTION, ImageModel.open(model.getParent()).images());
    Files.writeString(
        model.resolveSibling("run.json"),
        "{\"data\":\"shapes\",\"shape\":{\"channels\":1,\"height\":4.5,\"width\":6},"
            + "\"classNames\":[]}");
    String damaged =
        assertThrows(InvalidInputException.class, () -> ImageModel.open(model)).getMessage();
    assertTrue(damaged.contains("shape.height is 4.5; it must be a whole number"), damaged);
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThrows(InvalidInputException.class, () -> ImageModel.open(folder.resolve("nothing")));
  }
}
