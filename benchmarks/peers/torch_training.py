"""Trains multilayer perceptrons with PyTorch on the CPU, on command, so that its timings can alternate with another's.

Commands come on standard input, one a line; each is answered by one line on standard output.

    load {"widths": [784, 128, 10], "hidden": "relu", "loss": "softmax_cross_entropy", "batch": 32, "threads": 1}
        -> ok
    run 50
        -> the microseconds that each of 50 training steps took (forward, backward, momentum SGD)
"""

import gc
import json
import sys
import time

import torch

POOL_BYTES = 16 << 20  # The other side keeps as many inputs, see TrainingData.cs.


class Training:
    def __init__(self, widths, hidden, loss, batch, threads):
        torch.set_num_threads(threads)
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(inputs, outputs), {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[hidden]()]
        self.network = torch.nn.Sequential(*layers[:-1])
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.9)
        self.loss_name = loss
        self.loss = {
            "softmax_cross_entropy": torch.nn.CrossEntropyLoss,
            "binary_cross_entropy": torch.nn.BCEWithLogitsLoss,
            "reconstruction": torch.nn.MSELoss,
        }[loss]()
        self.batch, self.inputs, self.outputs = batch, widths[0], widths[-1]
        self.pool = []

    def refresh(self, steps):
        """Fresh random batches: training on the same few drives the gradients into denormal numbers."""
        count = max(1, min(steps, POOL_BYTES // (4 * self.batch * self.inputs)))
        while len(self.pool) < count:
            inputs = torch.empty(self.batch, self.inputs)
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


main()
