package hak.store.space;

import static hak.store.file.StoreHeader.BINS;
import static hak.store.file.StoreHeader.BIN_COUNT;
import static hak.store.file.StoreHeader.BIN_MAP;

import hak.store.StoreCorruptException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;

/**
 * The free extents by length: bins divide each doubling of the length into 8, and the extents of a
 * bin are a digital tree, as the large bins of Doug Lea's malloc. The shortest that is long enough
 * is found, added and removed in one way down such a tree: 28 steps at most, however many there
 * are, and one where many have the same length.
 *
 * <pre>
 *   lengths of a bin     2^k + (n << s) to 2^k + (n << s) + 2^s - 1, s = max(0, k - 3), n below 8
 *   root                 any extent of the bin
 *   branch 0, branch 1   those whose next bit of the length, from bit s - 1 down, is 0, 1
 *   ring                 further extents of the same length, behind the one in the tree
 * </pre>
 *
 * <p>Invariants: lengths in a tree differ; whatever is below branch b of a node has bit b there, so
 * the way to a length is told by its bits, and no extent needs a link upwards.
 *
 * <p>Used under the store's lock only. Numbers are read from shared memory: a way down that does
 * not end where it must throws StoreCorruptException.
 */
final class SizeIndex {
  private static final int NONE = ExtentTable.NONE;
  private static final int BIN_STEPS_SHIFT = 3;

  private final Region region;
  private final ExtentTable table;
  private final long branches;

  SizeIndex(Region region, StoreHeader header, ExtentTable table) {
    this.region = region;
    this.table = table;
    branches = header.branchesOffset();
  }

  static int binOf(int units) {
    int log = log(units);
    return log < BIN_STEPS_SHIFT
        ? units
        : ((log - BIN_STEPS_SHIFT + 1) << BIN_STEPS_SHIFT)
            + (units >>> (log - BIN_STEPS_SHIFT) & ((1 << BIN_STEPS_SHIFT) - 1));
  }

  private static int log(int units) {
    return 31 - Integer.numberOfLeadingZeros(units);
  }

  /** The highest bit in which lengths of one bin differ, -1 when they do not. */
  private static int highestBit(int units) {
    return Math.max(0, log(units) - BIN_STEPS_SHIFT) - 1;
  }

  private static long root(int bin) {
    return BINS + 4L * bin;
  }

  private long branch(int extent, int side) {
    return branches + (long) extent * StoreHeader.BRANCH_BYTES + 4L * side;
  }

  /** The extent that a link leads to; checked before it is used as a number of a row. */
  private int follow(long link) {
    int extent = region.getInt(link);
    if (extent < NONE || extent >= table.count()) {
      throw new StoreCorruptException("a tree of free extents leads to " + extent);
    }
    return extent;
  }

  private static StoreCorruptException endless(int length) {
    return new StoreCorruptException("the way to free extents of " + length + " does not end");
  }

  /** Makes an extent free and enters it. */
  void add(int extent) {
    int length = table.someLength(extent);
    table.put(extent, ExtentTable.SLOT, ExtentTable.FREE);
    long link = root(binOf(length));
    int node = follow(link);
    if (node == NONE) {
      mark(binOf(length), true);
    }
    for (int bit = highestBit(length); node != NONE; bit--) {
      if (table.someLength(node) == length) {
        addBehind(node, extent);
        return;
      }
      if (bit < 0) {
        throw endless(length);
      }
      link = branch(node, length >>> bit & 1);
      node = follow(link);
    }
    table.put(extent, ExtentTable.RING_PREVIOUS, NONE);
    table.put(extent, ExtentTable.RING_NEXT, NONE);
    region.putInt(branch(extent, 0), NONE);
    region.putInt(branch(extent, 1), NONE);
    region.putInt(link, extent);
  }

  private void addBehind(int node, int extent) {
    int after = table.get(node, ExtentTable.RING_NEXT);
    table.put(extent, ExtentTable.RING_PREVIOUS, node);
    table.put(extent, ExtentTable.RING_NEXT, after);
    table.put(node, ExtentTable.RING_NEXT, extent);
    if (after != NONE) {
      table.put(after, ExtentTable.RING_PREVIOUS, extent);
    }
  }

