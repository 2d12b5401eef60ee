"""Trains networks with PyTorch on the CPU, on command, so that its timings can alternate with another's.

Commands come on standard input, one a line; each is answered by one line on standard output.

    load {"layers": [{"kind": "dense", "units": 10}], "input": [784], "channels_last": false,
          "loss": "softmax_cross_entropy", "batch": 32, "threads": 1}
        -> ok
    run 50
        -> the microseconds that each of 50 training steps took (forward, backward, momentum SGD)

Shapes are [features] or [height, width, channels]. Layers are those of Layer.cs.
"""

import gc
import json
import math
import sys
import time

import torch
from torch import nn

POOL_BYTES = 16 << 20  # The other side keeps as many inputs, see TrainingData.cs.


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


def sequence(layers):
    return nn.Sequential(*map(module, layers))


def module(layer):
    kind = layer["kind"]
    if kind == "dense":
        return nn.LazyLinear(layer["units"])
    if kind == "convolution":
        convolution = nn.LazyConv2d(
            layer["filters"], **placed(layer["window"]), groups=layer["groups"], bias=layer["bias"])
        convolution.l2 = layer["l2"]
        return convolution
    if kind == "batch_normalization":
        return nn.LazyBatchNorm2d(eps=layer["epsilon"], momentum=layer["momentum"])
    if kind == "max_pooling":
        return nn.MaxPool2d(**placed(layer["window"]))
    if kind == "average_pooling":
        return nn.AvgPool2d(**placed(layer["window"]))
    if kind == "dropout":
        return nn.Dropout(layer["rate"])
    if kind == "residual":
        return Residual(sequence(layer["body"]), sequence(layer["shortcut"]))
    return {"relu": nn.ReLU, "tanh": nn.Tanh, "flatten": nn.Flatten}[kind]()


def placed(window):
    """TensorFlow's padding, of which the odd cell is at the end, would be a step of its own: symmetric padding is faster."""
    size = window["height"], window["width"]
    padding = (0, 0) if window["padding"] == "valid" else tuple(extent // 2 for extent in size)
    return {"kernel_size": size, "stride": window["stride"], "padding": padding}


class Training:
    def __init__(self, layers, input, channels_last, loss, batch, threads):
        torch.set_num_threads(threads)
        self.input = (batch, input[2], *input[:2]) if len(input) == 3 else (batch, *input)
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.network = sequence(layers)
        with torch.no_grad():
            self.outputs = self.network(torch.zeros(self.input)).shape[1]
        self.network = self.network.to(memory_format=self.format)
        self.optimizer = self.make_optimizer()
        self.loss_name = loss
        self.loss = {
            "softmax_cross_entropy": nn.CrossEntropyLoss,
            "binary_cross_entropy": nn.BCEWithLogitsLoss,
            "reconstruction": nn.MSELoss,
        }[loss]()
        self.batch = batch
        self.pool = []

    def make_optimizer(self, **options):
        """A penalty l2 * sum(w^2) of the loss is a weight decay of 2 * l2."""
        decays = {id(convolution.weight): 2 * convolution.l2
                  for convolution in self.network.modules() if isinstance(convolution, nn.Conv2d)}
        groups = {}
        for parameter in self.network.parameters():
            groups.setdefault(decays.get(id(parameter), 0), []).append(parameter)
        return torch.optim.SGD(
            [{"params": parameters, "weight_decay": decay} for decay, parameters in groups.items()], lr=0.01, momentum=0.9, **options)

    def refresh(self, steps):
        """Fresh random batches: training on the same few drives the gradients into denormal numbers."""
        count = max(1, min(steps, POOL_BYTES // (4 * math.prod(self.input))))
        while len(self.pool) < count:
            inputs = torch.empty(self.input, memory_format=self.format)
            targets = {
                "softmax_cross_entropy": lambda: torch.empty(self.batch, dtype=torch.int64),
                "binary_cross_entropy": lambda: torch.empty(self.batch, self.outputs),
                "reconstruction": lambda: inputs,
            }[self.loss_name]()
            self.pool.append((inputs, targets))
        del self.pool[count:]
        for inputs, targets in self.pool:
            inputs.uniform_()
            if self.loss_name == "softmax_cross_entropy":
                targets.random_(0, self.outputs)
            elif self.loss_name == "binary_cross_entropy":
                targets.random_(0, 2)

    def step(self, inputs, targets):
        # Dropping the gradients is faster than zeroing them.
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.network(inputs), targets).backward()
        self.optimizer.step()

    def run(self, steps):
        self.refresh(steps)
        batches = self.pool * (steps // len(self.pool) + 1)
        # The other side has had the caches and the branch predictor since the last run.
        self.repeat(batches[:1 + steps // 4])
        start = time.perf_counter()
        self.repeat(batches[:steps])
        return (time.perf_counter() - start) / steps * 1e6

    def repeat(self, batches):
        for inputs, targets in batches:
            self.step(inputs, targets)


def main():
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    gc.disable()
    print(torch.__version__, flush=True)
    training = None
    for line in sys.stdin:
        command, argument = line.split(maxsplit=1)
        if command == "load":
            training = Training(**json.loads(argument))
            print("ok", flush=True)
        else:
            print(training.run(int(argument)), flush=True)


if __name__ == "__main__":
    main()
