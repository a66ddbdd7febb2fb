package hak.bench.peer;

import hak.bench.buffer.BufferPeer;
import hak.core.profile.Profile;

/**
 * An allocator that a JVM is to replay on.
 *
 * @param kind which
 * @param stack the profile to open; null unless that is the kind
 * @param buffers the name of the peer with buffers; null unless that is the kind
 */
record TargetOrder(Kind kind, Profile stack, String buffers) {
  /** The loop with no allocator. */
  static final TargetOrder FLOOR = new TargetOrder(Kind.FLOOR, null, null);

  /** The C library's allocator, called through FFM. */
  static final TargetOrder FFM = new TargetOrder(Kind.FFM, null, null);

  /** The same by calls that let no collection begin before they return. */
  static final TargetOrder CRITICAL_FFM = new TargetOrder(Kind.CRITICAL_FFM, null, null);

  /** What a JVM can replay on. */
  enum Kind {
    FLOOR,
    FFM,
    CRITICAL_FFM,
    BUFFERS,
    STACK
  }

  static TargetOrder of(Profile stack) {
    return new TargetOrder(Kind.STACK, stack, null);
  }

  /** An allocator of Java programs whose blocks are objects. */
  static TargetOrder of(BufferPeer peer) {
    return new TargetOrder(Kind.BUFFERS, null, peer.name());
  }
}
