"""L1 and L2 penalties on the weights of a small network."""

import torch
import torch.nn.functional as F

from .container import VectorFile, draw, seed_of
from .network import Network, calibrate, write_batch, write_parameters

INPUTS, HIDDEN, OUTPUTS = 5, 7, 3
BATCHES = (1, 5)
CASES = {"l1": ((0.01, 0), (0.02, 0)), "l2": ((0, 0.01), (0, 0.02)), "l1-l2": ((0.01, 0.002), (0.003, 0.02))}


def forward(network, x):
    return network.dense("dense2", network.activate("tanh", network.dense("dense1", x, HIDDEN)), OUTPUTS)


def head_of(target, penalties):
    def head(network, output):
        weights = [network.leaf(f"dense{ordinal}.weight") for ordinal in (1, 2)]
        penalty = sum(l1 * w.abs().sum() + l2 * w.square().sum() for w, (l1, l2) in zip(weights, penalties))
        losses = F.mse_loss(output, torch.tensor(target, dtype=network.dtype), reduction="none").mean(dim=1)
        return losses, penalty
    return head


def write():
    file = VectorFile("regularization", """
        Weight penalties on two dense layers with a mean squared error. L2 adds λ·Σw² and L1 adds λ·Σ|w| of the layer's
        weight (not of its bias) to the loss once per batch; the derivative of |w| at 0 is 0 (some weights are 0).
        dataLoss is the loss without, loss with the penalties; gradients/ are those of loss.""")
    for case, penalties in CASES.items():
        network = Network(f"{file.name}/{case}")
        calibrate(network, forward, {"input": INPUTS})
        for name in ("dense1.weight", "dense2.weight"):
            network.values[name][0, :2] = 0
        for batch in BATCHES:
            section = f"{case}/batch{batch}"
            target = draw(seed_of(f"{file.name}/{section}/target"), (batch, OUTPUTS))
            write_batch(file, section, network, forward, {"input": INPUTS}, batch, head_of(target, penalties))
            file.given(f"{section}/target", target)
        write_parameters(file, case, network)
        first, second = (", ".join(f"{kind} {value}" for kind, value in zip(("L1", "L2"), pair) if value) for pair in penalties)
        file.describe("case", case, f"Input({INPUTS}), Dense({HIDDEN}, {first}), Tanh, Dense({OUTPUTS}, {second}), "
                                    "MeanSquaredError")
    return [file]
