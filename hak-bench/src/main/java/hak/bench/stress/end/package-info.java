/**
 * What is checked when all threads have ended: a stack that is still open, or what a close left.
 */
package hak.bench.stress.end;
