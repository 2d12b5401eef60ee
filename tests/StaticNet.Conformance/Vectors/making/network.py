"""Small networks by layer name, and the cases made of them: parameters, inputs, outputs and all gradients."""

import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F

from .container import draw, seed_of

KINK_MARGIN = 1e-4
AGREEMENT = 5e-6  # max|Δ| ≤ AGREEMENT · max|ref|, per tensor

# name → (function, the points where its derivative jumps)
ACTIVATIONS = {
    "relu": (F.relu, (0.0,)),
    "leaky-relu": (lambda x: F.leaky_relu(x, 0.01), (0.0,)),
    "elu": (lambda x: F.elu(x, 1.0), ()),
    "selu": (F.selu, (0.0,)),
    "gelu": (F.gelu, ()),
    "gelu-tanh": (lambda x: F.gelu(x, approximate="tanh"), ()),
    "silu": (F.silu, ()),
    "softplus": (F.softplus, ()),
    "sigmoid": (torch.sigmoid, ()),
    "hard-sigmoid": (F.hardsigmoid, (-3.0, 3.0)),
    "hard-swish": (F.hardswish, (-3.0, 3.0)),
    "tanh": (torch.tanh, ()),
    "softmax": (lambda x: F.softmax(x, dim=-1), ()),
    "log-softmax": (lambda x: F.log_softmax(x, dim=-1), ()),
}


class Network:
    """Dense layers by name over torch tensors. Parameters are drawn when a layer is first used and then stay; each
    evaluation keeps the distance to the nearest kink it came to, and the running statistics it leaves."""

    def __init__(self, label):
        self.label = label
        self.values = {}
        self.begin(torch.float64)

    def begin(self, dtype):
        self.dtype = dtype
        self.leaves = {}
        self.statistics = {}
        self.is_training = True
        self.margin = math.inf

    def leaf(self, name):
        if name not in self.leaves:
            self.leaves[name] = torch.tensor(self.values[name], dtype=self.dtype, requires_grad=True)
        return self.leaves[name]

    def dense(self, name, x, units, size=1.0):
        """x·Wᵀ + b with W (units, width). The first use, by calibrate, draws both: the weights in the power of two that
        brings the layer's outputs nearest to a root mean square of size, wherever in a network the layer is."""
        if f"{name}.weight" not in self.values:
            weight = draw(seed_of(f"{self.label}/{name}.weight"), (units, x.shape[-1]))
            drawn = F.linear(x, torch.tensor(weight, dtype=self.dtype)).square().mean().sqrt().item()
            self.values[f"{name}.weight"] = np.ldexp(weight, round(math.log2(size / drawn)))
            self.values[f"{name}.bias"] = draw(seed_of(f"{self.label}/{name}.bias"), (units,), -2)
        return F.linear(x, self.leaf(f"{name}.weight"), self.leaf(f"{name}.bias"))

    def activate(self, kind, x):
        function, kinks = ACTIVATIONS[kind]
        for kink in kinks:
            self.near(x, kink)
        return function(x)

    def near(self, x, kink):
        self.margin = min(self.margin, (x.detach() - kink).abs().min().item())


def calibrate(network, forward, widths, exponent=0):
    """Draws the parameters of all layers; gives the network's output width."""
    inputs = [draw(seed_of(f"{network.label}/calibration/{name}"), (64, width), exponent) for name, width in widths.items()]
    return forward(network, *(torch.tensor(values, dtype=network.dtype) for values in inputs)).shape[1]


def evaluate(network, forward, inputs, head, dtype=torch.float64):
    """Outputs, losses and gradients by the names they have in the files. The head is a float32 gradient of the output,
    or a function that gives one loss per sample, or those and a penalty that is added to their mean."""
    network.begin(dtype)
    leaves = {name: torch.tensor(values, dtype=dtype, requires_grad=True) for name, values in inputs.items()}
    output = forward(network, *leaves.values())
    output.retain_grad()
    results = {"output": output}
    if callable(head):
        samples = head(network, output)
        if isinstance(samples, tuple):
            samples, penalty = samples
            results["dataLoss"] = samples.mean()
            results["loss"] = results["dataLoss"] + penalty
        else:
            results["loss"] = samples.mean()
        results["sampleLoss"] = samples
        results["loss"].backward()
        results["outputGradient"] = output.grad
    else:
        output.backward(torch.tensor(head, dtype=dtype))
    for name, leaf in leaves.items():
        results["inputGradient" + name.removeprefix("input")] = leaf.grad
    for name, leaf in network.leaves.items():
        results[f"gradients/{name}"] = leaf.grad
    for name, value in network.statistics.items():
        results[f"statistics/{name}"] = value
    if network.statistics:
        network.statistics, network.is_training = {}, False
        results["inferenceOutput"] = forward(network, *leaves.values())
    return {name: value.detach().double().numpy() for name, value in results.items()}


def well_conditioned(network, forward, inputs, head, results, agreement=AGREEMENT):
    """No kink within the margin, and float32 arithmetic can agree: PyTorch's own does, within a fifth of what is allowed."""
    if network.margin < KINK_MARGIN:
        return False
    single = evaluate(network, forward, inputs, head, torch.float32)
    return all(np.abs(single[name] - value).max() <= agreement / 5 * np.abs(value).max() for name, value in results.items())


def write_batch(file, section, network, forward, widths, batch, head, exponent=0):
    """Draws inputs until they are well conditioned and writes everything about them under the section's name."""
    for attempt in itertools.count():
        assert attempt < 500, f"{section}: no draw is well conditioned"
        inputs = {
            name: draw(seed_of(f"{file.name}/{section}/{name}", attempt), (batch, width), exponent)
            for name, width in widths.items()
        }
        results = evaluate(network, forward, inputs, head)
        if well_conditioned(network, forward, inputs, head, results):
            break
    for name, values in inputs.items():
        file.given(f"{section}/{name}", values)
    if not callable(head):
        file.given(f"{section}/outputGradient", head)
    for name, values in results.items():
        file.reference(f"{section}/{name}", values)


def write_parameters(file, case, network):
    for name, values in network.values.items():
        file.given(f"{case}/parameters/{name}", values)


def write_case(file, case, declaration, forward, widths, batches):
    """A network without a loss, differentiated from given output gradients."""
    network = Network(f"{file.name}/{case}")
    outputs = calibrate(network, forward, widths)
    for batch in batches:
        section = f"{case}/batch{batch}"
        output_gradient = draw(seed_of(f"{file.name}/{section}/outputGradient"), (batch, outputs))
        write_batch(file, section, network, forward, widths, batch, output_gradient)
    write_parameters(file, case, network)
    file.describe("case", case, declaration)
