/**
 * Big blocks: {@code BigTier} maps and unmaps them, {@code MappingTable} knows them by address.
 * Nobody calls in here but the stack.
 */
package hak.big;
