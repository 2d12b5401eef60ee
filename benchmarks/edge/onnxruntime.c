// The peer of samples/EdgeDigits: the same digit by ONNX Runtime's C library. Prints the same line; with --repeat N, how long a run takes
// after the first. The functions are taken from the table by their places, which never change (onnxruntime_c_api.h).
// Usage: onnxruntime MODEL [--repeat N] FILE, a PGM (P5) of 28 x 28 pixels
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PIXELS = 784, CLASSES = 10, WARNINGS = 2, ALL_OPTIMIZATIONS = 99, FLOATS = 1 };

typedef void *status;
typedef struct { void **(*get_api)(uint32_t); const char *(*get_version)(void); } api_base;
const api_base *OrtGetApiBase(void);

static void **api;

static void check(status s) {
    if (s) {
        fprintf(stderr, "%s\n", ((const char *(*)(status))api[2])(s));
        exit(1);
    }
}

static void *run(void *session, void *input, void *output) {
    const char *inputs[] = { "input" }, *outputs[] = { "output" };
    check(((status (*)(void *, void *, const char **, void **, size_t, const char **, size_t, void **))api[9])(
        session, NULL, inputs, &input, 1, outputs, 1, &output));
    return output;
}

static void *tensor(void *memory, float *values, size_t count, const int64_t *shape, size_t rank) {
    void *value = NULL;
    check(((status (*)(void *, void *, size_t, const int64_t *, size_t, int, void **))api[49])(
        memory, values, count * sizeof(float), shape, rank, FLOATS, &value));
    return value;
}

static void read_digit(const char *file, float *pixels) {
    unsigned char bytes[PIXELS];
    int width, height, white;
    FILE *stream = fopen(file, "rb");
    if (!stream || fscanf(stream, "P5 %d %d %d", &width, &height, &white) != 3 || width * height != PIXELS || fgetc(stream) == EOF
        || fread(bytes, 1, PIXELS, stream) != PIXELS) {
        fprintf(stderr, "%s is no PGM file of a digit.\n", file);
        exit(1);
    }

    fclose(stream);
    for (int i = 0; i < PIXELS; i++) pixels[i] = bytes[i] / (float)white;
}

int main(int count, char **arguments) {
    int repetitions = count == 5 && !strcmp(arguments[2], "--repeat") ? atoi(arguments[3]) : 0;
    if (count != 3 && repetitions == 0) {
        fprintf(stderr, "usage: %s MODEL [--repeat N] FILE\n", arguments[0]);
        return 2;
    }

    api = OrtGetApiBase()->get_api(17);
    void *environment, *options, *session, *memory;
    check(((status (*)(int, const char *, void **))api[3])(WARNINGS, "edge", &environment));
    check(((status (*)(void **))api[10])(&options));
    check(((status (*)(void *, int))api[23])(options, ALL_OPTIMIZATIONS));
    check(((status (*)(void *, int))api[24])(options, 1));
    check(((status (*)(void *, int))api[25])(options, 1));
    check(((status (*)(void *, const char *, void *, void **))api[7])(environment, arguments[1], options, &session));
    check(((status (*)(int, int, void **))api[69])(0, 0, &memory));

    const char *file = arguments[count - 1];
    float pixels[PIXELS], probabilities[CLASSES];
    read_digit(file, pixels);
    void *input = tensor(memory, pixels, PIXELS, (int64_t[]){ 1, 28, 28, 1 }, 4);
    void *output = tensor(memory, probabilities, CLASSES, (int64_t[]){ 1, CLASSES }, 2);
    run(session, input, output);

    int digit = 0;
    for (int i = 1; i < CLASSES; i++) if (probabilities[i] > probabilities[digit]) digit = i;
    printf("%s: %d (%.2f %%)\n", file, digit, 100 * probabilities[digit]);

    if (repetitions > 0) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int i = 0; i < repetitions; i++) run(session, input, output);
        clock_gettime(CLOCK_MONOTONIC, &end);
        double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
        printf("%.1f µs each time\n", seconds / repetitions * 1e6);
    }

    return 0;
}
