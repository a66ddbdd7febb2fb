package hak.store.cluster;

import hak.store.ObjectRef;
import hak.store.WritableObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A node in a JVM of its own: what it is to do comes as arguments, what it did goes to its output.
 */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts node {@code node} of the cluster. */
  static Child start(TestCluster cluster, int node, String what) throws IOException {
    return run(
        List.of("-cp", System.getProperty("java.class.path")),
        Child.class.getName(),
        cluster.plan(),
        Integer.toString(node),
        what);
  }

  static Child run(List<String> paths, String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(
        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"));
    command.addAll(paths);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints, null at its end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Ends it with SIGKILL and waits until it is gone. */
  void kill() throws InterruptedException {
    // Unlike Process, the handle leaves the output to be read.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    TestCluster cluster = TestCluster.of(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ClusterStore store = ClusterStore.open(cluster.options(Integer.parseInt(arguments[1])));
    TestCluster.await(() -> store.clusterStats().members() == 3 && store.clusterStats().settled());
    switch (arguments[2]) {
      case "load" -> load(store, out);
      case "half" -> half(store, out);
      default -> throw new IllegalArgumentException(arguments[2]);
    }
  }

  /** Puts until it is killed; prints the ref and the size of each object that it sealed. */
  private static void load(ClusterStore store, PrintStream out) {
    Random random = new Random();
    while (true) {
      int size = random.nextInt(6 * TestCluster.CHUNK);
      ObjectRef ref = store.put(TestCluster.data(size, size));
      out.println(ref + " " + size + " sealed");
    }
  }

  /** Puts all of an object but the manifest, and waits to be killed. */
  private static void half(ClusterStore store, PrintStream out) throws InterruptedException {
    int size = 20 * TestCluster.CHUNK;
    WritableObject object = store.create("half", size);
    object.append(TestCluster.data(1, size));
    byte[] written = store.engine().directory().get(Directory.objectKey(object.ref().value()));
    new Chunks(store.engine().chunks())
        .put(Manifest.decode(object.ref().value(), written), object.segment());
    out.println(object.ref());
    Thread.sleep(Long.MAX_VALUE);
  }
}
