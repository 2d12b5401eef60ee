"""The layers of images, by PyTorch's own functions. Each takes the network, its name, [batch, height, width, channels] (or
[batch, length, channels]) and the arguments of its attribute."""

import math

import numpy as np
import torch
import torch.nn.functional as F

from .container import draw, seed_of

CONVOLUTIONS = {1: F.conv1d, 2: F.conv2d}
MAXIMUM_POOLS = {1: F.max_pool1d, 2: F.max_pool2d}


def channels_first(x):
    return x.movedim(-1, 1)


def channels_last(x):
    return x.movedim(1, -1)


def of_images(layer):
    """A layer written for PyTorch's order of axes."""
    return lambda network, name, x, *arguments, **options: channels_last(
        layer(network, name, channels_first(x), *arguments, **options))


def windows(x, kernel, stride, dilation=1):
    """All windows of padded images, their elements along the last axis."""
    for axis, (k, s) in enumerate(zip(kernel, stride), start=2):
        span = (k - 1) * dilation + 1
        x = x.unfold(axis, span, s)[..., ::dilation]
    return x.flatten(start_dim=x.dim() - len(kernel))


def borders(padding, pads, extents, kernel, stride, dilation):
    """Cells of border before and after each axis, first axis first."""
    rank, spans = len(kernel), [(k - 1) * dilation + 1 for k in kernel]
    if pads:
        pads = pads * (2 * rank) if len(pads) == 1 else [p for p in pads for _ in range(2)] if len(pads) == rank else pads
        return list(zip(pads[::2], pads[1::2]))
    if padding == "Same":  # PyTorch's
        totals = [span - 1 for span in spans]
    elif padding == "SameUpper":  # TensorFlow's: just enough that no input is left out
        totals = [max((math.ceil(n / s) - 1) * s + span - n, 0) for n, s, span in zip(extents, stride, spans)]
    else:
        totals = [0] * rank
    return [(total // 2, total - total // 2) for total in totals]


def pad(x, sides, value=0.0):
    """F.pad takes the last axis first."""
    return F.pad(x, [cells for side in reversed(sides) for cells in side], value=value) if any(map(any, sides)) else x


def tuple_of(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)


def convolution(rank, depthwise=False, weight="weight"):
    @of_images
    def layer(network, name, x, *sizes, Stride=1, Dilation=1, Groups=1, Padding="Valid", Pads=None, UseBias=True):
        channels = x.shape[1]
        filters, *kernel = (channels, *sizes) if depthwise else sizes
        groups = channels if depthwise else Groups
        kernel, stride = tuple_of(kernel[0] if len(kernel) == 1 else kernel, rank), tuple_of(Stride, rank)
        x = pad(x, borders(Padding, Pads, x.shape[2:], kernel, stride, Dilation))
        return network.weighted(
            name, (filters, channels // groups, *kernel),
            lambda w, bias: CONVOLUTIONS[rank](x, w, bias, stride, 0, Dilation, groups), UseBias, filters, weight)
    return layer


@of_images
def transposed(network, name, x, filters, *kernel, Stride=1, Dilation=1, Groups=1, Pads=(0,), OutputPadding=0, UseBias=True):
    kernel = tuple_of(kernel[0] if len(kernel) == 1 else kernel, 2)
    return network.weighted(
        name, (x.shape[1], filters // Groups, *kernel),
        lambda weight, bias: F.conv_transpose2d(x, weight, bias, Stride, Pads[0], OutputPadding, Groups, Dilation),
        UseBias, filters)


def maximum_pool(rank):
    @of_images
    def layer(network, name, x, *kernel, Stride=None, Padding="Valid", Pads=None):
        kernel = tuple_of(kernel[0] if len(kernel) == 1 else kernel, rank)
        stride = tuple_of(Stride or kernel, rank)
        x = pad(x, borders(Padding, Pads, x.shape[2:], kernel, stride, 1), -math.inf)
        network.near_ties(windows(x, kernel, stride))
        return MAXIMUM_POOLS[rank](x, kernel, stride)
    return layer


def average_pool(rank):
    @of_images
    def layer(network, name, x, *kernel, Stride=None, Padding="Valid", Pads=None, CountPadding=True):
        kernel = tuple_of(kernel[0] if len(kernel) == 1 else kernel, rank)
        stride = tuple_of(Stride or kernel, rank)
        sides = borders(Padding, Pads, x.shape[2:], kernel, stride, 1)
        sums = windows(pad(x, sides), kernel, stride).sum(dim=-1)
        cells = windows(pad(torch.ones_like(x), sides, 1.0 if CountPadding else 0.0), kernel, stride).sum(dim=-1)
        return sums / cells
    return layer


@of_images
def global_maximum(network, name, x):
    network.near_ties(x.flatten(start_dim=2))
    return x.amax(dim=(2, 3))


@of_images
def upsample(network, name, x, factor, Mode="Nearest"):
    if Mode == "Nearest":
        return F.interpolate(x, scale_factor=factor, mode="nearest")
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)


@of_images
def zero_pad(network, name, x, *sides):
    """One number for all sides, or top, bottom, left, right."""
    top, bottom, left, right = sides * 4 if len(sides) == 1 else sides
    return F.pad(x, (left, right, top, bottom))


def scale_and_shift(network, name, channels):
    """Scales on [0.5, 1.5) but for some negative ones, so that nothing hides behind a sign."""
    def make():
        scale = np.abs(draw(seed_of(f"{network.label}/{name}.weight"), (channels,))) + np.float32(0.5)
        scale[::3] *= -1
        return scale
    network.values.setdefault(f"{name}.weight", make())
    return network.leaf(f"{name}.weight"), network.parameter(f"{name}.bias", (channels,))


@of_images
def batch_norm(network, name, x, Momentum=0.1, Epsilon=1e-5, Affine=True):
    channels = x.shape[1]
    scale, shift = scale_and_shift(network, name, channels) if Affine else (None, None)
    mean = network.statistic(f"{name}.running_mean", lambda: draw(seed_of(f"{network.label}/{name}.running_mean"), (channels,), -1))
    variance = network.statistic(
        f"{name}.running_var",
        lambda: np.abs(draw(seed_of(f"{network.label}/{name}.running_var"), (channels,))) + np.float32(0.5))
    return F.batch_norm(x, mean, variance, scale, shift, network.is_training, Momentum, Epsilon)


def layer_norm(network, name, x, Epsilon=1e-5):
    """Over the last axis."""
    scale, shift = scale_and_shift(network, name, x.shape[-1])
    return F.layer_norm(x, x.shape[-1:], scale, shift, Epsilon)


@of_images
def group_norm(network, name, x, groups, Epsilon=1e-5):
    return F.group_norm(x, groups, *scale_and_shift(network, name, x.shape[1]), Epsilon)


@of_images
def local_response_norm(network, name, x, size, Alpha=1e-4, Beta=0.75, K=1.0):
    return F.local_response_norm(x, size, Alpha, Beta, K)


def separable(network, name, x, filters, kernel, UseBias=True, **options):
    """Depthwise without a bias, then pointwise."""
    x = convolution(2, depthwise=True, weight="depthwise_weight")(network, name, x, kernel, UseBias=False, **options)
    return convolution(2, weight="pointwise_weight")(network, name, x, filters, 1, UseBias=UseBias)


LAYERS = {
    "Conv1D": convolution(1),
    "Conv2D": convolution(2),
    "DepthwiseConv2D": convolution(2, depthwise=True),
    "SeparableConv2D": separable,
    "ConvTranspose2D": transposed,
    "MaxPool1D": maximum_pool(1),
    "MaxPool2D": maximum_pool(2),
    "AveragePool1D": average_pool(1),
    "AveragePool2D": average_pool(2),
    "GlobalAveragePool2D": of_images(lambda network, name, x: x.mean(dim=(2, 3))),
    "GlobalMaxPool2D": global_maximum,
    "Upsample2D": upsample,
    "ZeroPad2D": zero_pad,
    "Reshape": lambda network, name, x, *shape: x.reshape(-1, *shape),
    "Flatten": lambda network, name, x: channels_first(x).flatten(start_dim=1),  # as PyTorch's images are
    "BatchNorm": batch_norm,
    "LayerNorm": layer_norm,
    "GroupNorm": group_norm,
    "LocalResponseNorm": local_response_norm,
    "Dense": lambda network, name, x, units, UseBias=True: network.weighted(
        name, (units, x.shape[-1]), lambda weight, bias: F.linear(x, weight, bias), UseBias, units),
}
