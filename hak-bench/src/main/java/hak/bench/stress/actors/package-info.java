/** The threads of a round and what they do to the stack. */
package hak.bench.stress.actors;
