package hak.bench.arena;

import hak.core.ArenaOption;
import hak.core.Hak;
import hak.core.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
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
  JDK_AUTO {
    @Override
    Arena open() {
      Arena arena = Arena.ofAuto();
      return new Unclosed(arena, arena);
    }
  },
  /** Segments cut out of one that is kept, from its begin in each scope; none is zeroed. */
  JDK_SLICING {
    @Override
    Arena open() {
      return new Unclosed(Arena.global(), SegmentAllocator.slicingAllocator(KEPT));
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
  private static final MemorySegment KEPT =
      Arena.global().allocate((long) Arenas.MOST_SEGMENTS * ArenaScopes.SIZE_BYTES, Long.BYTES);

  /** What is not closed at the end of a scope, because nobody can or need not. */
  private record Unclosed(Arena arena, SegmentAllocator segments) implements Arena {
    @Override
    public MemorySegment allocate(long bytes, long alignment) {
      return segments.allocate(bytes, alignment);
    }

    @Override
    public MemorySegment.Scope scope() {
      return arena.scope();
    }

    @Override
    public void close() {}
  }

  /** Opens one. */
  abstract Arena open();

  /** What a table calls it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
