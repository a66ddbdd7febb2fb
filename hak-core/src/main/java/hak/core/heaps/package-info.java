/**
 * Thread heaps: who may enter which ({@code ThreadHeaps}, {@code HeapRegistry}, {@code
 * OutsideProof}), where a thread finds its own ({@code OwnerTable}) or a shared one ({@code
 * Stripes}), and what is done to one as a whole ({@code HeapUpkeep}).
 */
package hak.core.heaps;
