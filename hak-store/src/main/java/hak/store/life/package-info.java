/**
 * What happens to an object from allocation to the return of its space, and to the bookkeeping when
 * a process dies in between. Everything that changes more than one table.
 */
package hak.store.life;
