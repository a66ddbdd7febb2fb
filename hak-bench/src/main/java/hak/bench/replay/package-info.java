/**
 * Replays programs on an allocator and times it: one loop, loaded anew as a hidden class for each
 * allocator so that its calls are constants of the compiled code, and the threads that run it. Used
 * by the measuring parts of this module.
 */
package hak.bench.replay;
