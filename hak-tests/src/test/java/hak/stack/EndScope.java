package hak.stack;

import hak.core.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/** What is tried near an end: which calls, on which stacks. */
enum EndScope {
  /** Every call, on stacks with boxes of every role. */
  EVERYTHING {
    @Override
    List<Profile> stacks() {
      return Stream.of(TestStack.values()).map(TestStack::profile).toList();
    }

    @Override
    List<Operation> operations() {
      return Operations.all();
    }

    @Override
    long sizeOf(int block) {
      return block % 5 == 4 ? Operations.MID : Operations.TINY;
    }
  },

  /** The calls that caches have a part in, on a stack for each cache. */
  CACHES {
    @Override
    List<Profile> stacks() {
      return CacheStacks.all();
    }

    @Override
    List<Operation> operations() {
      return Operations.ofCaches();
    }

    @Override
    long sizeOf(int block) {
      return Operations.CACHED_SIZES[block % Operations.CACHED_SIZES.length];
    }
  };

  abstract List<Profile> stacks();

  abstract List<Operation> operations();

  /** The size of one of many blocks, which together fill what serves small ones. */
  abstract long sizeOf(int block);
}
