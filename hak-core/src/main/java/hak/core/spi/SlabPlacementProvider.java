package hak.core.spi;

/** Names and makes a {@link SlabPlacement}. */
public interface SlabPlacementProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.SLAB_PLACEMENT;
  }

  @Override
  SlabPlacement create(BoxContext context);
}
