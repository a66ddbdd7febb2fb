/*
 * Replays a program of allocator calls, for comparison with HAK: the loop of hak.bench.replay.ReplayLoop, statement by
 * statement, on the malloc of this process. Another allocator is put in its place by LD_PRELOAD.
 *
 *   replay heap PROGRAM THREADS
 *   replay floor PROGRAM THREADS STRIDE BYTES     no allocator: blocks are places STRIDE apart in a buffer
 *
 * PROGRAM is written by hak.bench.trace.ProgramFile. Requests come one a line on standard input, answers go one a line
 * to standard output, both in JSON (Ask and Answer of hak.bench.peer):
 *
 *   {"ask":"WARM_UP"}   {}                  after a few rounds
 *   {"ask":"ROUND"}     {"nanos":N}         wall time of one round
 *   {"ask":"MEMORY"}    {"peakBytes":N}     the peak of resident bytes less those before the first event
 *
 * The process ends with its input. It calls malloc for the program's blocks only, and so does the C library for a
 * thread; everything else is mapped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { MALLOC, CALLOC, ALIGNED, FREE, REALLOC, WIDE };
enum { WARM_UP_ROUNDS = 3, MAX_THREADS = 1024 };

/* The head of the program file; then follow the events, the side table and the slots left over. */
struct head {
  char magic[8];
  uint64_t events, wide, leftover, slots, touches, peak_live_bytes, largest_bytes;
};

struct replica {
  pthread_t thread;
  void **blocks;
  char *home;
  uint64_t begun, ended, freed;
};

static struct head head;
static const uint64_t *events;
static const uint64_t *wide_sizes;
static const uint32_t *leftover;
static int floor_mode;
static uint64_t stride;
static int threads;
static struct replica replicas[MAX_THREADS];
static pthread_barrier_t barrier;

static void fail(const char *what) {
  dprintf(2, "replay: %s: %s\n", what, strerror(errno));
  _exit(1);
}

static void *map(uint64_t bytes) {
  void *p = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (p == MAP_FAILED) fail("mmap");
  return p;
}

/* ---- the loop ---- */

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* On the floor a block is a fixed place in the thread's buffer: see hak.bench.replay.FloorOperations. */
struct home {
  char *start;
  uint64_t stride;
};

ALWAYS_INLINE void *at_home(struct home home, uint32_t slot) { return home.start + slot * home.stride; }

ALWAYS_INLINE void *do_malloc(int is_floor, struct home home, uint32_t slot, uint64_t size) {
  return is_floor ? at_home(home, slot) : malloc(size);
}

ALWAYS_INLINE void *do_calloc(int is_floor, struct home home, uint32_t slot, uint64_t size) {
  return is_floor ? at_home(home, slot) : calloc(1, size);
}

ALWAYS_INLINE void *do_aligned(int is_floor, struct home home, uint32_t slot, uint64_t alignment, uint64_t size) {
  return is_floor ? at_home(home, slot) : aligned_alloc(alignment < sizeof(void *) ? sizeof(void *) : alignment, size);
}

ALWAYS_INLINE void *do_realloc(int is_floor, void *block, uint64_t size) {
  return is_floor ? block : realloc(block, size);
}

ALWAYS_INLINE void do_free(int is_floor, void *block) {
  if (!is_floor) free(block);
}

ALWAYS_INLINE void touch(int touches, void *block, uint64_t size) {
  if (touches && size != 0 && block != NULL) {
    volatile char *bytes = block;
    bytes[0] = (char)size;
    bytes[size - 1] = (char)size;
  }
}

ALWAYS_INLINE void rarer(int is_floor, int touches, uint64_t event, uint32_t slot, void **blocks, struct home home) {
  uint64_t size = event >> 32;
  uint64_t alignment = 1;
  int op = event & 7;
  if (op == ALIGNED) {
    alignment = UINT64_C(1) << (size >> 26);
    size &= (1 << 26) - 1;
  } else if (op == WIDE) {
    uint64_t entry = wide_sizes[size];
    op = (int)(entry >> 56);
    alignment = UINT64_C(1) << (entry >> 48 & 63);
    size = entry & ((UINT64_C(1) << 48) - 1);
  }
  void *block;
  switch (op) {
    case MALLOC: block = do_malloc(is_floor, home, slot, size); break;
    case CALLOC: block = do_calloc(is_floor, home, slot, size); break;
    case ALIGNED: block = do_aligned(is_floor, home, slot, alignment, size); break;
    default: block = do_realloc(is_floor, blocks[slot], size); break;
  }
  blocks[slot] = block;
  touch(touches, block, size);
}

