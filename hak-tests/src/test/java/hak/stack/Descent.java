package hak.stack;

import java.util.List;

/**
 * Makes a call as many bytes before the end of the running thread's stack as wanted.
 *
 * <p>Two methods call themselves. Neither is ever compiled (see {@link #JVM_OPTIONS}), so their
 * frames have a fixed size, and on x86-64 the frame of the one is longer by one slot of 8 bytes: by
 * how many frames are of which kind every slot of the stack is met.
 *
 * <pre>
 *   top  | narrow | narrow |  ...  | wide | ... | the call |      what is left      | end
 * </pre>
 */
final class Descent {
  /** For the JVM that descends. */
  static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=exclude,hak.stack.Descent::narrow",
          "-XX:CompileCommand=exclude,hak.stack.Descent::wide");

  /** So many wide frames in the place of narrow ones move the end by less than one frame. */
  static final int WIDE_FRAMES = 13;

  private final int framesOfStack;
  private int framesLeft;
  private int wideFrames;
  private Operation.Step call;
  private Subject subject;

  /** Measures the stack of the running thread; the instance is for this thread alone. */
  Descent() throws Exception {
    try {
      narrow(Integer.MAX_VALUE);
      throw new AssertionError("a stack without an end");
    } catch (StackOverflowError e) {
      framesOfStack = Integer.MAX_VALUE - framesLeft;
    }
  }

  /**
   * Makes a call.
   *
   * @return what was thrown, null if it was done
   */
  Throwable attempt(StackDepth depth, Operation.Step callThere, Subject argument) {
    call = callThere;
    subject = argument;
    wideFrames = depth.wide();
    try {
      narrow(Math.max(0, framesOfStack - depth.frames() - depth.wide()));
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void narrow(int left) throws Exception {
    framesLeft = left;
    if (left > 0) {
      narrow(left - 1);
    } else {
      wide(wideFrames);
    }
  }

  private void wide(int left) throws Exception {
    int next = left - 1; // the longer by this
    if (next >= 0) {
      wide(next);
    } else {
      call.run(subject);
    }
  }
}
