"""Every activation alone on chosen points, and all of them in one deep network."""

import numpy as np
import torch

from .container import VectorFile, draw, seed_of
from .network import ACTIVATIONS, write_case

ROW_WISE = ("softmax", "log-softmax")
WIDTHS = (17, 33, 15, 29, 7, 31, 19, 25, 11, 37, 21, 9, 27, 23)
DEEP_INPUTS, DEEP_OUTPUTS = 13, 5
BATCHES = (1, 3, 17)


def points():
    """Around zero and the branch points ±3, where exponentials underflow and overflow, and far away."""
    magnitudes = [0, 1e-30, 1e-12, 1e-8, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.25, 0.3, 0.5, 0.6931472, 0.75, 1, 1.25, 1.5,
                  1.75, 2, 2.25, 2.5, 2.9, np.nextafter(np.float32(3), np.float32(0)), 3,
                  np.nextafter(np.float32(3), np.float32(4)), 3.1, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9, 10, 12, 15, 17, 19.9,
                  20.1, 25, 30, 40, 60, 80, 87, 89, 100, 104, 150, 700, 1000, 1e4]
    positive = np.array(magnitudes, dtype=np.float32)
    return np.concatenate([-positive[::-1], positive]).reshape(1, -1)  # −0 and +0 both


def rows():
    """Rows of logits: equal, close, wide, and as far apart as makes all but one exponential underflow."""
    drawn = draw(seed_of("activations/rows"), (6, 9))
    scales = np.array([1e-3, 1, 4, 16, 128, 4096], dtype=np.float32).reshape(6, 1)
    return np.concatenate([
        np.zeros((1, 9)), np.full((1, 9), 1e4), np.full((1, 9), -1e4), drawn * scales,
        np.array([[1e4, -1e4, 0, 1e4, -1e4, 0, 1e4, -1e4, 0], [-1e4, 0, 0, 0, 1e4, 0, 0, 0, 0],
                  [9999, 9998, 9997, 9996, 9995, 9994, 9993, 9992, 9991]])]).astype(np.float32)


def write_points():
    file = VectorFile("activations", """
        One activation on chosen points, no layer before it. Element-wise ones: input (1, points), outputGradient all ones,
        so that inputGradient is the derivative. Softmax and log-softmax work on the rows of (rows, 9). At a branch point
        itself the derivative is the one-sided one PyTorch takes: relu'(0) = 0, leaky-relu'(0) = 0.01, selu'(0) = 1.7581,
        hard-sigmoid'(±3) = 0, hard-swish'(−3) = −0.5, hard-swish'(3) = 1.5. LeakyRelu has slope 0.01, Elu alpha 1,
        Gelu is exact (erf), GeluTanh the tanh form, Softplus has beta 1 and is linear above 20.""")
    for name, (function, _) in ACTIVATIONS.items():
        inputs = rows() if name in ROW_WISE else points()
        gradient = draw(seed_of(f"activations/{name}"), inputs.shape) if name in ROW_WISE else np.ones_like(inputs)
        x = torch.tensor(inputs, dtype=torch.float64, requires_grad=True)
        output = function(x)
        output.backward(torch.tensor(gradient, dtype=torch.float64))
        file.given(f"{name}/input", inputs)
        file.given(f"{name}/outputGradient", gradient)
        file.reference(f"{name}/output", output.detach().numpy())
        file.reference(f"{name}/inputGradient", x.grad.numpy())
    return file


def deep(network, x):
    for ordinal, (kind, width) in enumerate(zip(ACTIVATIONS, WIDTHS), start=1):
        # Small signals keep fourteen layers well conditioned; the piecewise ones need some beyond their branch points.
        size = 2.0 if kind.startswith("hard") else 1.0
        x = network.activate(kind, network.dense(f"dense{ordinal}", x, width, size))
    return network.dense(f"dense{len(WIDTHS) + 1}", x, DEEP_OUTPUTS)


def write_deep():
    file = VectorFile("every-activation", """
        A network with every activation in sequence, each after a dense layer of odd width, differentiated from a given
        gradient of the output. Activations as in activations.safetensors.""")
    names = ["Relu", "LeakyRelu(0.01)", "Elu(1.0)", "Selu", "Gelu (erf)", "Gelu (tanh)", "Silu", "Softplus", "Sigmoid",
             "HardSigmoid", "HardSwish", "Tanh", "Softmax", "LogSoftmax"]
    layers = ", ".join(f"Dense({width}), {name}" for width, name in zip(WIDTHS, names))
    write_case(file, "every-activation", f"Input({DEEP_INPUTS}), {layers}, Dense({DEEP_OUTPUTS})", deep,
               {"input": DEEP_INPUTS}, BATCHES)
    return file


def write():
    return [write_points(), write_deep()]
