/** Replays a program while checking every block: contents, alignment, overlap. Slow and untimed. */
package hak.bench.verify;
