package hak.stack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A time in which this JVM can start no thread: each needs a stack of half a GiB, and of address
 * space there is a little less. Needs {@link #JVM_OPTIONS}.
 */
final class ThreadShortage implements AutoCloseable {
  static final List<String> JVM_OPTIONS =
      List.of("-Xss512m", "-Xmx128m", "-XX:ActiveProcessorCount=4");

  private static final long LEFT_BYTES = 480L << 20;

  /** {@code RLIMIT_AS} of Linux. */
  private static final int ADDRESS_SPACE = 9;

  private static final FunctionDescriptor LIMIT_CALL =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);

  private final Arena arena = Arena.ofConfined();
  private final MethodHandle setLimit = link("setrlimit");

  /** Two numbers: the limit that holds, and the most that it may be set to. */
  private final MemorySegment before = arena.allocate(JAVA_LONG, 2);

  /**
   * Begins.
   *
   * @throws AssertionError if a thread can be started all the same
   */
  ThreadShortage() throws IOException {
    call(link("getrlimit"), before);
    MemorySegment tight = arena.allocateFrom(JAVA_LONG, mappedBytes() + LEFT_BYTES, second(before));
    call(setLimit, tight);
    if (canStart()) {
      close();
      throw new AssertionError("threads can be started");
    }
  }

  private static long second(MemorySegment limits) {
    return limits.getAtIndex(JAVA_LONG, 1);
  }

  private static MethodHandle link(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), LIMIT_CALL);
  }

  private static void call(MethodHandle call, MemorySegment limits) {
    int result;
    try {
      result = (int) call.invokeExact(ADDRESS_SPACE, limits);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    if (result != 0) {
      throw new AssertionError("the limit of address space cannot be read or set");
    }
  }

  private static long mappedBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 2)[0];
    return Long.parseLong(pages) << 12;
  }

  /** Whether a thread can be started now. */
  static boolean canStart() {
    try {
      Thread.ofPlatform().daemon().start(() -> {});
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** Ends: threads can be started again. */
  @Override
  public void close() {
    call(setLimit, before);
    arena.close();
  }
}
