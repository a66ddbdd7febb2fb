/*
 * Replays a program of allocator calls, for comparison with HAK: the loop of hak.bench.replay.ReplayLoop, statement by
 * statement, on the malloc of this process. Another allocator is put in its place by LD_PRELOAD.
 *
 *   replay heap PROGRAM
 *   replay floor PROGRAM STRIDE BYTES     no allocator: blocks are places STRIDE apart in a buffer
 *
 * PROGRAM is written by hak.bench.trace.ProgramFile. Requests come one a line on standard input, answers go one a line
 * to standard output, both in JSON (Ask and Answer of hak.bench.peer):
 *
 *   {"ask":"WARM_UP"}   {}                  after a few rounds
 *   {"ask":"ROUND"}     {"nanos":N}         wall time of one round
 *   {"ask":"MEMORY"}    {"peakBytes":N}     the peak of resident bytes less those before the first event
 *   {"ask":"CALL_SUM"}  {"callSum":N}       a checksum of the calls of one round, which are not made
 *
 * The process ends with its input. It calls malloc for the program's blocks only, and so does the C library for a
 * thread; everything else is mapped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { MALLOC, CALLOC, ALIGNED, FREE, REALLOC, WIDE, MOVE, POST = 8, AWAIT, WRITE };
enum { WARM_UP_ROUNDS = 3, MAX_THREADS = 1024 };

/* Who replays the shifts of a part: see hak.bench.trace.Part. There are no virtual threads here: the part's own does. */
enum workers { OWN_THREAD, SUCCESSORS, VIRTUAL_THREADS };

/* What calls do: allocate, nothing (see hak.bench.replay.FloorOperations), add up (see hak.bench.replay.CallSum). */
enum mode { HEAP, FLOOR, SUM };

/* The head of the program file; then follow the programs of the threads, or one for all, and the opening. */
struct file_head {
  char magic[8];
  uint64_t threads, parts, has_opening, shares_blocks, channels, frees, remote_frees;
};

/* The head of a program; then follow the events, the side table, the slots left over and the shifts. */
struct head {
  uint64_t events, wide, leftover, slots, touches, peak_live_bytes, largest_bytes, shifts, workers, virtual_threads;
};

struct shift {
  uint32_t from, to;
};

struct program {
  struct head head;
  const uint64_t *events;
  const uint64_t *wide;
  const uint32_t *leftover;
  const struct shift *shifts;
};

/* A counter, alone in two cache lines. */
struct channel {
  _Alignas(128) _Atomic uint64_t count;
};

struct replica {
  pthread_t thread;
  const struct program *program;
  void **blocks;
  char *home;
  uint64_t begun, ended;
  uint64_t next_shift;
  sem_t last_shift_over;
};

static struct file_head file_head;
static struct program programs[MAX_THREADS + 1];
static const struct program *opening;
static struct channel *channels;
static enum mode mode;
static uint64_t stride;
static int threads;
static struct replica replicas[MAX_THREADS];
static pthread_barrier_t barrier;
static _Atomic uint64_t freed_sum, call_sum;

static void fail(const char *what) {
  dprintf(2, "replay: %s: %s\n", what, strerror(errno));
  _exit(1);
}

static void *map(uint64_t bytes) {
  void *p = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (p == MAP_FAILED) fail("mmap");
  return p;
}

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* ---- the checksum of calls: hak.bench.replay.CallSum ---- */

static __thread uint64_t calls_made, sum_of_calls;

