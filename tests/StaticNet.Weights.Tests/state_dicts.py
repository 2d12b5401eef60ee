#!/usr/bin/python3
"""State dictionaries of the reference networks, as people write them with PyTorch, with random weights and what they predict.

    state_dicts.py make FOLDER     writes NAME.safetensors (float32) and NAME.samples.safetensors: input [batch, height, width,
                                   channels] and output, computed in double precision
    state_dicts.py check FOLDER    loads NAME.back.safetensors, which must be the same numbers under the same names, and predicts

Needs PyTorch and NumPy."""

import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from safetensors_format import read, write

TOLERANCE = 1e-5


class SameUpper(nn.Conv2d):
    """TensorFlow's padding: just enough, the odd cell at the end."""

    def forward(self, x):
        totals = [max((math.ceil(n / s) - 1) * s + k - n, 0) for n, s, k in zip(x.shape[2:], self.stride, self.kernel_size)]
        (top, bottom), (left, right) = [(t // 2, t - t // 2) for t in totals]
        return super().forward(F.pad(x, (left, right, top, bottom)))


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3)


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        for layer in (self.conv1, self.conv2):
            x = F.avg_pool2d(torch.tanh(layer(x)), 2)
        x = torch.tanh(self.fc1(x.flatten(1)))
        return self.fc3(torch.tanh(self.fc2(x)))


def mnist_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 512), nn.ReLU(), nn.Dropout(0.5), nn.Linear(512, 10))


class CifarCnn(nn.Module):
    """Its names begin with module., as those of nn.DataParallel do."""

    def __init__(self):
        super().__init__()
        self.module = nn.Module()
        self.module.conv1, self.module.conv2 = nn.Conv2d(3, 64, 3, padding=1), nn.Conv2d(64, 128, 3, padding=1)
        self.module.dense1, self.module.dense2 = nn.Linear(8192, 1024), nn.Linear(1024, 10)

    def forward(self, x):
        m = self.module
        x = F.max_pool2d(F.relu(m.conv2(F.max_pool2d(F.relu(m.conv1(x)), 2))), 2)
        return m.dense2(F.relu(m.dense1(x.flatten(1))))


class Parts(nn.Module):
    """torchvision's names for AlexNet and VGG."""

    def __init__(self, features, classifier):
        super().__init__()
        self.features, self.classifier = nn.Sequential(*features), nn.Sequential(*classifier)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def narrow_alexnet():
    norm = lambda: nn.LocalResponseNorm(5, alpha=5e-4, k=2.0)
    features = [
        nn.Conv2d(3, 12, 11, stride=4), nn.ReLU(), norm(), nn.MaxPool2d(3, 2),
        nn.Conv2d(12, 32, 5, padding=2, groups=2), nn.ReLU(), norm(), nn.MaxPool2d(3, 2),
        nn.Conv2d(32, 48, 3, padding=1), nn.ReLU(), nn.Conv2d(48, 48, 3, padding=1, groups=2), nn.ReLU(),
        nn.Conv2d(48, 32, 3, padding=1, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2)]
    return Parts(features, [
        nn.Dropout(), nn.Linear(32 * 6 * 6, 128), nn.ReLU(), nn.Dropout(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10)])


def narrow_vgg11():
    features, channels = [], 3
    for width in (8, "pool", 16, "pool", 32, 32, "pool", 64, 64, "pool", 64, 64, "pool"):
        if width == "pool":
            features.append(nn.MaxPool2d(2))
        else:
            features += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
    return Parts(features, [
        nn.Linear(64 * 2 * 2, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, 10)])


class BasicBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters)
        self.conv2, self.bn2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters)
        self.downsample = None if stride == 1 else nn.Sequential(
            nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    """torchvision's names."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        channels = 64
        for i, filters in enumerate((64, 128, 256, 512), start=1):
            stride = 1 if i == 1 else 2
            setattr(self, f"layer{i}", nn.Sequential(BasicBlock(channels, filters, stride), BasicBlock(filters, filters, 1)))
            channels = filters
        self.fc = nn.Linear(512, 1000)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean(dim=(2, 3)))


class TinyBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1, self.bn1 = SameUpper(channels, filters, 3, stride), norm(filters)
        self.conv2, self.bn2 = SameUpper(filters, filters, 3), norm(filters)
        if stride != 1:
            self.downsample = nn.Conv2d(channels, filters, 1, stride)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class ResNet8(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = SameUpper(3, 16, 3), norm(16)
        self.layer1, self.layer2, self.layer3 = TinyBlock(16, 16, 1), TinyBlock(16, 32, 2), TinyBlock(32, 64, 2)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.fc(F.avg_pool2d(x, 8).flatten(1))


def separable(channels, filters, stride=1):
    return nn.Sequential(
        SameUpper(channels, channels, 3, stride, groups=channels), norm(channels), nn.ReLU(),
        nn.Conv2d(channels, filters, 1), norm(filters), nn.ReLU())


class MobileNet(nn.Module):
    """A sequence of sequences, as most MobileNetV1 for PyTorch are."""

    def __init__(self):
        super().__init__()
        blocks, channels = [nn.Sequential(SameUpper(3, 8, 3, 2), norm(8), nn.ReLU())], 8
        for filters, stride in ((16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), *[(128, 1)] * 5, (256, 2), (256, 1)):
            blocks.append(separable(channels, filters, stride))
            channels = filters
        self.model, self.fc = nn.Sequential(*blocks, nn.AvgPool2d(3)), nn.Linear(256, 2)

    def forward(self, x):
        return self.fc(self.model(x).flatten(1))


def ds_cnn():
    return nn.Sequential(
        SameUpper(1, 64, (10, 4), 2), norm(64), nn.ReLU(), nn.Dropout(0.2), *[separable(64, 64) for _ in range(4)],
        nn.Dropout(0.4), nn.AvgPool2d((24, 5)), nn.Flatten(), nn.Linear(64, 12))


# Name → (network, batch, height, width, channels)
NETWORKS = {
    "LeNet5": (LeNet5, 2, 28, 28, 1),
    "MnistCnn": (mnist_cnn, 2, 28, 28, 1),
    "CifarCnn": (CifarCnn, 2, 32, 32, 3),
    "NarrowAlexNet": (narrow_alexnet, 1, 227, 227, 3),
    "NarrowVgg11": (narrow_vgg11, 2, 64, 64, 3),
    "ResNet8": (ResNet8, 2, 32, 32, 3),
    "ResNet18": (ResNet18, 1, 224, 224, 3),
    "MobileNet": (MobileNet, 1, 96, 96, 3),
    "DsCnn": (ds_cnn, 2, 49, 10, 1),
}


def randomized(network, seed):
    """All numbers are random, those of normalisations too; sizes stay what they are from layer to layer."""
    generator = torch.Generator().manual_seed(seed)
    draw = lambda tensor: torch.rand(tensor.shape, generator=generator) * 2 - 1
    for name, tensor in network.state_dict().items():
        if name.endswith("num_batches_tracked"):
            tensor.fill_(1000)
        elif tensor.dim() > 1:
            tensor.copy_(draw(tensor) * math.sqrt(6 / tensor[0].numel()))
        elif name.endswith("running_var") or (name.endswith("weight")):
            tensor.copy_(1 + draw(tensor) / 2)
        else:
            tensor.copy_(draw(tensor) / 4)
    return network.eval()


def predict(network, images):
    with torch.no_grad():
        return network.double()(torch.tensor(images, dtype=torch.float64).permute(0, 3, 1, 2)).numpy()


def make(folder):
    for seed, (name, (create, *shape)) in enumerate(NETWORKS.items()):
        network = randomized(create(), seed)
        write(folder / f"{name}.safetensors", {key: value.numpy() for key, value in network.state_dict().items()})
        images = np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)
        write(folder / f"{name}.samples.safetensors", {"input": images, "output": predict(network, images)})


def check(folder):
    """Strict: every name has to be there and no other. Those of PyTorch's own counts alone may be missing."""
    for name, (create, *_) in NETWORKS.items():
        back = {key: torch.tensor(value) for key, value in read(folder / f"{name}.back.safetensors").items()}
        network = create().eval()
        network.load_state_dict(back, strict=True)
        sent = read(folder / f"{name}.safetensors")
        for key, value in back.items():
            assert np.array_equal(value.numpy(), sent[key]), f"{name}: {key} has other numbers"
        samples = read(folder / f"{name}.samples.safetensors")
        error = np.abs(predict(network, samples["input"]) - samples["output"]).max() / np.abs(samples["output"]).max()
        assert error <= TOLERANCE, f"{name}: predictions differ by {error}"


if __name__ == "__main__":
    torch.set_num_threads(1)
    {"make": make, "check": check}[sys.argv[1]](Path(sys.argv[2]))
