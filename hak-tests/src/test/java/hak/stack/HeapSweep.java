package hak.stack;

/** A sweep from no room in the Java heap to as much as a call needs. */
final class HeapSweep extends Sweep<HeapRoom> {
  /** So often in a row a call must be done before it is believed to have room enough. */
  private static final int DONE_IN_A_ROW = 2;

  private final FullHeap heap;

  HeapSweep(
      Watchdog watchdog, Subject subject, Operation operation, ThreadKind kind, FullHeap heap) {
    super(watchdog, subject, operation, kind);
    this.heap = heap;
  }

  @Override
  Throwable attempt(HeapRoom room) {
    heap.fill();
    heap.drop(room.objects());
    Throwable thrown = null;
    try {
      operation.call().run(subject);
    } catch (Throwable e) {
      thrown = e;
    }
    heap.empty();
    return thrown;
  }

  @Override
  boolean isOfTheEnd(Throwable thrown) {
    return thrown instanceof OutOfMemoryError && "Java heap space".equals(thrown.getMessage());
  }

  /** More and more room, in steps of random length, until there is enough. */
  void untilDone(Condition condition, boolean walks) throws Exception {
    inThread(() -> {
      int objects = 0;
      int doneInARow = 0;
      while (doneInARow < DONE_IN_A_ROW) {
        doneInARow = step(new HeapRoom(objects), condition, walks) ? doneInARow + 1 : 0;
        objects += 1 + subject.random.nextInt(1 + 2 * objects);
      }
    });
    requireSound();
  }
}
