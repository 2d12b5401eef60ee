"""Every loss after a dense layer, and on outputs that are exactly where a loss is delicate."""

import numpy as np
import torch
import torch.nn.functional as F

from .container import VectorFile, draw, draw_indices, seed_of
from .network import Network, calibrate, evaluate, well_conditioned, write_batch, write_parameters

INPUTS, WIDTH = 5, 7
BATCHES = (1, 5)
LOG_FLOOR, PROBABILITY_FLOOR = -100.0, 1e-12
SMOOTHING = 0.1


class ClampedNegativeLog(torch.autograd.Function):
    """−max(log p, −100) with the derivative −1 / max(p, 10⁻¹²): what PyTorch's binary cross-entropy does, for one class."""

    @staticmethod
    def forward(context, p):
        context.save_for_backward(p)
        return -torch.clamp(torch.log(p), min=LOG_FLOOR)

    @staticmethod
    def backward(context, gradient):
        (p,) = context.saved_tensors
        return -gradient / torch.clamp(p, min=PROBABILITY_FLOOR)


def per_sample(loss, **options):
    """PyTorch's element-wise loss, averaged over the elements of each sample."""
    return lambda output, target: loss(output, target, reduction="none", **options).mean(dim=1)


def cross_entropy(**options):
    return lambda output, target: F.cross_entropy(output, target, reduction="none", **options)


def categorical(output, target):
    one_hot = F.one_hot(target, output.shape[1]).to(output.dtype) if target.dtype == torch.int64 else target
    return (one_hot * ClampedNegativeLog.apply(output)).sum(dim=1)


# case → (declaration, activation before the loss, kind of target, loss per sample, whether it has a kink at the target)
LOSSES = {
    "mean-squared-error": ("MeanSquaredError", None, "vector", per_sample(F.mse_loss), False),
    "mean-squared-error-half": ("MeanSquaredError, ½ form", None, "vector",
                                lambda output, target: 0.5 * per_sample(F.mse_loss)(output, target), False),
    "mean-absolute-error": ("MeanAbsoluteError", None, "vector", per_sample(F.l1_loss), True),
    "huber": ("Huber(1.0)", None, "vector", per_sample(F.huber_loss, delta=1.0), False),
    "huber-0.25": ("Huber(0.25)", None, "vector", per_sample(F.huber_loss, delta=0.25), False),
    "binary-cross-entropy": ("BinaryCrossEntropy from probabilities", "sigmoid", "bits",
                             per_sample(F.binary_cross_entropy), False),
    "binary-cross-entropy-soft": ("BinaryCrossEntropy from probabilities, targets in [0, 1]", "sigmoid", "fractions",
                                  per_sample(F.binary_cross_entropy), False),
    "binary-cross-entropy-from-logits": ("BinaryCrossEntropy from logits", None, "bits",
                                         per_sample(F.binary_cross_entropy_with_logits), False),
    "categorical-cross-entropy-index": ("CategoricalCrossEntropy from probabilities, class-index targets", "softmax",
                                        "index", categorical, False),
    "categorical-cross-entropy-one-hot": ("CategoricalCrossEntropy from probabilities, one-hot targets", "softmax",
                                          "one-hot", categorical, False),
    "softmax-cross-entropy-index": ("SoftmaxCrossEntropy, class-index targets", None, "index", cross_entropy(), False),
    "softmax-cross-entropy-one-hot": ("SoftmaxCrossEntropy, one-hot targets", None, "one-hot", cross_entropy(), False),
    "softmax-cross-entropy-soft": ("SoftmaxCrossEntropy, targets are distributions", None, "distribution",
                                   cross_entropy(), False),
    "softmax-cross-entropy-index-smoothing": (f"SoftmaxCrossEntropy, class-index targets, label smoothing {SMOOTHING}",
                                              None, "index", cross_entropy(label_smoothing=SMOOTHING), False),
    "softmax-cross-entropy-one-hot-smoothing": (f"SoftmaxCrossEntropy, one-hot targets, label smoothing {SMOOTHING}",
                                                None, "one-hot", cross_entropy(label_smoothing=SMOOTHING), False),
}


def make_target(kind, label, batch):
    seed = seed_of(f"{label}/target")
    unit = (draw(seed, (batch, WIDTH)) + np.float32(1)) / np.float32(2)
    if kind == "vector":
        return draw(seed, (batch, WIDTH), 1)
    if kind == "bits":
        return (unit >= 0.5).astype(np.float32)
    if kind == "fractions":
        return unit
    if kind == "distribution":  # multiples of 1/64, so that each row is exactly one
        counts = np.floor(unit * 9).astype(np.int64)
        counts[:, 0] = 64 - counts[:, 1:].sum(axis=1)
        return (counts / 64).astype(np.float32)
    classes = draw_indices(seed, (batch,), WIDTH)
    return classes if kind == "index" else np.eye(WIDTH, dtype=np.float32)[classes]


def head_of(loss, target, kinked=False):
    def head(network, output):
        tensor = torch.tensor(target) if target.dtype == np.int64 else torch.tensor(target, dtype=network.dtype)
        if kinked:
            network.near(output - tensor, 0.0)
        return loss(output, tensor)
    return head


def write_target(file, name, target):
    (file.indices if target.dtype == np.int64 else file.given)(name, target)