ALWAYS_INLINE uint64_t replay(int is_floor, int touches, struct replica *replica) {
  void **blocks = replica->blocks;
  struct home home = {replica->home, stride};
  const uint64_t *end = events + head.events;
  uint64_t freed = 0;
  for (const uint64_t *at = events; at < end; at++) {
    uint64_t event = *at;
    uint32_t slot = (uint32_t)event >> 3;
    int op = event & 7;
    if (op == FREE) {
      void *block = blocks[slot];
      do_free(is_floor, block);
      freed += (uintptr_t)block;
    } else if (op == MALLOC) {
      uint64_t size = event >> 32;
      void *block = do_malloc(is_floor, home, slot, size);
      blocks[slot] = block;
      touch(touches, block, size);
    } else {
      rarer(is_floor, touches, event, slot, blocks, home);
    }
  }
  return freed;
}

static __attribute__((noinline)) uint64_t replay_heap(struct replica *r) { return replay(0, 1, r); }
static __attribute__((noinline)) uint64_t replay_heap_untouched(struct replica *r) { return replay(0, 0, r); }
static __attribute__((noinline)) uint64_t replay_floor(struct replica *r) { return replay(1, 1, r); }
static __attribute__((noinline)) uint64_t replay_floor_untouched(struct replica *r) { return replay(1, 0, r); }

/* ---- rounds ---- */

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void do_round(struct replica *r) {
  pthread_barrier_wait(&barrier);
  r->begun = now();
  if (floor_mode) {
    r->freed += head.touches ? replay_floor(r) : replay_floor_untouched(r);
  } else {
    r->freed += head.touches ? replay_heap(r) : replay_heap_untouched(r);
  }
  r->ended = now();
  pthread_barrier_wait(&barrier);
  for (uint64_t i = 0; i < head.leftover; i++) do_free(floor_mode, r->blocks[leftover[i]]);
}

static void *replay_forever(void *argument) {
  for (;;) {
    do_round(argument);
    pthread_barrier_wait(&barrier);
  }
  return NULL;
}

/* With one thread the main thread replays and no other is started. */
static uint64_t run_round(void) {
  do_round(&replicas[0]);
  pthread_barrier_wait(&barrier);
  uint64_t first = replicas[0].begun, last = replicas[0].ended;
  for (int i = 1; i < threads; i++) {
    if (replicas[i].begun < first) first = replicas[i].begun;
    if (replicas[i].ended > last) last = replicas[i].ended;
  }
  return last - first;
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

static void read_program(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) fail(path);
  read_fully(file, &head, sizeof head);
  if (memcmp(head.magic, "HAKPROG1", 8) != 0) fail("not a program file");
  events = read_table(file, head.events * 8);
  wide_sizes = read_table(file, head.wide * 8);
  leftover = read_table(file, head.leftover * 4);
  close(file);
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
  floor_mode = argc == 6 && strcmp(argv[1], "floor") == 0;
  if (!floor_mode && (argc != 4 || strcmp(argv[1], "heap") != 0)) {
    dprintf(2, "usage: replay heap PROGRAM THREADS | floor PROGRAM THREADS STRIDE BYTES\n");
    return 2;
  }
  stride = floor_mode ? strtoull(argv[4], NULL, 10) : 0;
  read_program(argv[2]);
  threads = atoi(argv[3]);
  if (threads < 1 || threads > MAX_THREADS) return 2;
  pthread_barrier_init(&barrier, NULL, (unsigned)threads);
  for (int i = 0; i < threads; i++) {
    replicas[i].blocks = map(head.slots * sizeof(void *));
    replicas[i].home = floor_mode ? map(strtoull(argv[5], NULL, 10)) : NULL;
  }
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
    } else {
      dprintf(2, "unknown request: %s\n", line);
      return 2;
    }
  }
  _exit(0);
}
