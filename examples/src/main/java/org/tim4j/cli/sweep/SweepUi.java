package org.tim4j.cli.sweep;

import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.ui.listener.ArbiterStatusListener;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.tim4j.layers.base.InvalidInputException;

/** Arbiter's page of a sweep, served by Deeplearning4j's user interface until it is closed. */
public final class SweepUi implements AutoCloseable {
  private static final String PORT_PROPERTY = "org.deeplearning4j.ui.port";
  private static final int MAX_PORT = 65_535;

  private final UIServer server;
  private final StatsStorage storage = new InMemoryStatsStorage();

  private SweepUi(UIServer server) {
    this.server = server;
  }

  /**
   * Starts to serve the page.
   *
   * @param port from 1 to 65535, on all addresses of this machine
   * @throws InvalidInputException if the port cannot be used
   */
  public static SweepUi open(int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidInputException("port " + port + " does not exist; give one from 1 to 65535");
    }
    System.setProperty(PORT_PROPERTY, Integer.toString(port));
    try {
      SweepUi ui = new SweepUi(UIServer.getInstance());
      ui.server.attach(ui.storage);
      return ui;
    } catch (DL4JException e) {
      throw new InvalidInputException(
          "the page cannot be served on port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Where the page is. */
  public String address() {
    return server.getAddress() + "/arbiter";
  }

  /** Returns what tells the page of a sweep. */
  public StatusListener listener() {
    return new ArbiterStatusListener(storage);
  }

  @Override
  public void close() {
    try {
      UIServer.stopInstance();
    } catch (Exception e) { // as Deeplearning4j declares it
      throw new IllegalStateException("the page's server does not stop", e);
    }
  }
}
