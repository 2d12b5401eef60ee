#!/usr/bin/python3
"""Writes a small network's weights as Keras lays them out in HDF5, and what it predicts: keras_model.py 2|3 FOLDER
Keras itself is not needed: the network is computed here, in double precision, by its definition."""

import sys
from pathlib import Path

import h5py
import numpy as np

from safetensors_format import write

EPSILON = 1e-3


def convolve(x, kernel, bias):
    """Valid, [height, width, in, out]."""
    h, w = kernel.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (h, w), axis=(1, 2))  # batch, y, x, in, h, w
    return np.einsum("byxihw,hwio->byxo", windows, kernel) + bias


def depthwise(x, kernel, bias):
    """Valid, [height, width, in, 1]."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("byxihw,hwi->byxi", windows, kernel[..., 0]) + bias


def main(version, folder):
    random = np.random.default_rng(1)
    draw = lambda *shape: random.uniform(-1, 1, shape).astype(np.float32)
    weights = {
        "conv2d": {"kernel": draw(3, 3, 2, 5), "bias": draw(5)},
        "batch_normalization": {
            "gamma": draw(5), "beta": draw(5), "moving_mean": draw(5), "moving_variance": np.abs(draw(5)) + np.float32(0.1)},
        "depthwise_conv2d": {"depthwise_kernel": draw(2, 2, 5, 1), "bias": draw(5)},
        "dense": {"kernel": draw(3 * 2 * 5, 6), "bias": draw(6)},
        "dense_1": {"kernel": draw(6, 6), "bias": draw(6)},
    }
    with h5py.File(folder / "model.h5", "w") as file:
        for layer, tensors in weights.items():
            for i, (name, value) in enumerate(tensors.items()):
                file[f"model_weights/{layer}/{layer}/{name}:0" if version == "2" else f"layers/{layer}/vars/{i}"] = value
        file["optimizer_weights/m:0" if version == "2" else "optimizer/vars/0"] = draw(3)
        if version == "3":
            file["layers/dropout/seed_generator/vars/0"] = np.arange(2, dtype=np.uint32)

    w = {layer: {name: value.astype(np.float64) for name, value in tensors.items()} for layer, tensors in weights.items()}
    images = draw(3, 6, 5, 2)
    x = convolve(images.astype(np.float64), **w["conv2d"])
    norm = w["batch_normalization"]
    x = (x - norm["moving_mean"]) / np.sqrt(norm["moving_variance"] + EPSILON) * norm["gamma"] + norm["beta"]
    x = np.tanh(depthwise(np.tanh(x), w["depthwise_conv2d"]["depthwise_kernel"], w["depthwise_conv2d"]["bias"]))
    x = np.tanh(x.reshape(len(x), -1) @ w["dense"]["kernel"] + w["dense"]["bias"])
    write(folder / "KerasNetwork.samples.safetensors", {"input": images, "output": x @ w["dense_1"]["kernel"] + w["dense_1"]["bias"]})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
