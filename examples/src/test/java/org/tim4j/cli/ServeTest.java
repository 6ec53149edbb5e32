package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.cli.serve.ModelServer;
import org.tim4j.objective.model.ImageModel;

/** The server of {@code tim serve} on a tiny model. */
class ServeTest {
  @TempDir static Path folder;
  private static ModelServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void serveATinyModel() {
    Path model = folder.resolve("tiny");
    List<String> args =
        List.of(
            "train --data digits --steps 2 --nfe 1 --samples-per-class 2 --set hidden=16 --set depth=1 --set heads=2 --set batchSize=8 --out"
                .split(" "));
    List<String> all = new ArrayList<>(args);
    all.add(model.toString());
    Run run = Run.tim(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    server = new ModelServer(ImageModel.open(model), InetAddress.getLoopbackAddress(), 0);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private void assertRefused(int status, String part, String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertEquals(status, response.statusCode(), path);
    String message = json(response).get("error").asText();
    assertTrue(message.contains(part), message);
  }

  @Test
  void pageAndModelAreThere() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertEquals(200, page.statusCode());
    assertTrue(new String(page.body(), StandardCharsets.UTF_8).contains("id=\"nfe\""));
    JsonNode model = json(get("/model.json"));
    assertEquals("digits", model.get("data").asText());
    assertEquals(10, model.get("classes").size());
    assertEquals(2, model.get("trainingSteps").asInt());
  }

  @Test
  void sameRequestHasTheSameBytesAndAnotherSeedOthers() throws Exception {
    byte[] first = get("/grid.png?nfe=1,2&classes=3,5&seed=7").body();
    assertEquals(
        "image/png", get("/grid.png?nfe=1").headers().firstValue("Content-Type").orElseThrow());
    assertArrayEquals(first, get("/grid.png?nfe=1,2&classes=3,5&seed=7").body());
    assertTrue(!Arrays.equals(first, get("/grid.png?nfe=1,2&classes=3,5&seed=8").body()));
    assertTrue(ImageIO.read(new ByteArrayInputStream(first)).getWidth() > 96);
  }

  @Test
  void samplesComeOneByOne() throws Exception {
    JsonNode answer = json(get("/samples.json?nfe=1,4&classes=2&count=3&guidance=1.5"));
    assertEquals(6, answer.get("samples").size());
    assertEquals(1.5, answer.get("guidance").asDouble());
    JsonNode last = answer.get("samples").get(5);
    assertEquals(4, last.get("nfe").asInt());
    assertEquals("2", last.get("class").asText());
    byte[] png = Base64.getDecoder().decode(last.get("png").asText());
    assertEquals(8, ImageIO.read(new ByteArrayInputStream(png)).getHeight());
  }

  @Test
  void wrongRequestsAreRefusedInOneLine() throws Exception {
    assertRefused(400, "no parameter steps", "/grid.png?steps=3");
    assertRefused(400, "given twice", "/grid.png?nfe=3&nfe=4");
    assertRefused(400, "nfe is x", "/grid.png?nfe=x");
    assertRefused(400, "NFE 0", "/grid.png?nfe=0");
    assertRefused(400, "class 10", "/grid.png?classes=10");
    assertRefused(400, "guidance is 0.5", "/grid.png?guidance=0.5");
    assertRefused(400, "at most 4096", "/grid.png?nfe=100000");
    assertRefused(400, "at most 4096", "/grid.png?count=9223372036854775807");
    // 2^30 times 2^30 times 16 is 0 in 64 bits.
    assertRefused(
        400,
        "at most 4096",
        "/grid.png?nfe=1073741824&count=1073741824&classes=0" + ",0".repeat(15));
    assertRefused(400, "there is no parameter a\u0001\"", "/grid.png?a%01%22=1");
    assertRefused(400, "seed is 1.5", "/grid.png?seed=1.5");
    assertRefused(404, "/model.json", "/../../etc/passwd");
    assertRefused(414, "4096", "/grid.png?nfe=" + "1,".repeat(3000));
    HttpResponse<byte[]> post =
        client.send(
            request("/grid.png").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(405, post.statusCode());
  }

  @Test
  void pagesOfElsewhereAreNotAnswered() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /model.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }
  }

  @Test
  void eightClientsAtOnceGetTheBytesOfOne() throws Exception {
    List<byte[]> expected = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      expected.add(get("/grid.png?nfe=1,3&seed=" + seed).body());
    }
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Callable<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        int seed = i % 4;
        calls.add(() -> get("/grid.png?nfe=1,3&seed=" + seed).body());
      }
      List<Future<byte[]>> answers = clients.invokeAll(calls);
      for (int i = 0; i < 32; i++) {
        assertArrayEquals(expected.get(i % 4), answers.get(i).get());
      }
    } finally {
      clients.shutdown();
    }
  }
}
