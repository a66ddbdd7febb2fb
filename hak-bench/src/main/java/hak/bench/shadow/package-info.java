/**
 * What other thread caches would have done with the calls of a program, without running it: {@link
 * hak.bench.shadow.WhatIf} asks for several capacities, {@link hak.bench.shadow.Learning} chooses
 * one. Nothing is timed here.
 */
package hak.bench.shadow;
