package org.tim4j.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.layers.base.InvalidInputException;

class SweepUiTest {
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static OptimizationConfiguration configuration() {
    return WeightingSearch.plan(
            "digits",
            List.of("hidden=16", "depth=1", "heads=1", "batchSize=8"),
            new SweepPlan.Effort(Search.RANDOM, 2, Budget.steps(2), 1))
        .search();
  }

  @Test
  void thePageShowsOurSpacesAndScores() throws IOException, InterruptedException {
    int port = freePort();
    HttpClient client = HttpClient.newHttpClient();
    try (SweepUi ui = SweepUi.open(port)) {
      assertEquals("http://localhost:" + port + "/arbiter", ui.address());
      Sweep.builder(configuration()).checks(2).listener(ui.listener()).build().run();
      // What the page itself asks for, and the files that it is made of.
      for (String path :
          List.of(
              "",
              "/lastUpdate",
              "/summary",
              "/config",
              "/results",
              "/candidateInfo/0",
              "/../assets/dl4j-ui.js",
              "/../assets/webjars/bootstrap/4.3.1/dist/css/bootstrap.min.css",
              "/../assets/webjars/bootstrap/4.3.1/dist/js/bootstrap.min.js",
              "/../assets/webjars/jquery/2.2.0/jquery.min.js",
              "/../assets/webjars/jquery-ui/1.10.2/ui/minified/jquery-ui.min.js",
              "/../assets/webjars/jquery-ui/1.10.2/themes/base/jquery-ui.css",
              "/../assets/webjars/d3js/3.3.5/d3.min.js")) {
        assertEquals(200, get(client, ui.address() + path).statusCode(), path);
      }
      String config = get(client, ui.address() + "/config").body();
      assertTrue(config.contains("exponent=ContinuousParameterSpace(min=-2.0,max=1.0)"), config);
      String results = get(client, ui.address() + "/results").body();
      assertEquals(3, results.split("Complete", -1).length, results);
    }
  }

  private static HttpResponse<String> get(HttpClient client, String address)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address).normalize()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void portsThatCannotBeUsedAreRefused() throws IOException {
    assertThrows(InvalidInputException.class, () -> SweepUi.open(0));
    assertThrows(InvalidInputException.class, () -> SweepUi.open(65_536));
    try (ServerSocket taken = new ServerSocket(0)) {
      String refusal =
          assertThrows(InvalidInputException.class, () -> SweepUi.open(taken.getLocalPort()))
              .getMessage();
      assertTrue(refusal.startsWith("the page cannot be served on port"), refusal);
    }
  }
}
