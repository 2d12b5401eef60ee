#!/usr/bin/env bash
# Installs the peers that `compare` runs beside StaticNet (Debian or Ubuntu, x64):
#   ONNX Runtime, the C library inside the npm package, into benchmarks/peers/onnxruntime (ignored by git);
#   PyTorch for CPU, the distribution's package, for the system's /usr/bin/python3.
#   h5py for keras_to_safetensors.py, likewise.
# Usage: benchmarks/peers/setup.sh [onnxruntime|pytorch|h5py]        (all without an argument)
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

# install MODULE PACKAGE...: Debian's packages, unless the module is there.
install() {
    local module=$1 root=()
    shift
    if ! /usr/bin/python3 -c "import $module" 2>/dev/null; then
        [ "$(id -u)" = 0 ] || root=(sudo)
        "${root[@]}" apt-get update
        "${root[@]}" apt-get install --yes --no-install-recommends "$@"
    fi
    echo "$module: $(/usr/bin/python3 -c "import $module; print($module.__version__)")"
}

# The default is a BLAS without kernels for current processors; the OpenBLAS build with threads is PyTorch at its best.
install_pytorch() { install torch python3-torch libopenblas0-pthread; }

install_h5py() { install h5py python3-h5py; }

case "${1:-all}" in
    onnxruntime) install_onnxruntime ;;
    pytorch) install_pytorch ;;
    h5py) install_h5py ;;
    all) install_pytorch; install_h5py; install_onnxruntime ;;
    *) echo "usage: $0 [onnxruntime|pytorch|h5py]" >&2; exit 2 ;;
esac
