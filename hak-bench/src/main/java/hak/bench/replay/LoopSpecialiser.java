package hak.bench.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Makes one class for one allocator: the bytes of {@link ReplayLoop}, defined anew as a hidden
 * class whose class data are its constants. A loop shared by allocators would call them through a
 * dispatch that costs nanoseconds, and would be compiled for a mixture of their profiles.
 */
public final class LoopSpecialiser {
  private LoopSpecialiser() {}

  /**
   * A loop of its own for an allocator.
   *
   * @param channels where the threads of its program meet
   * @param touches whether the first and the last byte of each block are written
   */
  public static Replay specialise(Operations operations, Channels channels, boolean touches) {
    try {
      MethodHandles.Lookup loop =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  templateBytes(), new LoopParts(operations, channels, touches), true);
      return (Replay)
          loop.findConstructor(loop.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("cannot specialise a replay loop", e);
    }
  }

  /** The class data of a hidden class made here. */
  static LoopParts partsOf(MethodHandles.Lookup loop) {
    try {
      return MethodHandles.classData(loop, "_", LoopParts.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError("not a specialised loop", e);
    }
  }

  private static byte[] templateBytes() {
    try (InputStream in = ReplayLoop.class.getResourceAsStream("ReplayLoop.class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
