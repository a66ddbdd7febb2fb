package hak.bench.stress.actors;

/** Its class initialiser runs a task; {@link Pinned} makes copies of it. Never used itself. */
final class PinnedBody {
  static {
    Pinned.runTask();
  }

  private PinnedBody() {}
}
