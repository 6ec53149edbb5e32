package org.tim4j.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.objective.model.ImageModel;

/**
 * Serves a trained model by HTTP: a page to play with, PNG and JSON. It reads no file after its
 * start, takes no bodies, and lets few requests wait.
 */
public final class ModelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);

  /** Requests that may wait for the network or be served. */
  private static final int PLACES = 32;

  private static final int LONGEST_ADDRESS = 4096;

  private final HttpServer server;
  private final ExecutorService connections = Executors.newFixedThreadPool(PLACES + 8);
  private final Turnstile network = new Turnstile(PLACES);
  private final SampleService service;
  private final byte[] page;
  private final boolean loopback;

  /**
   * Starts to serve.
   *
   * @param model what to sample from
   * @param address interface to listen on
   * @param port port, or 0 for any that is free
   * @throws InvalidInputException if nothing can listen there
   */
  public ModelServer(ImageModel model, InetAddress address, int port) {
    this.service = new SampleService(model);
    this.page = readPage();
    this.loopback = address.isLoopbackAddress();
    try {
      this.server = HttpServer.create(new InetSocketAddress(address, port), PLACES);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "cannot listen on port "
              + port
              + " of "
              + address.getHostAddress()
              + ": "
              + e.getMessage()
              + "; choose another --port",
          e);
    }
    server.setExecutor(connections);
    server.createContext("/", this::handle);
    server.start();
  }

  private static byte[] readPage() {
    try (InputStream in = ModelServer.class.getResourceAsStream("page.html")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Port on which it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Ends the server; requests under way are cut. */
  @Override
  public void close() {
    server.stop(0);
    connections.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Reply answer(HttpExchange exchange) {
    try {
      Reply refusal = refusal(exchange);
      return refusal != null ? refusal : route(exchange);
    } catch (BusyException e) {
      return Reply.error(503, e.getMessage());
    } catch (TimException e) {
      return Reply.error(400, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.error(503, "the server is ending");
    } catch (Exception e) {
      LOG.error("A request failed: {}", exchange.getRequestURI(), e);
      return Reply.error(500, "the request failed; the server's log says why");
    }
  }

  /** What keeps a request from being looked at, or null. */
  private Reply refusal(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Reply.error(405, "only GET is answered");
    }
    if (exchange.getRequestURI().toString().length() > LONGEST_ADDRESS) {
      return Reply.error(414, "the address is longer than " + LONGEST_ADDRESS + " characters");
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if ((length != null && !length.equals("0"))
        || exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
      return Reply.error(413, "a request has no body here; give parameters in the address");
    }
    // A page of elsewhere may let its own name point to this machine; it is not for it.
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (loopback && (host == null || !isThisMachine(host))) {
      return Reply.error(403, "this server answers to localhost only");
    }
    return null;
  }

  private static boolean isThisMachine(String host) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(host.replaceFirst(":\\d+$", ""));
  }

  private Reply route(HttpExchange exchange) throws Exception {
    return switch (exchange.getRequestURI().getPath()) {
      case "/" -> new Reply(200, Reply.HTML, page);
      case "/model.json" -> service.model();
      case "/grid.png" -> network.pass(() -> service.grid(exchange.getRequestURI()));
      case "/samples.json" -> network.pass(() -> service.samples(exchange.getRequestURI()));
      default -> Reply.error(404, "there is /, /model.json, /grid.png and /samples.json");
    };
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (reply.status() == 503) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(reply.body());
    }
  }
}
