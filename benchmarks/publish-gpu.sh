#!/usr/bin/env bash
# Publishes a folder for a Linux machine (x64) that has an NVIDIA GPU and its driver, and no SDK: run.sh in it runs the tests of
# tests/StaticNet.Cuda.Tests on the GPU, `compare --device cuda` and compute-sanitizer. Both programs share one .NET runtime; they are packed,
# since the folder is to be carried about, and run.sh unpacks them.
# Usage: benchmarks/publish-gpu.sh [FOLDER]        (benchmarks/gpu without an argument)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/benchmarks/gpu}
limit=60000000

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
programs=$scratch/programs

publish() {
    dotnet publish "$root/$1" -c Release -r linux-x64 --self-contained -p:SatelliteResourceLanguages=en -o "$2" -v q -nologo
}

publish tests/StaticNet.Cuda.Tests "$programs"
publish benchmarks/StaticNet.Benchmarks "$scratch/benchmarks"

# The tests bring the runtime and the library; `compare` needs nothing besides. Without its list of dependencies the host takes what is there.
cp "$scratch"/benchmarks/StaticNet.Benchmarks "$scratch"/benchmarks/StaticNet.Benchmarks.{dll,runtimeconfig.json} "$programs"
mkdir "$programs/peers"
cp "$root"/benchmarks/peers/torch_{cuda,training}.py "$programs/peers"
# Symbols of what is generated, and texts for editors.
find "$programs" -name '*.pdb' -size +1M -delete
find "$programs" -name '*.xml' -delete

rm -rf "$folder"
mkdir -p "$folder"
tar -C "$scratch" -cf - programs | gzip -9 >"$folder/programs.tar.gz"
cp "$root/benchmarks/run-gpu.sh" "$folder/run.sh"
git -C "$root" describe --always --dirty >"$folder/commit"

size=$(du -sb "$folder" | cut -f 1)
printf '%s: %d MB, %d MB unpacked\n' "$folder" $((size / 1000000)) $(($(du -sb "$programs" | cut -f 1) / 1000000))
if [ "$size" -gt $limit ]; then
    echo "More than $((limit / 1000000)) MB." >&2
    exit 1
fi
