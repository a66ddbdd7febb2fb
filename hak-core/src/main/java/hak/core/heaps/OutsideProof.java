package hak.core.heaps;

import hak.core.inside.Boxes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves that a thread is in no call of a stack, without asking it: the hot path leaves no trace of
 * where it is, and pays nothing for this.
 *
 * <h2>What is proved</h2>
 *
 * The owner of a heap was evicted: its slot of the owner table is empty. If it is seen outside once
 * after that, it is not in the heap and does not come in again, for every way in begins with the
 * slot or with the registry, where it would take the heap back. So whoever evicted it may make the
 * heap nobody's if the heap is still evicted by the same eviction.
 *
 * <h2>How it is seen</h2>
 *
 * {@link Thread#getStackTrace} of another thread is a handshake of HotSpot: the frames are read
 * while the thread stands at a safepoint or is in native code, which it cannot leave meanwhile.
 * What counts are the frames of that moment; the thread's state was asked before and only says
 * whether it is worth the trouble.
 *
 * <p>The class of a stack is hidden, and so are its frames. What shows is all around them:
 *
 * <ul>
 *   <li>The innermost frame is one of a few native methods that call no Java code. So the thread is
 *       in that method and not in a frame that does not show.
 *   <li>No frame is of hak.core or of the class of one of the stack's boxes. Whatever the hidden
 *       class calls is one of these, or a method of the JDK that neither waits nor calls back; so
 *       between a hidden frame and a native method that waits one of them would show.
 *   <li>No frame is of what the JVM calls by itself, in the middle of anything: class loaders and
 *       the linker of call sites.
 *   <li>The trace is whole: it is shorter than what HotSpot shows ({@code MaxJavaStackTraceDepth}).
 * </ul>
 *
 * Anything else, an exception included, proves nothing. A box whose class is hidden would not show;
 * a stack with one proves nothing at all.
 *
 * <h2>Memory order</h2>
 *
 * The handshake orders both ways, as a safepoint does, on which the JVM itself relies when it reads
 * the frames: what the thread did in the heap is visible to whoever has seen it outside, and the
 * emptied slot, written before the handshake, is visible to the thread when it goes on. The slot is
 * read in every call, for the JIT compiler keeps no value read from memory across a call of a
 * native method.
 *
 * <h2>Why not membarrier, or a flag</h2>
 *
 * membarrier(2) orders as well, but does not say where the thread is; a flag says it at the price
 * of two stores in every call.
 *
 * @param boxClasses names of the classes of all boxes
 * @param canProve whether each of them shows in a trace
 */
record OutsideProof(Set<String> boxClasses, boolean canProve) {
  /** Fewer than HotSpot shows by default, and more than most threads that wait have. */
  private static final int MOST_FRAMES = 256;

  /** Native methods that wait and call no Java code; beside those of {@link #CHANNELS}. */
  private static final Map<String, String> WAITING =
      Map.of(
          "jdk.internal.misc.Unsafe", "park",
          "java.lang.Object", "wait0",
          "java.lang.Thread", "sleepNanos0");

  /** The package whose native methods wait for sockets and files. */
  private static final String CHANNELS = "sun.nio.ch.";

  /** What is inside, or may be called by the JVM itself. */
  private static final String CORE = "hak.core.";

  private static final String LINKER = "java.lang.invoke.";
  private static final String LOADERS = "jdk.internal.loader.";
  private static final String LOAD_CLASS = "loadClass";

  /** Whether this JVM shows that many frames. Measured once; 0 = not yet. */
  private static volatile int framesShown;

  /** For the owners of heaps that these boxes have. */
  static OutsideProof of(Boxes boxes) {
    return new OutsideProof(
        boxes.all().stream()
            .map(made -> made.box().getClass().getName())
            .collect(Collectors.toUnmodifiableSet()),
        boxes.all().stream().noneMatch(made -> made.box().getClass().isHidden()));
  }

  /** Whether a look may be worth it: false for a thread that runs. Proves nothing. */
  boolean seemsIdle(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      case RUNNABLE -> isOutside(thread); // it may wait in native code
      case NEW, BLOCKED, TERMINATED -> false;
    };
  }

  /** Whether a thread, not the running one, is outside of the stack; false = not proved. */
  boolean isOutside(Thread thread) {
    try {
      return canProve && isOutside(thread.getStackTrace());
    } catch (RuntimeException | Error e) {
      return false; // the Java heap or the stack ended
    }
  }

  private boolean isOutside(StackTraceElement[] trace) {
    if (trace.length == 0 || trace.length >= mostFrames() || !waits(trace[0])) {
      return false;
    }
    for (StackTraceElement frame : trace) {
      if (mayBeInside(frame)) {
        return false;
      }
    }
    return true;
  }

  private static boolean waits(StackTraceElement frame) {
    return frame.isNativeMethod()
        && (frame.getClassName().startsWith(CHANNELS)
            || frame.getMethodName().equals(WAITING.get(frame.getClassName())));
  }

  private boolean mayBeInside(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith(CORE)
        || name.startsWith(LINKER)
        || name.startsWith(LOADERS)
        || frame.getMethodName().equals(LOAD_CLASS)
        || boxClasses.contains(name);
  }

  private static int mostFrames() {
    if (framesShown == 0) {
      framesShown = Math.min(MOST_FRAMES, framesOf(MOST_FRAMES));
    }
    return framesShown;
  }

  private static int framesOf(int depth) {
    return depth == 0 ? new Throwable().getStackTrace().length : framesOf(depth - 1);
  }
}
