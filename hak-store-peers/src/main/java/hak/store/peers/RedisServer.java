package hak.store.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Redis server of our own that keeps nothing on disk. Closing it ends it. */
final class RedisServer implements AutoCloseable {
  private static final String PROGRAM = "redis-server";
  private static final int PATIENCE_MILLIS = 5000;
  private static final int LOOK_MILLIS = 20;

  private final Process process;
  private final int port;
  private final Path socket;

  private RedisServer(Process process, int port, Path socket) {
    this.process = process;
    this.port = port;
    this.socket = socket;
  }

  /** Starts a server; null if it is not installed. */
  static RedisServer startIfInstalled(Path folder) {
    return find().map(program -> start(program, folder)).orElse(null);
  }

  private static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return List.of(path.split(File.pathSeparator)).stream()
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a server on a free port of the loopback interface and on a socket in the folder. */
  private static RedisServer start(Path program, Path folder) {
    Path socket = folder.resolve("redis.socket");
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--bind",
                  InetAddress.getLoopbackAddress().getHostAddress(),
                  "--port",
                  Integer.toString(port),
                  "--unixsocket",
                  socket.toString(),
                  "--dir",
                  folder.toString(),
                  "--save",
                  "",
                  "--appendonly",
                  "no",
                  "--daemonize",
                  "no")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("redis.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      RedisServer server = new RedisServer(process, port, socket);
      server.awaitSocket();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private void awaitSocket() throws IOException {
    long begun = System.nanoTime();
    while (Files.notExists(socket)) {
      boolean late = System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      if (late || !process.isAlive()) {
        process.destroyForcibly();
        throw new IOException(
            PROGRAM + " did not start: " + Files.readString(socket.resolveSibling("redis.log")));
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /** The port, as an argument of {@link Contestant#open}. */
  String port() {
    return Integer.toString(port);
  }

  /** The path of the socket, as an argument of {@link Contestant#open}. */
  String socket() {
    return socket.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
