#!/usr/bin/python3
"""Turns the weights of a Keras model (.h5, .weights.h5) into safetensors: keras_to_safetensors.py MODEL.h5 WEIGHTS.safetensors
Needs h5py and NumPy (Debian: python3-h5py). Optimizers' state and what is no real number stay behind."""
import json, struct, sys
import h5py, numpy as np

tensors = {}
with h5py.File(sys.argv[1], "r") as file:
    file.visititems(lambda name, node: tensors.update({name.removeprefix("model_weights/"): node[()].astype("<f4")})
                    if isinstance(node, h5py.Dataset) and node.dtype.kind == "f" and not name.startswith("optimizer") else None)
header, end = {"__metadata__": {"format": "keras"}}, 0
for name, tensor in tensors.items():
    header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [end, end := end + tensor.nbytes]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(sys.argv[2], "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + b"".join(np.ascontiguousarray(tensor).tobytes() for tensor in tensors.values()))
