package hak.store.access;

import hak.core.os.Lease;
import hak.store.LostViews;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * A view that is closed when nobody can reach it any more. Its segment is lent: every part that a
 * program makes of it leads to the scope of the loan, and so does this view. As long as one of them
 * can be reached the object stays pinned; when the scope cannot, nobody can read.
 *
 * <p>Closing ends the loan first, so nobody reads the object after its pin is gone.
 */
final class TrackedView implements ObjectView {
  private static final System.Logger LOGGER = System.getLogger("hak.store");

  private final PinnedView pinned;
  private final Arena loan;
  private final MemorySegment segment;
  private final Cleaner.Cleanable cleanable;

  private TrackedView(PinnedView pinned, Arena loan, MemorySegment segment, Lost lost) {
    this.pinned = pinned;
    this.loan = loan;
    this.segment = segment;
    cleanable = Hearing.cleaner().register(loan.scope(), lost);
  }

  /** A view that is treated so when it is lost. */
  static ObjectView of(PinnedView pinned, LostViews treated) {
    Arena loan = Arena.ofShared();
    try {
      MemorySegment segment = Lease.of(pinned.segment(), loan);
      Throwable place =
          treated == LostViews.TRACED ? new Throwable("the view was opened here") : null;
      return new TrackedView(pinned, loan, segment, new Lost(pinned, place));
    } catch (IllegalCallerException e) {
      loan.close();
      return pinned; // Cannot be lent where native access is not allowed.
    }
  }

  /** The thread that hears of lost views; begins with the first view that is tracked. */
  private static final class Hearing {
    private static Cleaner cleaner;

    /** When there is no thread to be had, the next view asks again. */
    static synchronized Cleaner cleaner() {
      if (cleaner == null) {
        cleaner =
            Cleaner.create(Thread.ofPlatform().daemon().name("hak-store-lost-views").factory());
      }
      return cleaner;
    }
  }

  /** What is done when nobody can reach the view. It must not lead to the scope itself. */
  private record Lost(PinnedView pinned, Throwable place) implements Runnable {
    @Override
    public void run() {
      int count = pinned.closeLost();
      if (Integer.bitCount(count) == 1) {
        LOGGER.log(System.Logger.Level.WARNING, message(count), place);
      }
    }

    private String message(int count) {
      return "a view of "
          + pinned.ref()
          + ", "
          + pinned.sizeBytes()
          + " bytes, in "
          + pinned.store()
          + " was never closed, the "
          + count
          + ". of this process; it was closed when nobody could reach it any more"
          + (place == null ? "; lostViews = TRACED says where it was opened" : "");
    }
  }

  @Override
  public ObjectRef ref() {
    return pinned.ref();
  }

  @Override
  public long sizeBytes() {
    return pinned.sizeBytes();
  }

  @Override
  public ObjectMetadata metadata() {
    try {
      return pinned.metadata();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public MemorySegment segment() {
    pinned.segment(); // It says when it was closed.
    return segment;
  }

  @Override
  public boolean isIntact() {
    try {
      return pinned.isIntact();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void copyTo(MemorySegment target) {
    try {
      pinned.copyTo(target);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Ends the loan and lets go of the object.
   *
   * @throws IllegalStateException while a channel or a native call uses the segment, and then the
   *     view is as before
   */
  @Override
  public synchronized void close() {
    if (loan.scope().isAlive()) {
      loan.close();
    }
    pinned.close();
    cleanable.clean();
  }
}
