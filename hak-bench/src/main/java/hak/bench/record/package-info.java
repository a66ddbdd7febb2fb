/**
 * Recording of programs: a library in C, loaded before the C library, logs each call of malloc and
 * its relatives into a file that is mapped; what it logged becomes a trace.
 */
package hak.bench.record;
