/** Notices a thread that stands still. */
package hak.bench.stress.watch;
