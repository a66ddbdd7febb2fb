package hak.big;

/**
 * Free extents by length, those of one length by address: the best fit is the least that is long
 * enough. A splay tree, top down (Sleator and Tarjan, Self-Adjusting Binary Search Trees, 1985,
 * section 4): no recursion, no balance to keep, O(log n) amortised, and lengths that are asked for
 * again and again are near the root.
 *
 * <p>{@code left[NONE]} and {@code right[NONE]} are scratch of {@link #splay}.
 */
final class SizeTree implements Extents.Rows {
  private static final int NONE = Extents.NONE;

  private final Extents extents;
  private int[] left = new int[0];
  private int[] right = new int[0];
  private int root = NONE;

  /** Empty. */
  SizeTree(Extents extents, int capacity) {
    this.extents = extents;
    grow(capacity);
  }

  @Override
  public void grow(int capacity) {
    left = Extents.atLeast(left, capacity);
    right = Extents.atLeast(right, capacity);
  }

  /** Takes in an extent. */
  void insert(int extent) {
    int top = root == NONE ? NONE : splay(root, extents.bytes(extent), extents.address(extent));
    if (top == NONE) {
      left[extent] = NONE;
      right[extent] = NONE;
    } else if (compare(extents.bytes(extent), extents.address(extent), top) < 0) {
      left[extent] = left[top];
      right[extent] = top;
      left[top] = NONE;
    } else {
      right[extent] = right[top];
      left[extent] = top;
      right[top] = NONE;
    }
    root = extent;
  }

  /** Takes out an extent that is in the tree and has the length it came with. */
  void remove(int extent) {
    root = splay(root, extents.bytes(extent), extents.address(extent));
    assert root == extent : "the extent is not in the tree";
    int below = left[root];
    if (below == NONE) {
      root = right[root];
    } else {
      int top = splay(below, Long.MAX_VALUE, Long.MAX_VALUE);
      right[top] = right[root];
      root = top;
    }
  }

  /** The shortest extent of at least {@code bytes}, the lowest of several; NONE = there is none. */
  int leastAtLeast(long bytes) {
    if (root == NONE) {
      return NONE;
    }
    root = splay(root, bytes, 0);
    if (extents.bytes(root) >= bytes) {
      return root;
    }
    if (right[root] == NONE) {
      return NONE;
    }
    right[root] = splay(right[root], bytes, 0);
    return right[root];
  }

  /** The longest extent; NONE = there is none. */
  int longest() {
    if (root != NONE) {
      root = splay(root, Long.MAX_VALUE, Long.MAX_VALUE);
    }
    return root;
  }

  private int compare(long bytes, long address, int extent) {
    int byLength = Long.compare(bytes, extents.bytes(extent));
    return byLength != 0 ? byLength : Long.compare(address, extents.address(extent));
  }

  /** Brings the extent with this key, or one beside it, to the top of a subtree; the new top. */
  private int splay(int subtree, long bytes, long address) {
    left[NONE] = NONE;
    right[NONE] = NONE;
    int top = subtree;
    int endOfSmaller = NONE;
    int endOfLarger = NONE;
    for (int order = compare(bytes, address, top); order != 0; ) {
      int child = order < 0 ? left[top] : right[top];
      if (child == NONE) {
        break;
      }
      int next = compare(bytes, address, child);
      boolean isStraight = order < 0 ? next < 0 : next > 0;
      if (isStraight) {
        rotate(top, child, order < 0);
        top = child;
        child = order < 0 ? left[top] : right[top];
        if (child == NONE) {
          break;
        }
        next = compare(bytes, address, child);
      }
      if (order < 0) {
        left[endOfLarger] = top;
        endOfLarger = top;
      } else {
        right[endOfSmaller] = top;
        endOfSmaller = top;
      }
      top = child;
      order = next;
    }
    right[endOfSmaller] = left[top];
    left[endOfLarger] = right[top];
    left[top] = right[NONE];
    right[top] = left[NONE];
    return top;
  }

  private void rotate(int top, int child, boolean toTheRight) {
    if (toTheRight) {
      left[top] = right[child];
      right[child] = top;
    } else {
      right[top] = left[child];
      left[child] = top;
    }
  }
}
