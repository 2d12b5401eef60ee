"""The two digit classifiers: everything of one step at three batch sizes, and ten steps of momentum SGD."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

from .container import VectorFile, draw, draw_indices, seed_of
from .network import KINK_MARGIN, Network, evaluate, well_conditioned

INPUTS, CLASSES = 784, 10
BATCHES = (1, 3, 32)
STEPS, STEP_BATCH = 10, 32
LEARNING_RATE, MOMENTUM = 0.01, 0.9


def forward_of(hidden):
    def forward(network, x):
        network.hidden = network.dense("dense1", x, hidden)
        network.hidden.retain_grad()
        return network.dense("dense2", network.activate("relu", network.hidden), CLASSES)
    return forward


def cross_entropy(targets):
    return lambda network, output: F.cross_entropy(output, torch.tensor(targets), reduction="none")


def write_batch(file, case, network, forward, batch):
    """The gradient of dense1.weight is kept as its two factors: the input and the gradient at the layer's output."""
    section = f"{case}/batch{batch}"
    targets = draw_indices(seed_of(f"{section}/target"), (batch,), CLASSES)
    for attempt in itertools.count():
        seed = seed_of(f"{section}/input", attempt)
        inputs = {"input": draw(seed, (batch, INPUTS))}
        results = evaluate(network, forward, inputs, cross_entropy(targets))
        hidden_gradient = network.hidden.grad.numpy()
        if well_conditioned(network, forward, inputs, cross_entropy(targets), results):
            break
    file.generated(f"{section}/input", seed, (batch, INPUTS))
    file.indices(f"{section}/target", targets)
    weight_gradient = results.pop("gradients/dense1.weight")
    product = hidden_gradient.T @ inputs["input"].astype(np.float64)
    assert np.abs(product - weight_gradient).max() <= 1e-14 * np.abs(weight_gradient).max()
    file.reference(f"{section}/hiddenGradient", hidden_gradient)
    file.product(f"{section}/gradients/dense1.weight", f"{section}/hiddenGradient", f"{section}/input")
    for name, values in results.items():
        file.reference(f"{section}/{name}", values)


def write_steps(file, case, network, forward):
    """Ten steps, each on its own batch, redrawn until no hidden unit of any sample is near its kink."""
    network.begin(torch.float64)
    parameters = {name: network.leaf(name) for name in network.values}
    optimizer = torch.optim.SGD(parameters.values(), lr=LEARNING_RATE, momentum=MOMENTUM)
    losses = []
    for step in range(STEPS):
        section = f"{case}/steps/{step}"
        targets = draw_indices(seed_of(f"{section}/target"), (STEP_BATCH,), CLASSES)
        for attempt in itertools.count():
            network.margin = np.inf
            seed = seed_of(f"{section}/input", attempt)
            inputs = draw(seed, (STEP_BATCH, INPUTS))
            output = forward(network, torch.tensor(inputs, dtype=torch.float64))
            if network.margin >= KINK_MARGIN:
                break
        file.generated(f"{section}/input", seed, (STEP_BATCH, INPUTS))
        file.indices(f"{section}/target", targets)
        loss = cross_entropy(targets)(network, output).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    file.reference(f"{case}/steps/losses", losses)
    for name, value in parameters.items():
        file.rounded_reference(f"{case}/steps/updates/{name}", value.detach().numpy() - network.values[name].astype(np.float64))


def write():
    file = VectorFile("mlp", f"""
        Multilayer perceptrons with softmax cross-entropy on class indices, loss = mean over the batch. Inputs and dense
        weights are generated. steps/: {STEPS} steps of SGD with lr {LEARNING_RATE} and momentum {MOMENTUM} (PyTorch's: no
        dampening) from parameters/, step k on steps/k/input and steps/k/target; steps/losses are the losses before each
        step; steps/updates are parameters after the last step minus parameters/, rounded to float32.""")
    for hidden in (128, 500):
        case = f"{INPUTS}-{hidden}-{CLASSES}"
        forward = forward_of(hidden)
        network = Network(f"{file.name}/{case}")
        exponents = {"dense1.weight": -4, "dense1.bias": -2, "dense2.weight": -3, "dense2.bias": -2}
        shapes = {"dense1.weight": (hidden, INPUTS), "dense1.bias": (hidden,),
                  "dense2.weight": (CLASSES, hidden), "dense2.bias": (CLASSES,)}
        for name, shape in shapes.items():
            label = f"{case}/parameters/{name}"
            network.values[name] = file.generated(label, seed_of(label), shape, exponents[name])
        for batch in BATCHES:
            write_batch(file, case, network, forward, batch)
        write_steps(file, case, network, forward)
        file.describe("case", case, f"Input({INPUTS}), Dense({hidden}), Relu, Dense({CLASSES}), SoftmaxCrossEntropy")
    return [file]
