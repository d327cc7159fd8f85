// Runs one command and writes what it cost to a file: wall and processor seconds, peak memory, how it ended.
//
// Why not measure from Python: after fork, Linux counts the parent's memory as the child's peak, so that nothing
// smaller than the interpreter (and the archives it has just written) could be told apart. This parent is 1 MB small.
//
//   measure REPORT COMMAND [ARGUMENT...]

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: measure REPORT COMMAND [ARGUMENT...]\n");
    return 2;
  }
  const double begin = now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
    perror("measure");
    return 2;
  }
  const double wall = now() - begin;
  const int ended = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);

  FILE *report = fopen(argv[1], "w");
  if (report == NULL) {
    perror(argv[1]);
    return 2;
  }
  // A pipeline's peak is that of its largest process: the kernel keeps the maximum of all that were waited for, not the
  // sum.
  fprintf(report, "{\"wall\": %.6f, \"processor\": %.6f, \"peak_bytes\": %ld, \"exit\": %d}\n", wall,
          seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss * 1024, ended);
  return fclose(report) == 0 ? 0 : 2;
}
