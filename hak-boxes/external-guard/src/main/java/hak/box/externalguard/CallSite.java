package hak.box.externalguard;

/** Who called free: the first frame outside of HAK. */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private CallSite() {}

  /** The calling class, method and line. */
  static String ofCaller() {
    return WALKER.walk(frames ->
        frames
            .filter(frame -> !isAllocator(frame.getClassName()))
            .findFirst()
            .map(frame -> frame.toStackTraceElement().toString())
            .orElse("unknown"));
  }

  private static boolean isAllocator(String className) {
    return className.startsWith("hak.core.")
        || className.startsWith("hak.box.externalguard.External")
        || className.startsWith("hak.box.externalguard.CallSite");
  }
}
