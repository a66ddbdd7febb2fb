/** What a stress did and found: counted while it goes on, told at its end. */
package hak.bench.stress.report;
