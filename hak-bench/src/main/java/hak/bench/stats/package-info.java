/** Statistics of repeated measurements. */
package hak.bench.stats;
