package org.tim4j.cli.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A standalone Spark cluster of this test's own jars, in processes of its own on loopback. */
final class StandaloneCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long START_MILLIS = 300_000;

  private final Path home;
  private final String url;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path home, int port) {
    this.home = home;
    this.url = "spark://" + LOOPBACK + ":" + port;
  }

  /**
   * Starts a master and workers of one core each, and waits until they know each other.
   *
   * @param home an empty folder: becomes SPARK_HOME, holds logs and work folders
   */
  static StandaloneCluster start(Path home, int workers) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      port = free.getLocalPort();
    }
    StandaloneCluster cluster = new StandaloneCluster(home, port);
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : classPath()) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry).toAbsolutePath();
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    try {
      cluster.launch(
          "org.apache.spark.deploy.master.Master",
          "--host " + LOOPBACK + " --port " + port + " --webui-port 0");
      cluster.await("master", "New state: ALIVE", 1);
      for (int i = 0; i < workers; i++) {
        cluster.launch(
            "org.apache.spark.deploy.worker.Worker",
            "--host " + LOOPBACK + " -c 1 -m 1g --webui-port 0 " + cluster.url);
      }
      cluster.await("master", "Registering worker", workers);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  String url() {
    return url;
  }

  /** What the executors load beside Spark: the classes of this build. */
  static String executorClassPath() {
    return String.join(File.pathSeparator, classPath());
  }

  private static List<String> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  /** Kills one executor, as a machine that fails would. */
  void killAnExecutor() {
    List<ProcessHandle> executors =
        processes.stream()
            .skip(1)
            .flatMap(worker -> worker.toHandle().children())
            .collect(Collectors.toList());
    executors.get(0).destroyForcibly();
  }

  private void launch(String mainClass, String arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/sun.security.action=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dspark.worker.timeout=600", // Busy machines answer late.
                "-cp",
                home.resolve("jars") + File.separator + "*",
                mainClass));
    command.addAll(List.of(arguments.split(" ")));
    String name = processes.isEmpty() ? "master" : "worker" + processes.size();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(home.resolve(name + ".log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_LOCAL_IP",
                LOOPBACK,
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_WORKER_DIR",
                home.resolve("work").toString()));
    processes.add(builder.start());
  }

  private void await(String name, String line, int times) throws IOException, InterruptedException {
    Path log = home.resolve(name + ".log");
    long end = System.currentTimeMillis() + START_MILLIS;
    while (Files.readAllLines(log).stream().filter(each -> each.contains(line)).count() < times) {
      if (System.currentTimeMillis() > end || !processes.get(0).isAlive()) {
        throw new IOException("the cluster does not start:\n" + Files.readString(log));
      }
      Thread.sleep(200);
    }
  }

  /** Stops workers, their executors and the master. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      List<ProcessHandle> executors = process.descendants().toList();
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      executors.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