  /**
   * Whether an extent is where it belongs with another length as well: it is the only one of its
   * bin, and that is the bin of the other length. Then it need not be taken out before it changes.
   */
  boolean holds(int extent, int length, int newLength) {
    int bin = binOf(length);
    return bin == binOf(newLength)
        && region.getInt(root(bin)) == extent
        && table.get(extent, ExtentTable.RING_NEXT) == NONE
        && region.getInt(branch(extent, 0)) == NONE
        && region.getInt(branch(extent, 1)) == NONE;
  }

  /** Takes a free extent out, before its length changes. */
  void remove(int extent) {
    int before = table.get(extent, ExtentTable.RING_PREVIOUS);
    int after = table.get(extent, ExtentTable.RING_NEXT);
    if (before != NONE) {
      table.put(before, ExtentTable.RING_NEXT, after);
      if (after != NONE) {
        table.put(after, ExtentTable.RING_PREVIOUS, before);
      }
      return;
    }
    int length = table.someLength(extent);
    long link = linkTo(extent, length);
    int heir = after;
    if (heir == NONE) {
      heir = takeLeafBelow(extent);
      if (heir != NONE) {
        inherit(heir, extent);
      }
    } else {
      table.put(heir, ExtentTable.RING_PREVIOUS, NONE);
      inherit(heir, extent);
    }
    region.putInt(link, heir);
    int bin = binOf(length);
    if (heir == NONE && link == root(bin)) {
      mark(bin, false);
    }
  }

  private void inherit(int heir, int extent) {
    region.putInt(branch(heir, 0), region.getInt(branch(extent, 0)));
    region.putInt(branch(heir, 1), region.getInt(branch(extent, 1)));
  }

  /** What leads to an extent of a tree. */
  private long linkTo(int extent, int length) {
    long link = root(binOf(length));
    int bit = highestBit(length);
    for (int node = follow(link); node != extent; node = follow(link)) {
      if (node == NONE || bit < 0) {
        throw new StoreCorruptException("free extent " + extent + " is not in its tree");
      }
      link = branch(node, length >>> bit & 1);
      bit--;
    }
    return link;
  }

  /** Takes an extent without branches from the tree below another; -1 when nothing is below. */
  private int takeLeafBelow(int extent) {
    long link = longestBranch(extent);
    if (follow(link) == NONE) {
      return NONE;
    }
    int leaf = follow(link);
    for (int steps = 0; ; steps++) {
      long below = longestBranch(leaf);
      if (follow(below) == NONE) {
        region.putInt(link, NONE);
        return leaf;
      }
      if (steps > Integer.SIZE) {
        throw endless(table.length(extent));
      }
      link = below;
      leaf = follow(below);
    }
  }

  /** The lower branch, or the upper one when that is empty. */
  private long longestBranch(int extent) {
    long lower = branch(extent, 0);
    return region.getInt(lower) != NONE ? lower : branch(extent, 1);
  }

  /** The shortest free extent of at least so many units, -1 when there is none. */
  int bestFit(int units) {
    int bin = binOf(units);
    int best = fitInBin(bin, units);
    if (best == NONE) {
      int next = nextBin(bin + 1);
      best = next == NONE ? NONE : shortest(follow(root(next)), NONE, units);
    }
    return best == NONE ? NONE : lastOfRing(best);
  }

  /** The one behind a node of a tree that came last: what is freed last is used first. */
  private int lastOfRing(int node) {
    int behind = table.get(node, ExtentTable.RING_NEXT);
    return behind == NONE ? node : behind;
  }

  /**
   * The shortest in a bin that is long enough. It is on the way that the bits of the length tell,
   * or below the last upper branch that this way left aside.
   */
  private int fitInBin(int bin, int units) {
    int best = NONE;
    int bestLength = Integer.MAX_VALUE;
    int aside = NONE;
    int node = follow(root(bin));
    for (int bit = highestBit(units); node != NONE; bit--) {
      int length = table.someLength(node);
      if (length == units) {
        return node;
      }
      if (length > units && length < bestLength) {
        best = node;
        bestLength = length;
      }
      if (bit < 0) {
        throw endless(units);
      }
      if ((units >>> bit & 1) == 0) {
        int upper = follow(branch(node, 1));
        aside = upper == NONE ? aside : upper;
        node = follow(branch(node, 0));
      } else {
        node = follow(branch(node, 1));
      }
    }
    return shortest(aside, best, units);
  }

