/** What must hold of a block and of a closed stack, and the exception that says it does not. */
package hak.bench.stress.check;
