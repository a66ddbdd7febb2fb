/**
 * Programs of allocations and where they come from: recorded traces, from files or shipped with the
 * project. A trace is untrusted input; what is wrong with it is a {@link
 * hak.bench.trace.TraceException} with the byte offset.
 */
package hak.bench.trace;
