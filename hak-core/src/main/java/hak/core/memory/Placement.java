package hak.core.memory;

/**
 * In which superslab the slabs of a size class are to be. Called by who holds {@code heap}, on slow
 * paths. What it says is a wish: where there is no room, any superslab does.
 */
public interface Placement {
  /** No superslab. */
  int NONE = -1;

  /** One that nobody is using yet: from a source, or by growing. */
  int ANOTHER = -2;

  /**
   * Where to look next.
   *
   * @param previous where there was no room; {@link #NONE} at first
   * @return a superslab's number, which may have been retired meanwhile; {@link #ANOTHER}; {@link
   *     #NONE} = anywhere
   */
  int next(int heap, int sizeClass, int previous);

  /**
   * A page for a slab was claimed in {@code superslab}.
   *
   * @param first whether nobody was using it before: it is {@link #ANOTHER}
   */
  void claimed(int heap, int sizeClass, int superslab, boolean first);
}
