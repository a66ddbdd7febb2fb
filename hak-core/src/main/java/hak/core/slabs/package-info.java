/**
 * What size tiers share whose slabs belong to thread heaps: {@code HeapSlabs} is the life of such a
 * slab between its first block and its last, {@code SlabQueue} lines slabs up, {@code SlabPages}
 * says where their pages come from and go to: {@code PoolPages} one by one, {@code SlabGroups} many
 * at once. {@code SlabTier} is a whole tier but for the pages, {@code SlabSizes} its options. For
 * the makers of tiers.
 */
package hak.core.slabs;
