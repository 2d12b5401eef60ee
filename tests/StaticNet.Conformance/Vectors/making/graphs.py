"""Networks that are no chain: several inputs, skips, gates, values with several consumers."""

import torch

from .container import VectorFile
from .network import write_case

BATCHES = (1, 3, 17)


def concat(network, user, item):
    left = network.activate("tanh", network.dense("dense1", user, 9))
    right = network.activate("tanh", network.dense("dense2", item, 7))
    return network.dense("dense3", torch.cat([left, right], dim=1), 5)


def residual(network, x):
    skip = network.activate("relu", network.dense("dense1", x, 15))
    return network.dense("dense3", network.activate("relu", network.dense("dense2", skip, 15) + skip), 3)


def gating(network, x):
    value = network.dense("dense1", x, 9)
    gate = network.activate("sigmoid", network.dense("dense2", x, 9))
    return network.dense("dense3", gate * value, 4)


def fan_out(network, x):
    h = network.activate("tanh", network.dense("dense1", x, 7))
    branches = [network.dense(f"dense{ordinal}", h, width) for ordinal, width in ((2, 5), (3, 3), (4, 9))]
    return network.dense("dense5", network.activate("tanh", torch.cat(branches, dim=1)), 3)


def input_twice(network, x):
    h = network.activate("tanh", network.dense("dense1", x, 6))
    return network.dense("dense2", torch.cat([h + x, x], dim=1), 5)


def square(network, x):
    h = network.dense("dense1", x, 7)
    return network.dense("dense2", h * h, 3)


def write():
    file = VectorFile("graphs", """
        Graphs of dense layers, differentiated from a given gradient of the output. Add(a) and Multiply(a) combine the value
        so far with a; Concat(a, b) puts its operands side by side in the order named. With several inputs the tensors are
        input.NAME and inputGradient.NAME.""")
    x = {"input": 12}
    cases = [
        ("concat", concat, {"input.user": 8, "input.item": 16},
         "user: Input(8), Dense(9), Tanh; item: Input(16), Dense(7), Tanh; Concat(user, item), Dense(5)"),
        ("residual", residual, x,
         "Input(12), Dense(15), Relu as skip, Dense(15), Add(skip), Relu, Dense(3)"),
        ("gating", gating, x,
         "Input(12) as x, Dense(9) as value; from x: Dense(9), Sigmoid, Multiply(value), Dense(4)"),
        ("fan-out", fan_out, x,
         "Input(12), Dense(7), Tanh as h; from h: Dense(5) as a; from h: Dense(3) as b; from h: Dense(9) as c; "
         "Concat(a, b, c), Tanh, Dense(3)"),
        ("input-twice", input_twice, {"input": 6},
         "Input(6) as x, Dense(6), Tanh, Add(x) as h, Concat(h, x), Dense(5)"),
        ("square", square, x,
         "Input(12), Dense(7) as h, Multiply(h, h), Dense(3)"),
    ]
    for case, forward, widths, declaration in cases:
        write_case(file, case, declaration, forward, widths, BATCHES)
    return [file]