  /** The shortest of a tree and another extent, -1 for none, that is long enough. */
  private int shortest(int tree, int other, int units) {
    int best = other;
    int bestLength = other == NONE ? Integer.MAX_VALUE : table.someLength(other);
    int steps = 0;
    for (int node = tree; node != NONE; node = follow(longestBranch(node))) {
      int length = table.someLength(node);
      if (length >= units && length < bestLength) {
        best = node;
        bestLength = length;
      }
      if (++steps > Integer.SIZE) {
        throw endless(units);
      }
    }
    return best;
  }

  /** Some extent of the next bin up, -1 when there is none. */
  int nextBinUp(int units) {
    int bin = nextBin(binOf(units) + 1);
    return bin == NONE ? NONE : lastOfRing(follow(root(bin)));
  }

  private void mark(int bin, boolean used) {
    long word = BIN_MAP + 8L * (bin >>> 6);
    long bit = 1L << (bin & 63);
    long map = region.getLong(word);
    region.putLong(word, used ? map | bit : map & ~bit);
  }

  private boolean isMarked(int bin) {
    return (region.getLong(BIN_MAP + 8L * (bin >>> 6)) >>> (bin & 63) & 1) != 0;
  }

  private int nextBin(int from) {
    for (int word = from >>> 6; word < (BIN_COUNT + 63) / 64; word++) {
      long map = region.getLong(BIN_MAP + 8L * word);
      if (word == from >>> 6) {
        map &= -1L << (from & 63);
      }
      if (map != 0) {
        int bin = (word << 6) + Long.numberOfTrailingZeros(map);
        return bin < BIN_COUNT ? bin : NONE;
      }
    }
    return NONE;
  }

  /** Forgets all extents. */
  void clear() {
    for (int bin = 0; bin < BIN_COUNT; bin++) {
      region.putInt(root(bin), NONE);
      mark(bin, false);
    }
  }

  /**
   * Checks that each extent in it is free and where its length says.
   *
   * @return how many there are
   * @throws StoreCorruptException when one is not
   */
  int check() {
    int sum = 0;
    for (int bin = 0; bin < BIN_COUNT; bin++) {
      int root = follow(root(bin));
      if (isMarked(bin) != (root != NONE)) {
        throw new StoreCorruptException("bin " + bin + " and the map of bins differ");
      }
      if (root != NONE) {
        int length = table.length(root);
        require(binOf(length) == bin, root);
        sum = checkTree(root, length, highestBit(length), sum);
      }
    }
    return sum;
  }

  private static void require(boolean holds, int extent) {
    if (!holds) {
      throw new StoreCorruptException("extent " + extent + " is in the wrong place by its length");
    }
  }

  /**
   * Checks a tree whose lengths have the bits of {@code way} above {@code bit}; 28 deep at most.
   */
  private int checkTree(int node, int way, int bit, int before) {
    int length = table.length(node);
    require((length ^ way) >>> (bit + 1) == 0, node);
    require(table.get(node, ExtentTable.RING_PREVIOUS) == NONE, node);
    int sum = checkRing(node, length, before);
    for (int side = 0; side < 2; side++) {
      int below = follow(branch(node, side));
      if (below != NONE) {
        require(bit >= 0, below);
        sum = checkTree(below, (way & ~(1 << bit)) | side << bit, bit - 1, sum);
      }
    }
    return sum;
  }

  private int checkRing(int node, int length, int before) {
    int sum = before;
    int last = NONE;
    for (int each = node; each != NONE; each = table.get(each, ExtentTable.RING_NEXT)) {
      require(table.isFree(each) && table.length(each) == length, each);
      require(table.get(each, ExtentTable.RING_PREVIOUS) == last, each);
      if (++sum > table.count()) {
        throw endless(length);
      }
      last = each;
    }
    return sum;
  }
}
