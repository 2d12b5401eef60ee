#!/usr/bin/python3
"""Makes the reference vectors of this folder with PyTorch in double precision.

    apt-get install --no-install-recommends python3-torch libopenblas0-pthread
    /usr/bin/python3 make_vectors.py            writes *.safetensors
    /usr/bin/python3 make_vectors.py --check    compares them with what would be written

Another processor or PyTorch may sum in another order, so that remaking changes last digits: --check allows 1e-12 of each
tensor's largest element, 1e-7 where references are kept rounded, and nothing in givens, indices and metadata.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from making import activations, graphs, images, losses, mlp, optimizers, regularization
from making.container import read_tensors

FOLDER = Path(__file__).parent


def differences(committed, remade, rounded):
    old, old_metadata = read_tensors(committed)
    new, new_metadata = read_tensors(remade)
    if old_metadata != new_metadata:
        yield "metadata"
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new or old[name].shape != new[name].shape or old[name].dtype != new[name].dtype:
            yield name
        elif old[name].dtype == np.float64:
            if np.abs(old[name] - new[name]).max() > 1e-12 * np.abs(old[name]).max():
                yield name
        elif name in rounded:
            if np.abs(old[name] - new[name]).max() > 1e-7 * np.abs(old[name]).max():
                yield name
        elif not np.array_equal(old[name], new[name]):
            yield name


def main():
    torch.set_num_threads(1)
    check = sys.argv[1:] == ["--check"]
    failed = False
    for module in (mlp, activations, graphs, losses, regularization, optimizers, images):
        for file in module.write():
            path = FOLDER / f"{file.name}.safetensors"
            data = file.to_bytes()
            if check:
                changed = list(differences(path.read_bytes(), data, file.rounded))
                failed |= bool(changed)
                print(f"{path.name}: {'as committed' if not changed else 'differs in ' + ', '.join(changed)}")
            else:
                path.write_bytes(data)
                print(f"{path.name}: {len(file.tensors)} tensors, {len(data):,} bytes")
    sys.exit(failed)


if __name__ == "__main__":
    main()
