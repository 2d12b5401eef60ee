#!/usr/bin/env bash
# Installs the peers that `compare` runs beside StaticNet (Debian or Ubuntu, x64):
#   ONNX Runtime, the C library inside the npm package, into benchmarks/peers/onnxruntime (ignored by git);
#   PyTorch for CPU, the distribution's package, for the system's /usr/bin/python3.
# Usage: benchmarks/peers/setup.sh [onnxruntime|pytorch]        (both without an argument)
set -euo pipefail
cd "$(dirname "$0")"

onnxruntime_version=1.30.0
library=onnxruntime/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1

install_onnxruntime() {
    if [ ! -e "$library" ]; then
        mkdir -p onnxruntime
        # The install script would fetch CUDA libraries; the CPU library is in the package itself.
        npm install --prefix onnxruntime --ignore-scripts --no-save --no-audit --no-fund "onnxruntime-node@$onnxruntime_version"
    fi
    test -e "$library"
    echo "ONNX Runtime: $PWD/$library"
}

install_pytorch() {
    if ! /usr/bin/python3 -c 'import torch' 2>/dev/null; then
        local root=()
        [ "$(id -u)" = 0 ] || root=(sudo)
        "${root[@]}" apt-get update
        # The default is a BLAS without kernels for current processors; the OpenBLAS build with threads is PyTorch at its best.
        "${root[@]}" apt-get install --yes --no-install-recommends python3-torch libopenblas0-pthread
    fi
    echo "PyTorch: $(/usr/bin/python3 -c 'import torch; print(torch.__version__)')"
}

case "${1:-all}" in
    onnxruntime) install_onnxruntime ;;
    pytorch) install_pytorch ;;
    all) install_pytorch; install_onnxruntime ;;
    *) echo "usage: $0 [onnxruntime|pytorch]" >&2; exit 2 ;;
esac
