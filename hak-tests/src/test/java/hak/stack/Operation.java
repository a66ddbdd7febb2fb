package hak.stack;

/**
 * One call of the API, to be made where something ends: the stack of the thread, the Java heap.
 * Either it does its work, or it throws the error of that end and has changed nothing, so that it
 * can be made again.
 *
 * @param name what messages call it
 * @param place which thread makes the call
 * @param opensStack whether each call is made on a stack opened for it, which is slow
 * @param prepare makes what the call needs; with room
 * @param call one call of the allocator; needs no Java heap itself, and leaves what it gets in a
 *     field of the {@link Subject}
 * @param unchanged after a call that threw: checks that what the caller had is as it was; with
 *     room, and without a call that might repair or hide something
 * @param done after a call that did its work: checks the result and cleans up; with room
 */
record Operation(
    String name,
    Place place,
    boolean opensStack,
    Step prepare,
    Step call,
    Step unchanged,
    Step done) {
  /** Which thread makes a call. */
  enum Place {
    /** One that has used the allocator before, or whichever. */
    ANY_THREAD,
    /** One whose first call this is. */
    NEW_THREAD
  }

  /** A part of an operation. */
  interface Step {
    void run(Subject subject) throws Exception;
  }

  private static final Step NOTHING = subject -> {};

  /** An operation that needs no preparation and leaves nothing to look at when it fails. */
  static Operation of(String name, Step call, Step done) {
    return new Operation(name, Place.ANY_THREAD, false, NOTHING, call, NOTHING, done);
  }

  Operation preparedBy(Step step) {
    return new Operation(name, place, opensStack, step, call, unchanged, done);
  }

  Operation leaving(Step step) {
    return new Operation(name, place, opensStack, prepare, call, step, done);
  }

  Operation inNewThread() {
    return new Operation(
        name + " in a new thread", Place.NEW_THREAD, opensStack, prepare, call, unchanged, done);
  }

  /** On {@link Subject#other}, which is opened before {@code prepare} runs. */
  Operation onNewStack() {
    Step openAndPrepare =
        subject -> {
          subject.openOther();
          prepare.run(subject);
        };
    return new Operation(name, place, true, openAndPrepare, call, unchanged, done);
  }

  @Override
  public String toString() {
    return name;
  }
}
