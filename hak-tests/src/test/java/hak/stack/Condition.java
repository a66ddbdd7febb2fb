package hak.stack;

import java.util.ArrayList;
import java.util.List;

/** What state the allocator is in when an {@link Operation} begins: which way it will go. */
enum Condition {
  /** As the last operation left it; caches have what they need. */
  AS_IT_IS {
    @Override
    void bringAbout(Subject subject) {}
  },

  /** Nothing is kept: an allocation goes all the way to the system. */
  TRIMMED {
    @Override
    void bringAbout(Subject subject) {
      subject.allocator.trim();
    }
  },

  /** Caches are full: a free goes to its tier, and what becomes empty to the pool. */
  LADEN {
    @Override
    void bringAbout(Subject subject) {
      blocks(subject).forEach(subject::free);
    }
  },

  /** Others have freed blocks of this thread; the next slow path takes them in. */
  FREED_BY_OTHERS {
    @Override
    void bringAbout(Subject subject) throws Exception {
      subject.allocator.trim();
      List<Long> blocks = blocks(subject);
      subject.inNeighbour(() -> {
        blocks.forEach(subject::free);
        subject.allocator.releaseThreadHeap(); // out of its caches, to the owner
      });
      emptyTheCaches(subject);
    }
  },

  /** A thread died with full caches and slabs: the next growth takes them in. */
  AFTER_A_DEATH {
    @Override
    void bringAbout(Subject subject) throws Exception {
      subject.allocator.trim();
      Watchdog.within(Subject.PATIENCE, () -> blocks(subject).forEach(subject::free));
    }
  };

  /** More than the caches of the smaller stacks hold, and some slabs full. */
  private static final int SMALL_BLOCKS = 100;

  abstract void bringAbout(Subject subject) throws Exception;

  private static List<Long> blocks(Subject subject) {
    List<Long> blocks = new ArrayList<>();
    int count = SMALL_BLOCKS + subject.random.nextInt(SMALL_BLOCKS);
    for (int i = 0; i < count; i++) {
      blocks.add(subject.own(subject.scope.sizeOf(i)));
    }
    return blocks;
  }

  /** Takes what this thread has at hand, so that the next allocation is one of the slow path. */
  private static void emptyTheCaches(Subject subject) {
    int count = subject.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      subject.own(subject.scope.sizeOf(i));
    }
  }
}
