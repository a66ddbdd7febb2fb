/**
 * The public API: {@link hak.core.Hak} opens stacks, {@link hak.core.HakAllocator} is an open one,
 * and the rest is what it says about itself. What is behind is in packages of its own, of which
 * {@code Hak} alone knows.
 */
package hak.core;
