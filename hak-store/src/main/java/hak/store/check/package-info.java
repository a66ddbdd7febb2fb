/** Looks for damage without trusting what it reads, and repairs it. */
package hak.store.check;
