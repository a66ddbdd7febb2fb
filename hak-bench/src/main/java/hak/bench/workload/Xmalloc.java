package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * After xmalloc-test of Lever and Boreham ("malloc() performance in a multithreaded Linux
 * environment", USENIX 2000): one thread allocates what another one frees.
 *
 * <pre>
 *   producer   awaits a free place in the ring; a batch of mallocs; posts
 *   consumer   awaits the batch; frees it; posts
 * </pre>
 *
 * <p>Each producer has a consumer of its own and a ring between them, so that nobody but they two
 * meets there.
 */
final class Xmalloc implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 20;
  private static final int PLACES = 8;
  private static final Option THREADS =
      Parameters.threads("Producers; there are as many consumers besides.");
  private static final Option BATCH =
      Option.count("batch", "blocks", 1, 1 << 16, 4096, "Blocks that are handed over at once.");
  private static final Option BATCHES =
      Option.count("batches", "batches", 1, 1 << 16, 512, "Batches of each producer.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 64);
  private static final Option MAX = Parameters.max(MOST_BYTES, 64);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "xmalloc",
        null,
        "Producers allocate batches of blocks, consumers free them; at most "
            + PLACES
            + " batches are on the way between two.",
        ONE_CALL,
        List.of(THREADS, BATCH, BATCHES, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SizeRange sizes = SizeRange.of(settings, MIN, MAX);
    int pairs = settings.get(THREADS);
    ParallelBuilder builder = new ParallelBuilder(2 * pairs);
    SplittableRandom[] randoms = WorkloadFamily.randoms(pairs);
    for (int i = 0; i < pairs; i++) {
      Pair pair = new Pair(builder, i, pairs + i, settings.get(BATCH));
      for (int batch = 0; batch < settings.get(BATCHES); batch++) {
        pair.produce(batch, sizes, randoms[i]);
        pair.consume(batch);
      }
    }
    return builder.build();
  }

  /** A producer, a consumer and the ring between them. */
  private static final class Pair {
    private final PartBuilder producer;
    private final PartBuilder consumer;
    private final int batchBlocks;
    private final int ring;
    private final int produced;
    private final int consumed;

    Pair(ParallelBuilder builder, int producer, int consumer, int batchBlocks) {
      this.producer = builder.part(producer);
      this.consumer = builder.part(consumer);
      this.batchBlocks = batchBlocks;
      this.ring = builder.takeSlots(producer, PLACES * batchBlocks);
      this.produced = builder.takeChannel();
      this.consumed = builder.takeChannel();
    }

    private int slot(int batch, int block) {
      return ring + batch % PLACES * batchBlocks + block;
    }

    void produce(int batch, SizeRange sizes, SplittableRandom random) {
      if (batch >= PLACES) {
        producer.await(consumed, batch - PLACES + 1);
      }
      for (int i = 0; i < batchBlocks; i++) {
        producer.malloc(slot(batch, i), sizes.draw(random));
      }
      producer.post(produced);
    }

    void consume(int batch) {
      consumer.await(produced, batch + 1);
      for (int i = 0; i < batchBlocks; i++) {
        consumer.free(slot(batch, i));
      }
      consumer.post(consumed);
    }
  }
}
