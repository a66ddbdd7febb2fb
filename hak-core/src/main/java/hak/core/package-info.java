/**
 * The public API ({@link hak.core.Hak}, {@link hak.core.HakAllocator}) and behind it the stack:
 * {@code Composition} checks a profile, {@code StackBuilder} makes its parts, {@code
 * StackSpecialiser} turns them into one class, {@code StackTemplate} is the hot half, {@code
 * StackRuntime} the cold half, {@code ThreadHeaps} says who holds which heap.
 */
package hak.core;
