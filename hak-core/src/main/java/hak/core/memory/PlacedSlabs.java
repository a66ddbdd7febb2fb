package hak.core.memory;

/** Claims pages for slabs in the superslabs that a placement wishes for, else in any. */
record PlacedSlabs(PageRuns pageRuns, Placement wishes) {
  /** As {@link PageRuns#claimSlab}. */
  int claim(int heap, int sizeClass) {
    StackRoom.forBox();
    int wish = wishes.next(heap, sizeClass, Placement.NONE);
    while (wish != Placement.NONE) {
      boolean another = wish == Placement.ANOTHER;
      int page = another ? pageRuns.claimInAnother() : pageRuns.claimIfThere(wish);
      if (page != 0) {
        return told(heap, sizeClass, page, another);
      }
      wish = wishes.next(heap, sizeClass, wish);
    }
    int page = pageRuns.claim(1);
    return page == 0 ? 0 : told(heap, sizeClass, page, false);
  }

  private int told(int heap, int sizeClass, int page, boolean first) {
    wishes.claimed(heap, sizeClass, PageRuns.superslabOf(page), first);
    return page;
  }
}
