package hak.bench.buffer;

import java.util.List;
import java.util.Optional;

/**
 * An allocator of Java programs that HAK can be compared with, found as a service.
 *
 * <p>A further one is a module that requires {@code hak.bench} and provides this.
 */
public interface BufferPeer {
  /** What the command line and reports call it: {@code netty-pooled}. */
  String name();

  /** What it is, in a few words and with its version. */
  String description();

  /** Whether one thread may free what another has allocated. */
  default boolean crossesThreads() {
    return true;
  }

  /**
   * Whether it gets its memory from the system in large pieces. Where each block is one of the C
   * library, that keeps what earlier rounds freed, and what a round takes cannot be told.
   */
  default boolean ownsMemory() {
    return true;
  }

  /** Why it cannot be opened here, for a report; nothing where it can. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Options for its JVM, beside a heap of fixed size and one collector. */
  default List<String> jvmOptions() {
    return List.of();
  }

  /** A fresh one. */
  Buffers open();
}
