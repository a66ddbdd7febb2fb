/*
 * Records the calls of malloc and its relatives in one process. Loaded by LD_PRELOAD; the file to write is named by
 * HAK_RECORDING, made beforehand by hak.bench.record.RawRecording with a header of zeros.
 *
 *   header, one page                          entry, 24 bytes, from byte 4096 on
 *   0   "HAKRAW01"                            0   u64 address
 *   8   u64 entries taken so far              8   u64 size
 *   16  u32 process that is recorded          16  u32 thread
 *   20  u32 threads so far                    20  u8 operation, written last; 0 = never finished
 *   24  u32 errno that ended it, 0 = none     21  u8 log2 of the alignment
 *   32  u64 most entries
 *
 * The file is mapped and shared, so it holds what was recorded however the process ends. The number of an entry is
 * taken by one atomic addition, which is the order of all calls: of a block that is freed before it is given back, of
 * a block that is allocated after it was got. A reallocation is two entries, one before it and one after it: in
 * between the old place may be another thread's already.
 *
 * The first process that finds no process in the header is the one that is recorded; a program that it executes in
 * its place begins anew. A forked child finds the page `live` wiped by the kernel.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MALLOC = 1, CALLOC, ALIGNED, FREE, REALLOC_BEGIN, REALLOC_END };
enum { HEADER_BYTES = 4096, ENTRY_BYTES = 24, CHUNK_ENTRIES = 1 << 20, MAX_CHUNKS = 1 << 12 };
#define CHUNK_BYTES ((size_t)CHUNK_ENTRIES * ENTRY_BYTES) /* a multiple of every page size up to 8 MiB */

struct header {
  char magic[8];
  _Atomic uint64_t entries;
  _Atomic uint32_t process, threads, ended_by;
  uint64_t limit;
};

struct entry {
  uint64_t address, size;
  uint32_t thread;
  _Atomic uint8_t operation;
  uint8_t log2;
};

static struct header *header;
static int file = -1;
static struct entry *_Atomic chunks[MAX_CHUNKS];
static atomic_flag growing = ATOMIC_FLAG_INIT;
static _Atomic int *live; /* a page of its own; not zero = this process records */
static __thread uint32_t thread_number __attribute__((tls_model("initial-exec")));

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);
static void *(*next_memalign)(size_t, size_t);

/* What the dynamic linker asks for while it looks up the above. Zero, never given back, never recorded. */
static char early[1 << 16] __attribute__((aligned(16)));
static _Atomic size_t early_used;

static int is_early(const void *block) {
  return (const char *)block >= early && (const char *)block < early + sizeof early;
}

static void *early_block(size_t size) {
  size_t rounded = (size + 15) & ~(size_t)15;
  size_t at = atomic_fetch_add(&early_used, rounded);
  return rounded >= size && at <= sizeof early && rounded <= sizeof early - at ? early + at : NULL;
}

static int find_next(void) {
  static _Atomic int finding;
  if (next_memalign != NULL) {
    return 1;
  }
  if (atomic_exchange(&finding, 1) != 0) {
    return 0; /* the lookup itself allocates: from `early` */
  }
  next_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
  next_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
  next_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
  next_free = (void (*)(void *))dlsym(RTLD_NEXT, "free");
  next_memalign = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "memalign");
  return next_memalign != NULL;
}

/* Ends the recording, which stays as it is. */
static void end(int why) {
  uint32_t none = 0;
  atomic_compare_exchange_strong(&header->ended_by, &none, (uint32_t)why);
  atomic_store(live, 0);
}

/* Maps a chunk of the file; whoever loses waits. Room is reserved first: a full disk must not kill the program. */
static struct entry *map_chunk(uint64_t number) {
  while (atomic_flag_test_and_set(&growing)) {
  }
  struct entry *chunk = atomic_load(&chunks[number]);
  if (chunk == NULL && atomic_load(live) != 0) {
    off_t offset = HEADER_BYTES + (off_t)number * (off_t)CHUNK_BYTES;
    int failure = posix_fallocate(file, offset, (off_t)CHUNK_BYTES);
    if (failure == 0) {
      void *mapped = mmap(NULL, CHUNK_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, offset);
      failure = mapped == MAP_FAILED ? errno : 0;
      chunk = mapped == MAP_FAILED ? NULL : mapped;
    }
    if (failure != 0) {
      end(failure);
    }
    atomic_store(&chunks[number], chunk);
  }
  atomic_flag_clear(&growing);
  return chunk;
}

