package org.tim4j.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tim4j.cli.serve.ModelServer;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.model.ImageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a trained model to a browser. */
@Command(
    name = "serve",
    header = "Serves a page and an endpoint of samples.",
    description =
        "Serves a page that samples a model, and PNG and JSON for programs. It listens on "
            + "this machine alone unless --host says otherwise, and ends with Ctrl-C.",
    footer = {
      "",
      "Examples:",
      "  tim serve --model out/digits",
      "  curl 'http://localhost:8080/grid.png?nfe=1,8&classes=3,5&seed=7' > digits.png"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The --out folder of tim train.")
  private Path model;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port (default: ${DEFAULT-VALUE}; 0 takes a free one).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "localhost",
      description =
          "Name or address to listen on (default: ${DEFAULT-VALUE}). Whoever reaches it can use"
              + " this machine's processors.")
  private String host;

  @Override
  public Integer call() throws InterruptedException {
    InetAddress address;
    try {
      address =
          host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "--host is " + host + ", which is no name or address of this machine", e);
    }
    threads.apply();
    ImageModel trained = ImageModel.open(model);
    try (ModelServer server = new ModelServer(trained, address, port)) {
      spec.commandLine()
          .getOut()
          .printf(Locale.ROOT, "serving http://%s:%d/ ; Ctrl-C ends%n", host, server.port());
      spec.commandLine().getOut().flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
