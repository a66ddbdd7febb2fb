/* A program to be recorded: calls of known sizes, by its argument. */
#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BASE = 1000000, BLOCKS = 1000 };

static void *handed[BLOCKS];

static void every_call(void) {
  char *a = malloc(BASE + 1);
  char *b = calloc(2, BASE);
  void *c = aligned_alloc(64, BASE + 64);
  void *d = NULL;
  if (posix_memalign(&d, 4096, BASE + 2) != 0 || a == NULL || b == NULL || c == NULL) {
    _exit(9);
  }
  a = realloc(a, BASE + 3);
  b = realloc(b, 0);
  if (b != NULL) {
    _exit(8);
  }
  void *e = realloc(NULL, BASE + 4);
  void *refused = realloc(c, PTRDIFF_MAX);
  if (refused != NULL || malloc(PTRDIFF_MAX) != NULL) {
    _exit(7);
  }
  void *f = memalign(16, BASE + 5);
  free(NULL);
  free(c);
  free(d);
  free(e);
  free(a);
  if (f == NULL) {
    _exit(6);
  }
}

static void *take(void *nothing) {
  for (int i = 0; i < BLOCKS; i++) {
    free(handed[i]);
  }
  return nothing;
}

static void *churn(void *seed) {
  uint32_t random = (uint32_t)(uintptr_t)seed;
  void *blocks[64] = {0};
  for (int i = 0; i < 200000; i++) {
    random = random * 1664525u + 1013904223u;
    void **block = &blocks[random >> 26];
    if ((random & 0xC000) == 0) {
      *block = realloc(*block, 1 + (random >> 4 & 0x3FF));
    } else if (*block == NULL) {
      *block = malloc(1 + (random >> 4 & 0x3FF));
    } else {
      free(*block);
      *block = NULL;
    }
  }
  return NULL;
}

int main(int count, char **arguments) {
  const char *what = count > 1 ? arguments[1] : "";
  if (strcmp(what, "every") == 0) {
    every_call();
  } else if (strcmp(what, "exec") == 0) {
    free(malloc(BASE + 77));
    execl(arguments[0], arguments[0], "every", (char *)NULL);
    return 5;
  } else if (strcmp(what, "fork") == 0) {
    pid_t child = fork();
    if (child == 0) {
      free(malloc(BASE + 66));
      execl(arguments[0], arguments[0], "every", (char *)NULL);
      _exit(4);
    }
    int status;
    waitpid(child, &status, 0);
    free(malloc(BASE + 88));
    return WEXITSTATUS(status);
  } else if (strcmp(what, "kill") == 0) {
    free(malloc(BASE + 99));
    raise(SIGKILL);
  } else if (strcmp(what, "hand") == 0) {
    for (int i = 0; i < BLOCKS; i++) {
      handed[i] = malloc(BASE + (size_t)i);
    }
    pthread_t thread;
    pthread_create(&thread, NULL, take, NULL);
    pthread_join(thread, NULL);
  } else if (strcmp(what, "churn") == 0) {
    pthread_t threads[4];
    for (uintptr_t i = 0; i < 4; i++) {
      pthread_create(&threads[i], NULL, churn, (void *)(i + 1));
    }
    for (int i = 0; i < 4; i++) {
      pthread_join(threads[i], NULL);
    }
  }
  return 3;
}