static void record(int operation, const void *block, size_t size, int log2) {
  int saved = errno;
  uint64_t number = atomic_fetch_add(&header->entries, 1);
  if (number >= header->limit || number >= (uint64_t)MAX_CHUNKS * CHUNK_ENTRIES) {
    end(EFBIG);
  } else {
    struct entry *chunk = atomic_load_explicit(&chunks[number / CHUNK_ENTRIES], memory_order_acquire);
    if (chunk == NULL) {
      chunk = map_chunk(number / CHUNK_ENTRIES);
    }
    if (chunk != NULL) {
      struct entry *entry = &chunk[number % CHUNK_ENTRIES];
      if (thread_number == 0) {
        thread_number = atomic_fetch_add(&header->threads, 1) + 1;
      }
      entry->address = (uint64_t)(uintptr_t)block;
      entry->size = size;
      entry->thread = thread_number - 1;
      entry->log2 = (uint8_t)log2;
      atomic_store_explicit(&entry->operation, (uint8_t)operation, memory_order_release);
    }
  }
  errno = saved;
}

static int is_live(void) {
  return live != NULL && atomic_load_explicit(live, memory_order_relaxed) != 0;
}

static void *created(int operation, void *block, size_t size, int log2) {
  if (block != NULL && is_live()) {
    record(operation, block, size, log2);
  }
  return block;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("HAK_RECORDING");
  if (path == NULL || !find_next()) {
    return;
  }
  file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) {
    return;
  }
  header = mmap(NULL, HEADER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  long page = sysconf(_SC_PAGESIZE);
  void *own = mmap(NULL, (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (header == MAP_FAILED || own == MAP_FAILED || memcmp(header->magic, "HAKRAW01", 8) != 0) {
    return;
  }
  uint32_t process = (uint32_t)getpid();
  uint32_t none = 0;
  if (!atomic_compare_exchange_strong(&header->process, &none, process) && none != process) {
    return; /* another process is recorded */
  }
  if (madvise(own, (size_t)page, MADV_WIPEONFORK) != 0) {
    atomic_store(&header->ended_by, (uint32_t)errno);
    return;
  }
  /* A program executed in place of the first one begins anew: what the first left alive is gone. */
  if (atomic_load(&header->entries) != 0 && ftruncate(file, HEADER_BYTES) != 0) {
    atomic_store(&header->ended_by, (uint32_t)errno);
    return;
  }
  atomic_store(&header->entries, 0);
  atomic_store(&header->threads, 0);
  atomic_store(&header->ended_by, 0);
  live = own;
  atomic_store(live, 1);
}

void *malloc(size_t size) {
  return find_next() ? created(MALLOC, next_malloc(size), size, 0) : early_block(size);
}

void *calloc(size_t count, size_t size) {
  if (find_next()) {
    return created(CALLOC, next_calloc(count, size), count * size, 0);
  }
  return size == 0 || count <= sizeof early / size ? early_block(count * size) : NULL;
}

void free(void *block) {
  if (block == NULL || is_early(block) || !find_next()) {
    return;
  }
  if (is_live()) {
    record(FREE, block, 0, 0);
  }
  next_free(block);
}

void *realloc(void *block, size_t size) {
  if (block == NULL) {
    return malloc(size);
  }
  if (is_early(block)) {
    void *moved = malloc(size);
    size_t most = (size_t)(early + sizeof early - (char *)block);
    return moved == NULL ? NULL : memcpy(moved, block, size < most ? size : most);
  }
  if (!is_live()) {
    return next_realloc(block, size);
  }
  record(REALLOC_BEGIN, block, size, 0);
  void *moved = next_realloc(block, size);
  record(REALLOC_END, moved, size, 0);
  return moved;
}

void *reallocarray(void *block, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) {
    errno = ENOMEM;
    return NULL;
  }
  return realloc(block, count * size);
}

static int is_power_of_two(size_t number) {
  return number != 0 && (number & (number - 1)) == 0;
}

static void *aligned_block(size_t alignment, size_t size) {
  if (!find_next()) {
    return NULL;
  }
  int log2 = is_power_of_two(alignment) ? __builtin_ctzl(alignment) : 64 - __builtin_clzl(alignment | 1);
  return created(ALIGNED, next_memalign(alignment, size), size, log2);
}

void *memalign(size_t alignment, size_t size) {
  return aligned_block(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  if (!is_power_of_two(alignment)) {
    errno = EINVAL;
    return NULL;
  }
  return aligned_block(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  if (!is_power_of_two(alignment) || alignment % sizeof(void *) != 0) {
    return EINVAL;
  }
  int saved = errno;
  void *block = aligned_block(alignment, size);
  errno = saved;
  if (block == NULL) {
    return ENOMEM;
  }
  *place = block;
  return 0;
}

void *valloc(size_t size) {
  return aligned_block((size_t)sysconf(_SC_PAGESIZE), size);
}

void *pvalloc(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return aligned_block(page, (size + page - 1) & ~(page - 1));
}

/* As free, of C23 and of C++'s libraries. */
void free_sized(void *block, size_t size) {
  (void)size;
  free(block);
}

void free_aligned_sized(void *block, size_t alignment, size_t size) {
  (void)alignment;
  (void)size;
  free(block);
}

void cfree(void *block) {
  free(block);
}
