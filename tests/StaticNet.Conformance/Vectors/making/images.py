"""Networks over images: every layer at odd sizes, and whole convolutional networks with ten steps of training."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

from .container import VectorFile, draw, draw_indices, seed_of
from .declarations import DeclaredNetwork
from .image_cases import CONVOLUTIONS, NETWORKS, NORMALIZATIONS, POOLING
from .network import KINK_MARGIN, evaluate, well_conditioned

AGREEMENT = 1e-5  # of convolutional networks
BATCHES = (1, 3, 32)
PERIOD = 5  # large batches repeat so many samples, which keeps files small and divides no size of a tile or a vector
STEPS, STEP_BATCH = 10, 6
LEARNING_RATE, MOMENTUM = 0.05, 0.9


def distinct(batch):
    return min(batch, PERIOD)


def repeat(rows, batch):
    return np.resize(rows, (batch, *rows.shape[1:]))


def write_rows(file, write, name, rows, batch):
    """What is as long as a batch, without its repetitions."""
    assert np.abs(rows - repeat(rows[:distinct(batch)], batch)).max() <= 1e-12 * max(np.abs(rows).max(), 1e-3), name
    write(name, rows[:distinct(batch)])
    if distinct(batch) < batch:
        file.repeated(name, batch)


def generate_rows(file, name, seed, shape, batch):
    file.generated(name, seed, (distinct(batch), *shape))
    if distinct(batch) < batch:
        file.repeated(name, batch)


def write_batch(file, case, network, batch):
    section = f"{case}/batch{batch}"
    target = head = None
    if network.is_classifier:
        target = repeat(draw_indices(seed_of(f"{file.name}/{section}/target"), (distinct(batch),), *network.output_shape), batch)
        head = cross_entropy(target)
        write_rows(file, file.indices, f"{section}/target", target, batch)
    else:
        seed = seed_of(f"{file.name}/{section}/outputGradient")
        head = repeat(draw(seed, (distinct(batch), *network.output_shape)), batch)
        generate_rows(file, f"{section}/outputGradient", seed, network.output_shape, batch)
    for attempt in itertools.count():
        assert attempt < 500, f"{section}: no draw is well conditioned"
        seed = seed_of(f"{file.name}/{section}/input", attempt)
        inputs = {"input": repeat(draw(seed, (distinct(batch), *network.input_shape)), batch)}
        results = evaluate(network, DeclaredNetwork.forward, inputs, head)
        if well_conditioned(network, DeclaredNetwork.forward, inputs, head, results, AGREEMENT):
            break
    generate_rows(file, f"{section}/input", seed, network.input_shape, batch)
    for name, values in results.items():
        if name in ("output", "inputGradient", "outputGradient", "inferenceOutput", "sampleLoss"):
            write_rows(file, file.rounded_reference, f"{section}/{name}", values, batch)
        else:
            file.rounded_reference(f"{section}/{name}", values)


def cross_entropy(targets):
    return lambda network, output: F.cross_entropy(output, torch.tensor(targets), reduction="none")


def write_steps(file, case, network):
    """Ten steps, each on its own batch, redrawn until nothing is near a kink."""
    network.begin(torch.float64)
    parameters = {name: network.leaf(name) for name in network.values if not name.rsplit(".", 1)[-1].startswith("running_")}
    optimizer = torch.optim.SGD(parameters.values(), lr=LEARNING_RATE, momentum=MOMENTUM)
    losses = []
    for step in range(STEPS):
        section = f"{case}/steps/{step}"
        targets = draw_indices(seed_of(f"{file.name}/{section}/target"), (STEP_BATCH,), *network.output_shape)
        before = {name: value.clone() for name, value in network.statistics.items()}
        for attempt in itertools.count():
            assert attempt < 500, f"{section}: no draw is well conditioned"
            network.margin, network.statistics = np.inf, {name: value.clone() for name, value in before.items()}
            seed = seed_of(f"{file.name}/{section}/input", attempt)
            output = network.forward(torch.tensor(draw(seed, (STEP_BATCH, *network.input_shape)), dtype=torch.float64))
            if network.margin >= KINK_MARGIN:
                break
        file.generated(f"{section}/input", seed, (STEP_BATCH, *network.input_shape))
        file.indices(f"{section}/target", targets)
        loss = cross_entropy(targets)(network, output).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    file.rounded_reference(f"{case}/steps/losses", losses)
    for name, value in (parameters | network.statistics).items():
        file.rounded_reference(f"{case}/steps/updates/{name}", value.detach().numpy() - network.values[name].astype(np.float64))


def write_case(file, case, declaration):
    network = DeclaredNetwork(f"{file.name}/{case}", declaration)
    # One value of a channel has no variance.
    for batch in BATCHES[1:] if len(network.input_shape) == 1 and "BatchNorm" in declaration else BATCHES:
        write_batch(file, case, network, batch)
    if network.is_classifier:
        write_steps(file, case, network)
    for name, values in network.values.items():
        if name in network.draws:
            seed, exponent = network.draws[name]
            assert np.array_equal(file.generated(f"{case}/parameters/{name}", seed, values.shape, exponent), values)
        else:
            file.given(f"{case}/parameters/{name}", values)
    file.describe("case", case, declaration)


def write():
    about = f"""
        Networks over images, [height, width, channels], and sequences, [length, channels]. A case's description is its
        declaration. Inputs, outputs and their gradients are in that order, parameters in PyTorch's shapes. References are
        rounded to float32. Batches of 32 repeat {PERIOD} samples. """
    files = []
    for name, cases, more in (
            ("convolutions", CONVOLUTIONS, ""),
            ("pooling", POOLING, "A maximum pool never sees its border, an average pool counts it unless CountPadding is false."),
            ("normalizations", NORMALIZATIONS, """
                output, gradients/ and statistics/ (running statistics after one pass) are those of training mode,
                inferenceOutput is inference mode with the statistics given. The running variance takes the unbiased one."""),
            ("image-networks", NETWORKS, f"""
                steps/: {STEPS} steps of SGD with lr {LEARNING_RATE} and momentum {MOMENTUM} from parameters/, as in mlp;
                steps/updates has the running statistics too.""")):
        file = VectorFile(name, about + more)
        for case, declaration in cases.items():
            write_case(file, case, " ".join(declaration.split()))
        files.append(file)
    return files
