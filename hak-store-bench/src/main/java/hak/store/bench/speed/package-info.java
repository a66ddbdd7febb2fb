/**
 * Measures an object store: {@link hak.store.bench.speed.StoreBench} runs four experiments, each in
 * turns with its floor. What needs processes of its own has them from {@code hak.bench.process}.
 * Nothing here prints.
 */
package hak.store.bench.speed;
