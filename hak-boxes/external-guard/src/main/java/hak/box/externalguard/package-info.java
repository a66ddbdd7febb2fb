/**
 * A guard: counts and reports frees of addresses that nobody owns. Nobody calls in here but the
 * stack.
 */
package hak.box.externalguard;
