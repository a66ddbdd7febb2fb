package hak.bench.arena;

import hak.core.ArenaOption;
import hak.core.Hak;
import hak.core.HakAllocator;
import java.lang.foreign.Arena;
import java.util.Locale;

/** A kind of arena that is measured. */
enum ArenaKind {
  JDK_CONFINED {
    @Override
    Arena open() {
      return Arena.ofConfined();
    }
  },
  HAK_CONFINED {
    @Override
    Arena open() {
      return HEAP.arena();
    }
  },
  HAK_UNINITIALIZED {
    @Override
    Arena open() {
      return HEAP.arena(ArenaOption.UNINITIALIZED);
    }
  },
  JDK_SHARED {
    @Override
    Arena open() {
      return Arena.ofShared();
    }
  },
  HAK_SHARED {
    @Override
    Arena open() {
      return HEAP.sharedArena();
    }
  },
  HAK_DEFERRED {
    @Override
    Arena open() {
      return HEAP.arena(ArenaOption.DEFERRED);
    }
  };

  private static final HakAllocator HEAP = Hak.open("default");

  /** Opens one. */
  abstract Arena open();

  /** What a table calls it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
