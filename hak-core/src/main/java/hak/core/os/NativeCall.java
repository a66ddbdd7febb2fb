package hak.core.os;

/** What a method handle of a native call may throw. */
final class NativeCall {
  private NativeCall() {}

  /**
   * Throws an error of the JVM as it is: the end of the stack or of the Java heap on the way into
   * the call. The call itself throws nothing.
   *
   * @return never; for {@code throw}
   */
  static Error thrown(Throwable e) {
    switch (e) {
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new AssertionError("a native call does not throw", e);
    }
  }
}
