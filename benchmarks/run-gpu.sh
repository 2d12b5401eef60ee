#!/usr/bin/env bash
# Runs StaticNet on this machine's NVIDIA GPU: the tests, the comparison with PyTorch, and compute-sanitizer over the kernels, where it is
# found. What they print goes to the folder results, too. STATICNET_PYTHON names a Python whose PyTorch has the GPU, python3 without.
# Usage: ./run.sh [tests] [compare] [sanitizer]        (all three without an argument)
# The exit code is 1 when anything failed; without a GPU the tests are skipped, and nothing can be compared.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
results=$PWD/results
failed=0

if [ ! -d programs ]; then
    tar -xzf programs.tar.gz || exit 1
fi

mkdir -p "$results"
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export STATICNET_PYTHON=${STATICNET_PYTHON:-$(command -v python3)}

# step NAME COMMAND...
step() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    if ! "$@" 2>&1 | tee "$results/$name.txt"; then
        echo "$name: FAILED"
        failed=1
    fi
}

# Those of the tests that use the GPU; the others run on a virtual one, anywhere. That all are skipped is no failure.
tests() {
    programs/StaticNet.Cuda.Tests --filter-class '*.Gpu*' --ignore-exit-code 8 --no-progress --output Detailed --no-ansi
}

compare() {
    programs/StaticNet.Benchmarks compare --device cuda --json "$results/compare.json"
}

sanitizer() {
    local sanitizer tool
    sanitizer=$(PATH=$PATH:/usr/local/cuda/bin command -v compute-sanitizer)
    if [ -z "$sanitizer" ]; then
        printf '\n== sanitizer\ncompute-sanitizer was not found: it comes with the CUDA toolkit.\n'
        return
    fi

    for tool in memcheck racecheck initcheck synccheck; do
        step "$tool" "$sanitizer" --tool "$tool" --error-exitcode 1 programs/StaticNet.Cuda.Tests --filter-class '*.Gpu*' --ignore-exit-code 8 --no-progress --no-ansi
    done
}

echo "StaticNet $(cat commit), $(date -u +%F)"
[ $# -gt 0 ] || set -- tests compare sanitizer
for part; do
    case $part in
        tests | compare) step "$part" "$part" ;;
        sanitizer) sanitizer ;;
        *) echo "usage: $0 [tests] [compare] [sanitizer]" >&2; exit 2 ;;
    esac
done
exit $failed
