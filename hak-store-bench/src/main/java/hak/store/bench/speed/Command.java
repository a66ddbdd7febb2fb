package hak.store.bench.speed;

import hak.bench.process.JsonLine;

/**
 * What a {@link WorkerMain worker} is asked for.
 *
 * @param kind what it is to do
 * @param order what to write; null unless that is the command
 * @param object the name of the object to wait for; null unless that is the command
 */
record Command(Kind kind, WriteOrder order, String object) {
  /** What a worker can do. */
  enum Kind {
    /** To write, and to answer with its rate. */
    WRITE,

    /**
     * To answer that it waits and, when the object is there, how long ago the time was that it
     * begins with.
     */
    AWAIT_OBJECT,

    /** The same for the next line, which is a time and nothing else. */
    AWAIT_LINE
  }

  static String write(WriteOrder order) {
    return JsonLine.of(new Command(Kind.WRITE, order, null));
  }

  static String awaitObject(String name) {
    return JsonLine.of(new Command(Kind.AWAIT_OBJECT, null, name));
  }

  static String awaitLine() {
    return JsonLine.of(new Command(Kind.AWAIT_LINE, null, null));
  }
}
