"""Declarations as they are written in C#, computed by PyTorch: images go from layer to layer as [batch, height, width,
channels] and are turned round for PyTorch inside each of them. Parameters have PyTorch's names and shapes."""

import ast
import math
import re

import torch

from .container import draw, seed_of
from .image_layers import LAYERS, channels_last
from .network import ACTIVATIONS, Network


def kebab(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def read(declaration):
    """The layers of ``Conv2D(4, 3, Stride = 2), Relu``: kind, positional arguments, named arguments. What looks like a
    member of an enumeration, ``Padding.Same``, is the member's name."""
    tree = ast.parse(f"[{declaration}]".replace("true", "True").replace("false", "False"), mode="eval")
    for part in tree.body.elts:
        if isinstance(part, ast.Name):
            yield part.id, [], {}
        else:
            yield part.func.id, [value_of(a) for a in part.args], {k.arg: value_of(k.value) for k in part.keywords}


def value_of(node):
    return node.attr if isinstance(node, ast.Attribute) else ast.literal_eval(node)


class DeclaredNetwork(Network):
    """A network by its declaration, one input."""

    def __init__(self, label, declaration):
        super().__init__(label)
        (kind, shape, options), *layers = read(declaration)
        assert kind == "Input"
        self.is_channels_first = options.get("Layout") == "CHW"
        self.input_shape = tuple(shape)
        self.layers = [layer for layer in layers if layer[0] != "SoftmaxCrossEntropy"]
        self.is_classifier = len(self.layers) < len(layers)
        self.draws = {}
        calibration = draw(seed_of(f"{label}/calibration"), (16, *shape))
        self.output_shape = tuple(self.forward(torch.tensor(calibration, dtype=self.dtype)).shape[1:])

    def forward(self, x):
        values, ordinals = {}, {}
        x = channels_last(x) if self.is_channels_first else x
        values["input"] = x
        for kind, arguments, options in self.layers:
            options = dict(options)
            x = values[options.pop("From")] if "From" in options else x
            name = re.sub("[12]D$", "", kind).lower()
            ordinals[name] = ordinals.get(name, 0) + 1
            name = options.pop("As", f"{name}{ordinals[name]}")
            if kind == "Add":
                x = x + sum(values[other] for other in arguments)
            elif kebab(kind) in ACTIVATIONS:
                x = self.activate(kebab(kind), x)
            else:
                x = LAYERS[kind](self, name, x, *arguments, **options)
            values[name] = x
        return x

    def parameter(self, name, shape, exponent_of=lambda drawn: -2):
        """A leaf, drawn on [−2^e, 2^e) when it is first asked for; e follows from what is drawn on [−1, 1)."""
        if name not in self.values:
            seed = seed_of(f"{self.label}/{name}")
            exponent = exponent_of(torch.tensor(draw(seed, shape), dtype=self.dtype))
            self.draws[name] = (seed, exponent)
            self.values[name] = draw(seed, shape, exponent)
        return self.leaf(name)

    def weighted(self, name, shape, apply, use_bias, biases, weight="weight"):
        """apply(weight, bias) with a weight whose results have a root mean square of about one on first use."""
        drawn = self.parameter(
            f"{name}.{weight}", shape, lambda drawn: -round(math.log2(apply(drawn, None).square().mean().sqrt().item())))
        return apply(drawn, self.parameter(f"{name}.bias", (biases,)) if use_bias else None)

    def statistic(self, name, make):
        """A tensor that layers change as they go in training. It starts over in each evaluation, unless carried on."""
        if name not in self.values:
            self.values[name] = make()
        if name not in self.statistics:
            self.statistics[name] = torch.tensor(self.values[name], dtype=self.dtype)
        return self.statistics[name]

    def near_ties(self, windows):
        """The largest of each window (last dimension) must win clearly. Equal numbers are no danger: they are zeros of
        ReLU, whose gradients go nowhere, wherever they go."""
        if windows.shape[-1] > 1:
            gaps = -windows.detach().topk(2, dim=-1).values.diff(dim=-1)
            gaps = gaps[torch.isfinite(gaps) & (gaps > 0)]
            self.margin = min(self.margin, gaps.min().item() if gaps.numel() else math.inf)
