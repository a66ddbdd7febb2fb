/**
 * What the threads of a round share: the stack, and blocks and arenas on their way from one to
 * another.
 */
package hak.bench.stress.stage;
