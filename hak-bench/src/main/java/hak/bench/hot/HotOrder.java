package hak.bench.hot;

import hak.core.profile.Profile;

/**
 * What a process that is sampled is given.
 *
 * @param program the program file
 * @param workload what it is called
 * @param profile the stack
 * @param nanos how long samples are taken
 */
record HotOrder(String program, String workload, Profile profile, long nanos) {}
