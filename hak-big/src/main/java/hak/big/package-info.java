/**
 * Big blocks: {@code BigTier} is called by the stack and nobody else; {@code ExtentHeap} decides
 * which extent of which range of {@code Ranges} a block gets. {@code Extents} has the extents, and
 * {@code SizeTree}, {@code DirtyList} and {@code LiveBlocks} find them by length, age and address.
 */
package hak.big;