/* Stafford's mix 13. */
ALWAYS_INLINE uint64_t mix(uint64_t word) {
  uint64_t z = word + UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

ALWAYS_INLINE void *add_call(int operation, uint64_t first, uint64_t second) {
  uint64_t call = (uint64_t)operation << 56 | calls_made++;
  uint64_t word = mix(mix(mix(call) + first) + second);
  sum_of_calls += word;
  return (void *)word;
}

/* ---- channels: hak.bench.replay.Channels ---- */

enum { SPINS = 64 };

ALWAYS_INLINE void spin(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

static void post(uint32_t channel) {
  _Atomic uint64_t *count = &channels[channel].count;
  atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1, memory_order_release);
}

static void await(uint32_t channel, uint64_t count) {
  for (int spins = 1; atomic_load_explicit(&channels[channel].count, memory_order_acquire) < count; spins++) {
    if (spins % SPINS != 0) {
      spin();
    } else {
      sched_yield();
    }
  }
}

/* ---- the loop ---- */

/* On the floor a block is a fixed place in the thread's buffer: see hak.bench.replay.FloorOperations. */
struct home {
  char *start;
  uint64_t stride;
};

ALWAYS_INLINE void *at_home(struct home home, uint32_t slot) { return home.start + slot * home.stride; }

ALWAYS_INLINE uint64_t named(struct home home, uint32_t slot) { return (uint64_t)(uintptr_t)home.start << 32 | slot; }

ALWAYS_INLINE void *do_malloc(enum mode how, struct home home, uint32_t slot, uint64_t size) {
  if (how == SUM) return add_call(MALLOC, named(home, slot), size);
  return how == FLOOR ? at_home(home, slot) : malloc(size);
}

ALWAYS_INLINE void *do_calloc(enum mode how, struct home home, uint32_t slot, uint64_t size) {
  if (how == SUM) return add_call(CALLOC, named(home, slot), size);
  return how == FLOOR ? at_home(home, slot) : calloc(1, size);
}

ALWAYS_INLINE void *do_aligned(enum mode how, struct home home, uint32_t slot, uint64_t alignment, uint64_t size) {
  if (how == SUM) return add_call(ALIGNED, named(home, slot), mix(alignment) + size);
  if (how == FLOOR) return at_home(home, slot);
  return aligned_alloc(alignment < sizeof(void *) ? sizeof(void *) : alignment, size);
}

ALWAYS_INLINE void *do_realloc(enum mode how, void *block, uint64_t size) {
  if (how == SUM) return add_call(REALLOC, (uintptr_t)block, size);
  return how == FLOOR ? block : realloc(block, size);
}

ALWAYS_INLINE void do_free(enum mode how, void *block) {
  if (how == SUM) add_call(FREE, (uintptr_t)block, 0);
  if (how == HEAP) free(block);
}

ALWAYS_INLINE void touch(int touches, void *block, uint64_t size) {
  if (touches && size != 0 && block != NULL) {
    volatile char *bytes = block;
    bytes[0] = (char)size;
    bytes[size - 1] = (char)size;
  }
}

/* Each write is done: what is written last alone would not show who shares the cache line. */
ALWAYS_INLINE void write_often(int touches, void *block, uint64_t times) {
  volatile char *bytes = block;
  for (uint64_t i = 0; touches && i < times; i++) bytes[0] = (char)i;
}

ALWAYS_INLINE void rarer(enum mode how, int touches, const uint64_t *wide, uint64_t event, uint32_t slot, void **blocks,
                         struct home home) {
  uint64_t size = event >> 32;
  uint64_t alignment = 1;
  int op = event & 7;
  if (op == ALIGNED) {
    alignment = UINT64_C(1) << (size >> 26);
    size &= (1 << 26) - 1;
  } else if (op == WIDE) {
    uint64_t entry = wide[size];
    op = (int)(entry >> 56);
    alignment = UINT64_C(1) << (entry >> 48 & 63);
    size = entry & ((UINT64_C(1) << 48) - 1);
  }
  void *block;
  switch (op) {
    case MALLOC: block = do_malloc(how, home, slot, size); break;
    case CALLOC: block = do_calloc(how, home, slot, size); break;
    case ALIGNED: block = do_aligned(how, home, slot, alignment, size); break;
    case POST: post(slot); return;
    case AWAIT: await(slot, size); return;
    case WRITE: write_often(touches, blocks[slot], size); return;
    default: block = do_realloc(how, blocks[slot], size); break;
  }
  blocks[slot] = block;
  touch(touches, block, size);
}

ALWAYS_INLINE uint64_t replay(enum mode how, int touches, const struct program *program, uint64_t from, uint64_t to,
                              void **blocks, char *start) {
  struct home home = {start, stride};
  const uint64_t *wide = program->wide;
  const uint64_t *end = program->events + to;
  uint64_t freed = 0;
  for (const uint64_t *at = program->events + from; at < end; at++) {
    uint64_t event = *at;
    uint32_t slot = (uint32_t)event >> 3;
    int op = event & 7;
    if (op == FREE) {
      void *block = blocks[slot];
      do_free(how, block);
      freed += (uintptr_t)block;
    } else if (op == MALLOC) {
      uint64_t size = event >> 32;
      void *block = do_malloc(how, home, slot, size);
      blocks[slot] = block;
      touch(touches, block, size);
    } else if (op == MOVE) {
      blocks[event >> 32] = blocks[slot];
    } else {
      rarer(how, touches, wide, event, slot, blocks, home);
    }
  }
  return freed;
}

#define LOOP(name, how, touches)                                                                                   \
  static __attribute__((noinline)) uint64_t name(const struct program *program, uint64_t from, uint64_t to,        \
                                                 void **blocks, char *start) {                                     \
    return replay(how, touches, program, from, to, blocks, start);                                                 \
  }

LOOP(replay_heap, HEAP, 1)
LOOP(replay_heap_untouched, HEAP, 0)
LOOP(replay_floor, FLOOR, 1)
LOOP(replay_floor_untouched, FLOOR, 0)
LOOP(replay_sum, SUM, 0)

/* ---- rounds ---- */

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The events of a thread from one to before another. */
static void replay_stretch(const struct program *program, uint64_t from, uint64_t to, void **blocks, char *home,
                           uint64_t number) {
  uint64_t freed;
  if (mode == SUM) {
    calls_made = sum_of_calls = 0;
    freed = replay_sum(program, from, to, blocks, (char *)(uintptr_t)(number + 1));
    call_sum += sum_of_calls;
  } else if (mode == FLOOR) {
    freed = (program->head.touches ? replay_floor : replay_floor_untouched)(program, from, to, blocks, home);
  } else {
    freed = (program->head.touches ? replay_heap : replay_heap_untouched)(program, from, to, blocks, home);
  }
  freed_sum += freed;
}

static void *work_shift(void *argument);

static void begin_shift(struct replica *r) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work_shift, r) != 0 || pthread_detach(thread) != 0) fail("pthread_create");
}

