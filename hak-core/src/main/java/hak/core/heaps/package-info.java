/**
 * Thread heaps: who holds which ({@code ThreadHeaps}), where a thread finds its own ({@code
 * OwnerTable}), and what is done to one as a whole ({@code HeapUpkeep}).
 */
package hak.core.heaps;
