/** What the kernel says of a replay: resident memory and page faults, read from {@code /proc}. */
package hak.bench.measure;