/* Each thread starts the next one as the last thing it does: see hak.bench.replay.Succession. */
static void *work_shift(void *argument) {
  struct replica *r = argument;
  struct shift shift = r->program->shifts[r->next_shift++];
  replay_stretch(r->program, shift.from, shift.to, r->blocks, r->home, (uint64_t)(r - replicas));
  if (r->next_shift < r->program->head.shifts) {
    begin_shift(r);
  } else {
    sem_post(&r->last_shift_over);
  }
  return NULL;
}

static void replay_own(struct replica *r) {
  const struct program *program = r->program;
  uint64_t number = (uint64_t)(r - replicas);
  if (program->head.shifts == 0) replay_stretch(program, 0, program->head.events, r->blocks, r->home, number);
  for (uint64_t i = 0; i < program->head.shifts; i++) {
    replay_stretch(program, program->shifts[i].from, program->shifts[i].to, r->blocks, r->home, number);
  }
}

static void replay_part(struct replica *r) {
  if (r->program->head.workers != SUCCESSORS) {
    replay_own(r);
    return;
  }
  r->next_shift = 0;
  begin_shift(r);
  while (sem_wait(&r->last_shift_over) != 0 && errno == EINTR) continue;
}

static void do_round(struct replica *r) {
  pthread_barrier_wait(&barrier);
  r->begun = now();
  replay_part(r);
  r->ended = now();
  pthread_barrier_wait(&barrier);
  if (mode == HEAP) {
    const struct program *program = r->program;
    for (uint64_t i = 0; i < program->head.leftover; i++) free(r->blocks[program->leftover[i]]);
  }
}

static void *replay_forever(void *argument) {
  for (;;) {
    do_round(argument);
    pthread_barrier_wait(&barrier);
  }
  return NULL;
}

/* The main thread opens the round and has the first part; with one part no other is started. */
static uint64_t run_round(void) {
  for (uint64_t i = 0; i < file_head.channels; i++) channels[i].count = 0;
  if (opening) replay_stretch(opening, 0, opening->head.events, replicas[0].blocks, replicas[0].home, 0);
  do_round(&replicas[0]);
  pthread_barrier_wait(&barrier);
  uint64_t first = replicas[0].begun, last = replicas[0].ended;
  for (int i = 1; i < threads; i++) {
    if (replicas[i].begun < first) first = replicas[i].begun;
    if (replicas[i].ended > last) last = replicas[i].ended;
  }
  return last - first;
}

static uint64_t run_sum(void) {
  enum mode usual = mode;
  mode = SUM;
  call_sum = 0;
  run_round();
  mode = usual;
  return call_sum;
}

/* ---- set-up and commands ---- */

static void read_fully(int file, void *to, uint64_t bytes) {
  for (uint64_t done = 0; done < bytes;) {
    ssize_t count = read(file, (char *)to + done, bytes - done);
    if (count <= 0) fail("the program file is too short");
    done += (uint64_t)count;
  }
}

