package hak.bench.soak;

import hak.core.profile.Profile;

/**
 * What a process that soaks is given.
 *
 * @param program the program file, replayed again and again
 * @param profile the stack
 * @param epochNanos an epoch ends with the first round that ends after so long
 */
record SoakOrder(String program, Profile profile, long epochNanos) {}
