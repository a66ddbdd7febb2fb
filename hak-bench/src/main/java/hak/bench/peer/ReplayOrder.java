package hak.bench.peer;

import java.util.List;

/**
 * What a JVM that replays is to prepare.
 *
 * @param program the program file
 * @param targets its allocators, which it is asked for by number
 */
record ReplayOrder(String program, List<TargetOrder> targets) {}
