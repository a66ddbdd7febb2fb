package hak.bench.peer;

import hak.bench.buffer.JavaPeer;
import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts JVMs that replay: this JVM's version, modules and class path, a heap of fixed size, no
 * collector threads.
 */
public final class JavaReplay {
  private static final long SMALLEST_HEAP_MEBIBYTES = 256;
  private static final int PROGRAM_COPIES = 3;

  /** The heap is resident from the beginning, so what becomes so later lies outside of it. */
  private static final String RESIDENT_HEAP = "-XX:+AlwaysPreTouch";

  /** For the objects of blocks: a million, of which some wait for the collector. */
  private static final long OBJECTS_MEBIBYTES = 768;

  private JavaReplay() {}

  /** A JVM with the floor. */
  public static Contestant floor(StoredProgram program) {
    return start("floor in Java", program, List.of(TargetOrder.FLOOR));
  }

  /** A JVM that calls the C library's allocator through FFM. */
  public static Contestant ffm(StoredProgram program) {
    return start("malloc through FFM", program, List.of(TargetOrder.FFM));
  }

  /** A JVM with a peer of the Java world. */
  public static Contestant peer(JavaPeer peer, StoredProgram program) {
    return start(
        peer.name(),
        program,
        List.of(peer.buffers() == null ? TargetOrder.CRITICAL_FFM : TargetOrder.of(peer.buffers())),
        heapMebibytes(program) + OBJECTS_MEBIBYTES,
        options(peer));
  }

  private static List<String> options(JavaPeer peer) {
    List<String> options = new ArrayList<>(List.of(RESIDENT_HEAP));
    if (peer.buffers() != null) {
      options.addAll(peer.buffers().jvmOptions());
    }
    return options;
  }

  /** A JVM with one or more stacks. */
  public static Contestant stacks(List<Profile> stacks, StoredProgram program) {
    List<TargetOrder> targets = stacks.stream().map(TargetOrder::of).toList();
    List<String> names = stacks.stream().map(Profile::name).toList();
    return start("HAK " + names, program, targets);
  }

  private static Contestant start(String name, StoredProgram program, List<TargetOrder> targets) {
    return start(name, program, targets, heapMebibytes(program), List.of());
  }

  private static Contestant start(
      String name,
      StoredProgram program,
      List<TargetOrder> targets,
      long heapMebibytes,
      List<String> jvmOptions) {
    ReplayOrder order = new ReplayOrder(program.file().toString(), targets);
    List<String> command =
        JavaCommand.of(
            ReplayMain.class,
            heapMebibytes,
            jvmOptions,
            "hak.core,hak.bench",
            List.of(JsonLine.of(order)));
    return ReplayProcess.start(name, command, Map.of());
  }

  /** What such a JVM may take of the machine, roughly: its heap, and as much for all the rest. */
  public static long processBytes(StoredProgram program) {
    return (2 * heapMebibytes(program)) << 20;
  }

  /** Room for the program, its clipped copy and the tables, and as much again. */
  private static long heapMebibytes(StoredProgram program) {
    return SMALLEST_HEAP_MEBIBYTES + ((Long.BYTES * program.words() * PROGRAM_COPIES) >> 20);
  }
}
