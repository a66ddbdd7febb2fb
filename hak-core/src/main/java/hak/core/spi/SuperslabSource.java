package hak.core.spi;

import hak.core.memory.PageRuns;

/**
 * Keeps empty superslabs and supplies them again before new memory is taken. Sources form a chain
 * in the profile's order: the first that has one gives it, the first that wants one keeps it, and
 * what none keeps is purged.
 */
public non-sealed interface SuperslabSource extends Box, PageRuns.Source {}
