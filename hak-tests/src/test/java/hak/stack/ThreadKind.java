package hak.stack;

/** Threads whose stack ends soon. */
enum ThreadKind {
  SMALL(256),
  MIDDLE(400),
  LARGE(1_024),
  /** Its stack is that of its carrier: see {@link #JVM_OPTION}. */
  VIRTUAL(0);

  /** The stack of threads that do not say how large theirs is: carriers of virtual threads. */
  static final String JVM_OPTION = "-Xss300k";

  private final long stackBytes;

  ThreadKind(int kilobytes) {
    this.stackBytes = (long) kilobytes << 10;
  }

  /** Runs work in such a thread and hands on what it throws. */
  void run(InThread.Work work) throws Exception {
    Throwable[] thrown = new Throwable[1];
    Runnable body =
        () -> {
          try {
            work.run();
          } catch (Throwable e) {
            thrown[0] = e;
          }
        };
    Thread thread =
        this == VIRTUAL
            ? Thread.ofVirtual().unstarted(body)
            : new Thread(null, body, name(), stackBytes);
    thread.start();
    thread.join();
    switch (thrown[0]) {
      case null -> {}
      case Exception e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(thrown[0]);
    }
  }
}
