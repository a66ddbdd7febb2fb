package hak.bench.replay;

/**
 * An allocator as the replay loop sees it. Implemented by records, so that a loop holding one as a
 * constant compiles to direct calls.
 *
 * <p>Where there is nothing to allocate with, {@code home} and {@code slot} say where a block may
 * lie: {@code home} is an address of the replaying thread's own, {@code slot} the block's place in
 * the table.
 */
public interface Operations {
  /** Allocates. */
  long malloc(long home, int slot, long size);

  /** Allocates zeroed memory. */
  long calloc(long home, int slot, long size);

  /** Allocates at a multiple of {@code alignment}. */
  long aligned(long home, int slot, long alignment, long size);

  /** Changes the size of a block. */
  long realloc(long address, long size);

  /** Frees a block. */
  void free(long address);

  /** How many bytes of a block may be used. */
  long usableSize(long address);
}
