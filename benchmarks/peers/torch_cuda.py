"""Runs PyTorch's work on a GPU, on command, as torch_training.py does on the CPU.

Commands come on standard input, one a line; each is answered by one line on standard output.

    train {"layers": [...], "input": [784], "channels_last": false, "loss": "softmax_cross_entropy", "batch": 128,
           "precision": "tensor_float32", "graph": false}
        -> ok
    product {"rows": 4096, "terms": 4096, "columns": 4096, "precision": "b_float16"}
        -> ok
    run 50
        -> the microseconds that each of 50 training steps on one batch, or matrix products, took until the GPU had done them

Everything is on the GPU before the clock starts. With "graph" a step is captured as a CUDA graph once and launched from then on.
"""

import gc
import json
import sys
import time

import torch

import torch_training

DEVICE = "cuda"
WARM_UP_STEPS = 5


def set_precision(precision):
    """What products and convolutions of float32 tensors are computed in."""
    torch.backends.cuda.matmul.allow_tf32 = precision == "tensor_float32"
    torch.backends.cudnn.allow_tf32 = precision == "tensor_float32"
    torch.backends.cudnn.benchmark = True


class Work:
    def run(self, calls):
        # The other side has had the GPU since the last run.
        self.repeat(1 + calls // 4)
        start = time.perf_counter()
        self.repeat(calls)
        return (time.perf_counter() - start) / calls * 1e6

    def repeat(self, calls):
        for _ in range(calls):
            self.call()
        torch.cuda.synchronize()


class Training(Work):
    def __init__(self, precision, graph, **settings):
        set_precision(precision)
        self.training = torch_training.Training(threads=1, **settings)
        self.training.network.to(DEVICE)
        self.training.optimizer = self.fastest_optimizer()
        self.training.refresh(1)
        self.batch = [tensor.to(DEVICE) for tensor in self.training.pool[0]]
        self.call = self.captured() if graph else self.eager

    def fastest_optimizer(self):
        try:
            return self.training.make_optimizer(fused=True)
        except (TypeError, RuntimeError):  # Older versions update parameter by parameter, or in groups.
            return self.training.make_optimizer()

    def eager(self):
        self.training.step(*self.batch)

    def captured(self):
        """As PyTorch's notes on CUDA graphs have it: warm up on another stream, capture, launch."""
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(WARM_UP_STEPS):
                self.eager()
        torch.cuda.current_stream().wait_stream(stream)
        self.training.optimizer.zero_grad(set_to_none=True)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.eager()
        return self.graph.replay


class Product(Work):
    def __init__(self, rows, terms, columns, precision):
        set_precision(precision)
        kind = {"float32": torch.float32, "tensor_float32": torch.float32, "b_float16": torch.bfloat16}[precision]
        self.left, self.right = (torch.rand(*shape, device=DEVICE).sub_(0.5).to(kind) for shape in ((rows, terms), (terms, columns)))
        self.result = torch.empty(rows, columns, device=DEVICE, dtype=kind)

    def call(self):
        torch.matmul(self.left, self.right, out=self.result)


def main():
    torch.manual_seed(1)
    gc.disable()
    if not torch.cuda.is_available():
        sys.exit(f"PyTorch {torch.__version__} of {sys.executable} has no GPU.")
    print(f"{torch.__version__} on {torch.cuda.get_device_name()}", flush=True)
    work = None
    for line in sys.stdin:
        command, argument = line.split(maxsplit=1)
        if command == "run":
            print(work.run(int(argument)), flush=True)
        else:
            work = None
            torch.cuda.empty_cache()
            work = {"train": Training, "product": Product}[command](**json.loads(argument))
            print("ok", flush=True)


if __name__ == "__main__":
    main()
