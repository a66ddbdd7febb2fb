/** Allocators of Java programs whose blocks are objects, as peers. */
package hak.bench.buffer;
