// Runs a program some times, one after the other, on one processor: from the start of the process to its end.
// Usage: measure RUNS PROGRAM ARGUMENTS...
// Prints the median in milliseconds, the least, and the most memory that was resident at once, in KiB.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    int runs = count > 2 ? atoi(arguments[1]) : 0;
    if (runs < 1) {
        fprintf(stderr, "usage: %s RUNS PROGRAM ARGUMENTS...\n", arguments[0]);
        return 2;
    }

    // The last processor: the first has the most interrupts.
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &processors);
    sched_setaffinity(0, sizeof processors, &processors);

    double *milliseconds = malloc(runs * sizeof(double));
    long resident = 0;
    for (int i = 0; i < runs; i++) {
        struct timespec start, end;
        struct rusage usage;
        int status;
        clock_gettime(CLOCK_MONOTONIC, &start);
        pid_t child = fork();
        if (child == 0) {
            dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
            execv(arguments[2], arguments + 2);
            _exit(127);
        }

        wait4(child, &status, 0, &usage);
        clock_gettime(CLOCK_MONOTONIC, &end);
        if (status != 0) {
            fprintf(stderr, "%s has failed.\n", arguments[2]);
            return 1;
        }

        milliseconds[i] = (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6;
        resident = usage.ru_maxrss > resident ? usage.ru_maxrss : resident;
    }

    qsort(milliseconds, runs, sizeof(double), compare);
    printf("%.1f %.1f %ld\n", milliseconds[runs / 2], milliseconds[0], resident);
    return 0;
}
