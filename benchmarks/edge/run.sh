#!/usr/bin/env bash
# Compares samples/EdgeDigits, published as a native executable, with the same network in ONNX Runtime's C library, in a C program: one image,
# one processor, one thread. Prints a table. Needs gcc and zlib's development files, and `benchmarks/peers/setup.sh onnxruntime`.
# Usage: benchmarks/edge/run.sh [RUNS [INSTRUCTION_SET]]        (30 runs, and what the package sets, without an argument)
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-30}
repetitions=2000
digit=samples/EdgeDigits/digits/seven.pgm
weights=samples/EdgeDigits/mnist.safetensors
library=$PWD/benchmarks/peers/onnxruntime/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1
[ -e "$library" ] || { echo "ONNX Runtime is not there: benchmarks/peers/setup.sh onnxruntime"; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dotnet publish samples/EdgeDigits -r linux-x64 -c Release -o "$scratch/edge" -v q -nologo ${2:+-p:IlcInstructionSet="$2"} >&2
dotnet run --project samples/Mnist -c Release -- --model cnn --load "$weights" --onnx "$scratch/mnist.onnx" >&2
gcc -O2 benchmarks/edge/measure.c -o "$scratch/measure"
gcc -O2 benchmarks/edge/onnxruntime.c "$library" -Wl,-rpath,"$(dirname "$library")" -o "$scratch/onnxruntime"

ours=("$scratch/edge/EdgeDigits")
theirs=("$scratch/onnxruntime" "$scratch/mnist.onnx")
answer=$("${ours[@]}" "$digit")
[ "$answer" = "$("${theirs[@]}" "$digit")" ] || { echo "They disagree."; exit 1; }
echo "$answer" >&2

# By turns, so that a busy minute meets both; the better of three medians.
best() {
    sort -n | head -n 1
}
for round in 1 2 3; do
    "$scratch/measure" "$runs" "${ours[@]}" "$digit" >>"$scratch/ours"
    "$scratch/measure" "$runs" "${theirs[@]}" "$digit" >>"$scratch/theirs"
    taskset -c $(($(nproc) - 1)) "${ours[@]}" --repeat "$repetitions" "$digit" | sed -n 's/ µs.* and \(.*\) bytes.*/ \1/p' >>"$scratch/ours.warm"
    taskset -c $(($(nproc) - 1)) "${theirs[@]}" --repeat "$repetitions" "$digit" | sed -n 's/ µs.*//p' >>"$scratch/theirs.warm"
done
read -r start _ resident < <(best <"$scratch/ours")
read -r peer_start _ peer_resident < <(best <"$scratch/theirs")
read -r warm bytes < <(best <"$scratch/ours.warm")
read -r peer_warm < <(best <"$scratch/theirs.warm")

# megabytes LESS FILE...: their size, less so many bytes.
megabytes() {
    local size less=$1
    shift
    size=$(($(cat "$@" | wc -c) - less))
    awk -v size="$size" 'BEGIN { printf "%.1f", size / 1e6 }'
}
cat <<TABLE
| | EdgeDigits | ONNX Runtime, C |
|-|-:|-:|
| executable and libraries without weights, MB | $(megabytes "$(stat -c %s "$weights")" "$scratch/edge/EdgeDigits") | $(megabytes 0 "$scratch/onnxruntime" "$library") |
| weights, MB | $(megabytes 0 "$weights") | $(megabytes 0 "$scratch/mnist.onnx") |
| from the start of the process to its end, one image, ms | $start | $peer_start |
| most memory that is resident, MiB | $(awk -v k="$resident" 'BEGIN { printf "%.1f", k / 1024 }') | $(awk -v k="$peer_resident" 'BEGIN { printf "%.1f", k / 1024 }') |
| each further prediction, µs | $warm | $peer_warm |
| managed memory allocated by it, bytes | $bytes | |
TABLE
