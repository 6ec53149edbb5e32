package org.tim4j.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.image.ImageGrid;
import org.tim4j.cli.image.PngFile;
import org.tim4j.cli.run.SampleGrid;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.model.ImageModel;

/** Answers requests for samples of one model; the same request has the same bytes. */
final class SampleService {
  /** Evaluations of the network, times samples, that one request may cost. */
  static final int MOST_EVALUATIONS = 4096;

  private static final Set<String> PARAMETERS =
      Set.of("nfe", "classes", "count", "guidance", "seed");
  private static final Logger LOG = LoggerFactory.getLogger(SampleService.class);

  private final Drawings drawings = new Drawings(LOG::warn);
  private final ImageModel model;

  SampleService(ImageModel model) {
    this.model = model;
  }

  /** Classes, size and training of the model. */
  Reply model() {
    ObjectNode about = JsonNodeFactory.instance.objectNode();
    about.put("data", model.images().data());
    about.put("shape", model.images().shape().toString());
    about.put("trainingSteps", model.steps());
    about.put("parameters", model.parameters());
    ArrayNode classes = about.putArray("classes");
    model.images().classNames().forEach(classes::add);
    return Reply.json(200, about);
  }

  /** A PNG with a row for each NFE and a column for each sample. */
  Reply grid(URI address) throws IOException {
    SampleGrid grid = read(address);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    PngFile.write(png, grid.draw(model, drawings), grid.parameters(model));
    return new Reply(200, Reply.PNG, png.toByteArray());
  }

  /** Each sample as a PNG in Base64, with its class and NFE. */
  Reply samples(URI address) throws IOException {
    SampleGrid grid = read(address);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("seed", grid.seed());
    answer.put("guidance", grid.guidance());
    ArrayNode samples = answer.putArray("samples");
    int[] classes = grid.columns();
    for (Map.Entry<Integer, ImageSet> row : grid.samples(model).entrySet()) {
      for (int i = 0; i < classes.length; i++) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        PngFile.write(png, ImageGrid.image(row.getValue().images().slice(i)), Map.of());
        samples
            .addObject()
            .put("nfe", row.getKey())
            .put("class", model.images().classNames().get(classes[i]))
            .put("png", Base64.getEncoder().encodeToString(png.toByteArray()));
      }
    }
    return Reply.json(200, answer);
  }

  /**
   * Reads a request.
   *
   * @throws InvalidInputException if a parameter is wrong, or the request costs too much
   */
  private SampleGrid read(URI address) {
    QueryParameters parameters = QueryParameters.of(address, PARAMETERS);
    String all =
        IntStream.range(0, model.images().classNames().size())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    List<Integer> nfe = parameters.list("nfe", "4").stream().distinct().toList();
    int count = (int) Math.min(Integer.MAX_VALUE, parameters.whole("count", 1));
    List<Integer> classes = parameters.list("classes", all);
    // In double precision: as whole numbers a large enough product comes out small.
    double cost =
        nfe.stream().mapToDouble(Integer::doubleValue).sum() * classes.size() * Math.max(1, count);
    if (cost > MOST_EVALUATIONS) {
      throw new InvalidInputException(
          "the request costs "
              + String.format(Locale.ROOT, "%.0f", cost)
              + " evaluations of the network; ask for at most "
              + MOST_EVALUATIONS
              + " (NFE times samples)");
    }
    return new SampleGrid(
        nfe, classes, count, parameters.number("guidance", 1), parameters.whole("seed", 1));
  }
}
