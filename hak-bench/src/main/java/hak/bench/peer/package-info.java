/**
 * Contestants in processes of their own: the C program under several allocators, and JVMs that
 * replay on HAK, on the floor, on other allocators of the Java world or through calls of the C
 * library. All are driven by the same lines of JSON over standard input and output, so their rounds
 * can take turns.
 */
package hak.bench.peer;