def forward_of(activation):
    def forward(network, x):
        x = network.dense("dense1", x, WIDTH)
        return network.activate(activation, x) if activation else x
    return forward


def write_drawn(file, case):
    declaration, activation, kind, loss, kinked = LOSSES[case]
    network = Network(f"{file.name}/{case}")
    calibrate(network, forward_of(activation), {"input": INPUTS}, exponent=1)
    for batch in BATCHES:
        section = f"{case}/batch{batch}"
        target = make_target(kind, f"{file.name}/{section}", batch)
        write_batch(file, section, network, forward_of(activation), {"input": INPUTS}, batch,
                    head_of(loss, target, kinked), exponent=1)
        write_target(file, f"{section}/target", target)
    write_parameters(file, case, network)
    link = f", {activation.capitalize()}" if activation else ""
    file.describe("case", case, f"Input({INPUTS}), Dense({WIDTH}){link}, {declaration}")


def exact_cases():
    """case → (the drawn case it is of, inputs, targets). The dense layer before is the identity, so that its output is
    the input to the bit."""
    residuals = np.array([[0, 0.25, -0.25, 1, -1, 2, -2], [0, 0, 0, 0, 0, 0, 0.5]], dtype=np.float32)
    values = np.array([[1, 2, 3, -4, 0.5, -0.5, 0], [1, 1, -1, 0, 0, 8, -8]], dtype=np.float32)
    far = np.array([[1e4, -1e4, 1e4, -1e4, 0, 0, 1e4], [-1e4, 1e4, 0, 0, 1e4, -1e4, -1e4]], dtype=np.float32)
    bits = np.array([[1, 0, 0, 1, 0, 1, 1], [1, 1, 0, 1, 0, 0, 0]], dtype=np.float32)
    logits = np.array([[1e4, -1e4, 0, 0, 0, 0, -1e4], [1e4, -1e4, 0, 0, 0, 0, -1e4], [1e4, 1e4, -1e4, -1e4, 0, 0, 0],
                       [9999, 1e4, 9998, 9997, -1e4, 0, 0], [-1e4] * 7, [1e4] * 7, [0] * 7], dtype=np.float32)
    classes = np.array([0, 1, 0, 2, 6, 3, 5], dtype=np.int64)
    one_hot = np.eye(WIDTH, dtype=np.float32)[classes]
    return {
        "mean-absolute-error-exact": ("mean-absolute-error", values + residuals, values),
        "huber-exact": ("huber", values + residuals, values),
        "huber-0.25-exact": ("huber-0.25", values + residuals, values),
        "binary-cross-entropy-saturated": ("binary-cross-entropy", far, bits),
        "binary-cross-entropy-from-logits-far": ("binary-cross-entropy-from-logits", far, bits),
        "categorical-cross-entropy-index-saturated": ("categorical-cross-entropy-index", logits, classes),
        "categorical-cross-entropy-one-hot-saturated": ("categorical-cross-entropy-one-hot", logits, one_hot),
        "softmax-cross-entropy-index-far": ("softmax-cross-entropy-index", logits, classes),
        "softmax-cross-entropy-one-hot-far": ("softmax-cross-entropy-one-hot", logits, one_hot),
        "softmax-cross-entropy-index-smoothing-far": ("softmax-cross-entropy-index-smoothing", logits, classes),
        "softmax-cross-entropy-one-hot-smoothing-far": ("softmax-cross-entropy-one-hot-smoothing", logits, one_hot),
    }


def write_exact(file, case, of, inputs, target):
    declaration, activation, _, loss, _ = LOSSES[of]
    network = Network(case)
    network.values = {"dense1.weight": np.eye(WIDTH, dtype=np.float32), "dense1.bias": np.zeros(WIDTH, dtype=np.float32)}
    head = head_of(loss, target)
    results = evaluate(network, forward_of(activation), {"input": inputs}, head)
    assert well_conditioned(network, forward_of(activation), {"input": inputs}, head, results), case
    section = f"{case}/batch{len(inputs)}"
    file.given(f"{section}/input", inputs)
    write_target(file, f"{section}/target", target)
    for name, values in results.items():
        file.reference(f"{section}/{name}", values)
    write_parameters(file, case, network)
    link = f", {activation.capitalize()}" if activation else ""
    file.describe("case", case, f"Input({WIDTH}), Dense({WIDTH}) = identity{link}, {declaration}")


def write():
    file = VectorFile("losses", f"""
        One dense layer, its link where the loss takes probabilities, and the loss. sampleLoss is the loss of each sample,
        loss their mean; outputGradient, inputGradient and gradients/ are those of loss. Regression and binary losses are
        means over the elements of a sample; the ½ form is half of that. Huber is ½r² inside delta and delta(|r| − ½delta)
        outside. Categorical losses sum over classes. Losses from probabilities clamp log at {LOG_FLOOR:g}; the gradient with
        respect to a probability is (p − t) / max(p(1 − p), {PROBABILITY_FLOOR:g}) for binary (PyTorch's) and
        −t / max(p, {PROBABILITY_FLOOR:g}) for categorical cross-entropy. The derivative of |r| at 0 is 0. Label smoothing s
        makes targets (1 − s)·t + s / classes.""")
    for case in LOSSES:
        write_drawn(file, case)
    for case, (of, inputs, target) in exact_cases().items():
        write_exact(file, case, of, inputs, target)
    return [file]