static void *read_table(int file, uint64_t bytes) {
  void *table = map(bytes);
  read_fully(file, table, bytes);
  return table;
}

static void read_program(int file, struct program *program) {
  struct head *head = &program->head;
  read_fully(file, head, sizeof *head);
  program->events = read_table(file, head->events * sizeof *program->events);
  program->wide = read_table(file, head->wide * sizeof *program->wide);
  program->leftover = read_table(file, head->leftover * sizeof *program->leftover);
  program->shifts = read_table(file, head->shifts * sizeof *program->shifts);
}

static void read_file(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) fail(path);
  read_fully(file, &file_head, sizeof file_head);
  if (memcmp(file_head.magic, "HAKPROG3", 8) != 0) fail("not a program file");
  if (file_head.threads < 1 || file_head.threads > MAX_THREADS) fail("too many threads");
  threads = (int)file_head.threads;
  for (uint64_t i = 0; i < file_head.parts; i++) read_program(file, &programs[i]);
  if (file_head.has_opening) {
    read_program(file, &programs[MAX_THREADS]);
    opening = &programs[MAX_THREADS];
  }
  close(file);
}

static void prepare(struct replica *r, int number, uint64_t home_bytes) {
  r->program = &programs[file_head.parts == 1 ? 0 : number];
  r->blocks = file_head.shares_blocks && number > 0 ? replicas[0].blocks : map(r->program->head.slots * sizeof(void *));
  r->home = file_head.shares_blocks && number > 0 ? replicas[0].home : home_bytes ? map(home_bytes) : NULL;
  sem_init(&r->last_shift_over, 0, 0);
}

static uint64_t peak_resident_bytes(void) {
  static char text[8192];
  int file = open("/proc/self/status", O_RDONLY);
  ssize_t count = file < 0 ? 0 : read(file, text, sizeof text - 1);
  if (file >= 0) close(file);
  text[count > 0 ? count : 0] = 0;
  const char *line = strstr(text, "VmHWM:");
  return line ? strtoull(line + 6, NULL, 10) * 1024 : 0;
}

static int read_line(char *line, size_t capacity) {
  size_t length = 0;
  char c;
  while (read(0, &c, 1) == 1) {
    if (c == '\n') {
      line[length] = 0;
      return 1;
    }
    if (length < capacity - 1) line[length++] = c;
  }
  return 0;
}

/* Whether a line of JSON has "ask" with this value; the rest of it is for processes with several allocators. */
static int asks_for(const char *line, const char *what) {
  static const char name[] = "\"ask\":\"";
  const char *value = strstr(line, name);
  size_t length = strlen(what);
  return value && strncmp(value + sizeof name - 1, what, length) == 0 && value[sizeof name - 1 + length] == '"';
}

int main(int argc, char **argv) {
  mode = argc == 5 && strcmp(argv[1], "floor") == 0 ? FLOOR : HEAP;
  if (mode == HEAP && (argc != 3 || strcmp(argv[1], "heap") != 0)) {
    dprintf(2, "usage: replay heap PROGRAM | floor PROGRAM STRIDE BYTES\n");
    return 2;
  }
  stride = mode == FLOOR ? strtoull(argv[3], NULL, 10) : 0;
  read_file(argv[2]);
  channels = map((file_head.channels + 1) * sizeof *channels);
  pthread_barrier_init(&barrier, NULL, (unsigned)threads);
  for (int i = 0; i < threads; i++) prepare(&replicas[i], i, mode == FLOOR ? strtoull(argv[4], NULL, 10) : 0);
  for (int i = 1; i < threads; i++) {
    if (pthread_create(&replicas[i].thread, NULL, replay_forever, &replicas[i]) != 0) fail("pthread_create");
  }
  uint64_t before = peak_resident_bytes();
  char line[64];
  while (read_line(line, sizeof line)) {
    if (asks_for(line, "WARM_UP")) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) run_round();
      dprintf(1, "{}\n");
    } else if (asks_for(line, "ROUND")) {
      dprintf(1, "{\"nanos\":%llu}\n", (unsigned long long)run_round());
    } else if (asks_for(line, "MEMORY")) {
      dprintf(1, "{\"peakBytes\":%llu}\n", (unsigned long long)(peak_resident_bytes() - before));
    } else if (asks_for(line, "CALL_SUM")) {
      dprintf(1, "{\"callSum\":%lld}\n", (long long)run_sum());
    } else {
      dprintf(2, "unknown request: %s\n", line);
      return 2;
    }
  }
  _exit(0);
}
