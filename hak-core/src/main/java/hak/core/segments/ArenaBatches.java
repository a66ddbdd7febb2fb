package hak.core.segments;

import hak.core.close.OpenState;

/**
 * The batches of a stack's deferred arenas. Any thread may call.
 *
 * <h2>Why</h2>
 *
 * To end a shared scope the JVM stops every thread for a moment, to see that none is inside an
 * access: 55 us, whatever the arena holds. One such handshake for up to {@value #MOST_ARENAS}
 * arenas is less than a microsecond for each.
 *
 * <h2>Why it is sound</h2>
 *
 * <pre>
 *   arena     its blocks                  an access
 *   open      its own                     its own memory
 *   closed    in the list of its batch    memory that nobody else has
 *   ended     free                        IllegalStateException
 * </pre>
 *
 * Blocks leave the list only after the scope of the batch has ended, which no access outlives.
 *
 * <h2>What bounds it</h2>
 *
 * One batch is joined at a time, until it is full: by arenas, or by bytes that are set aside. A
 * full one ends with the last of its arenas. So what is set aside belongs to the batch that is
 * joined (less than {@value #FULL_BYTES} bytes and one arena), or to a full one with an arena still
 * open. From {@value #MOST_BYTES} bytes on every arena has a batch of its own, which ends with it.
 */
final class ArenaBatches {
  /** Arenas of a full batch. */
  static final int MOST_ARENAS = 64;

  /** Bytes set aside in a full batch. */
  static final long FULL_BYTES = 1 << 20;

  /** Bytes set aside by a stack above which arenas end one by one. */
  static final long MOST_BYTES = 16 << 20;

  private final OpenState state;
  private ArenaBatch current;
  private ArenaBatch ready;
  private long doneBytes;

  /** None yet, of a stack with this state. */
  ArenaBatches(OpenState state) {
    this.state = state;
  }

  /**
   * Joins the current batch, for one arena; while too much is set aside, a batch of its own.
   *
   * @throws OutOfMemoryError if the Java heap has no room for a batch; nothing changed then
   */
  synchronized ArenaBatch join() {
    if (doneBytes >= MOST_BYTES) {
      ArenaBatch own = new ArenaBatch();
      own.join();
      return own;
    }
    if (current == null) {
      current = new ArenaBatch();
    }
    ArenaBatch joined = current;
    joined.join();
    if (joined.joined() == MOST_ARENAS) {
      current = null;
    }
    return joined;
  }

  /**
   * Leaves a batch with the blocks of the arena that was in it, null when there are none; then ends
   * what can be ended. Needs {@link hak.core.memory.StackRoom#forSequence}, and no Java heap.
   */
  void leave(ArenaBatch batch, BumpArena arena) {
    synchronized (this) {
      long before = batch.doneBytes();
      batch.leave(arena);
      doneBytes += batch.doneBytes() - before;
      if (batch == current && (batch.doneBytes() >= FULL_BYTES || !state.isOpen())) {
        current = null;
      }
      if (batch != current && !batch.isInUse()) {
        makeReady(batch);
      }
    }
    endReady();
  }

  /** Lets nobody join the current batch any more, and ends what can be ended. */
  void flush() {
    synchronized (this) {
      if (current != null && !current.isInUse()) {
        makeReady(current);
      }
      current = null;
    }
    endReady();
  }

  /** Bytes of arenas that are closed and whose segments are accessible. */
  synchronized long doneBytes() {
    return doneBytes;
  }

  private void makeReady(ArenaBatch batch) {
    assert Thread.holdsLock(this) && !batch.isInUse() : "an arena of the batch is open";
    batch.nextReady = ready;
    ready = batch;
  }

  /** Without the lock: the handshake is long. What fails is tried again at the next opportunity. */
  private void endReady() {
    ArenaBatch batch = takeReady();
    while (batch != null) {
      ArenaBatch after = batch.nextReady;
      endOrKeep(batch);
      batch = after;
    }
  }

  private synchronized ArenaBatch takeReady() {
    ArenaBatch first = ready;
    ready = null;
    return first;
  }

  /**
   * The arenas are closed already, so nobody is told of a failure: a segment in use in a native
   * call, or no room for the end of the scope.
   */
  private void endOrKeep(ArenaBatch batch) {
    boolean ended = false;
    try {
      batch.end();
      ended = true;
    } catch (IllegalStateException | OutOfMemoryError | StackOverflowError e) {
      // kept
    } finally {
      synchronized (this) {
        if (ended) {
          doneBytes -= batch.doneBytes();
        } else {
          makeReady(batch);
        }
      }
    }
  }
}
