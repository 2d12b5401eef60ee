"""Ten steps of every optimizer from given parameters and gradients, gradient clipping, and learning-rate schedules."""

import numpy as np
import torch

from .container import VectorFile, draw, seed_of

SIZE, STEPS, EPOCHS = 37, 10, 20
DECAY = 0.05

# name → (PyTorch's class, its arguments, state kept: its key → our name)
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {"lr": 0.01}, {}),
    "momentum": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9}, {"momentum_buffer": "momentumBuffer"}),
    "nesterov": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9, "nesterov": True}, {"momentum_buffer": "momentumBuffer"}),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.01, "eps": 1e-10}, {"sum": "squareSum"}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.99, "eps": 1e-8}, {"square_avg": "squareAverage"}),
    "rmsprop-momentum": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.99, "eps": 1e-8, "momentum": 0.9},
                         {"square_avg": "squareAverage", "momentum_buffer": "momentumBuffer"}),
    "adam": (torch.optim.Adam, {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-8},
             {"exp_avg": "average", "exp_avg_sq": "squareAverage"}),
    "adamw": (torch.optim.AdamW, {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-8},
              {"exp_avg": "average", "exp_avg_sq": "squareAverage"}),
}
CLIPS = {  # name → (setting, limit, PyTorch's function)
    "clip-value": ("clipValue", 0.5, torch.nn.utils.clip_grad_value_),
    "clip-norm": ("clipNorm", 3.4, torch.nn.utils.clip_grad_norm_),  # below the norm of some gradients only
}


def gradients():
    """Uniform, with elements that are always zero, vanishingly small, constant, and of alternating sign."""
    values = draw(seed_of("optimizers/gradients"), (STEPS, SIZE))
    values[:, 0] = 0
    values[:, 1] = 1e-20
    values[:, 2] = 0.5
    values[:, 3] = 0.25 * (-1.0) ** np.arange(STEPS)
    return values


def write_steps(file, name, base, weight_decay, clip, initial, given):
    kind, options, states = OPTIMIZERS[base]
    parameter = torch.tensor(initial, dtype=torch.float64, requires_grad=True)
    optimizer = kind([parameter], weight_decay=weight_decay, **options)
    trajectory, kept = [], {ours: [] for ours in states.values()}
    for gradient in given:
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        if clip:
            _, limit, clipping = CLIPS[clip]
            clipping([parameter], limit)
        optimizer.step()
        trajectory.append(parameter.detach().numpy().copy())
        for theirs, ours in states.items():
            kept[ours].append(optimizer.state[parameter][theirs].numpy().copy())
    file.reference(f"{name}/parameters", trajectory)
    for ours, values in kept.items():
        file.reference(f"{name}/state/{ours}", values)
    settings = {"kind": kind.__name__, "weightDecay": weight_decay, **options}
    if clip:
        setting, limit, _ = CLIPS[clip]
        settings[setting] = limit
    file.describe("optimizer", name, settings)


def write_clipping(file):
    """Clipping alone, over two tensors whose norm is one."""
    for name, kind, limit in (("clip-value", "clip-value", 0.5), ("clip-norm", "clip-norm", 1.0),
                              ("clip-norm-below", "clip-norm", 100.0)):
        setting, _, clipping = CLIPS[kind]
        tensors = {part: draw(seed_of(f"clipping/{part}"), (size,)) for part, size in (("first", SIZE), ("second", 5))}
        parameters = []
        for values in tensors.values():
            parameters.append(torch.zeros(len(values), dtype=torch.float64, requires_grad=True))
            parameters[-1].grad = torch.tensor(values, dtype=torch.float64)
        clipping(parameters, limit)
        for (part, values), parameter in zip(tensors.items(), parameters):
            file.given(f"clipping/{name}/{part}", values)
            file.reference(f"clipping/{name}/{part}.clipped", parameter.grad.numpy())
        file.describe("clipping", name, {setting: limit})


def write_optimizers():
    file = VectorFile("optimizers", f"""
        {STEPS} steps from initial ({SIZE}) with gradients ({STEPS}, {SIZE}), row k for step k. NAME/parameters
        ({STEPS}, {SIZE}) and NAME/state/… hold the values after each step. PyTorch's conventions: momentum without dampening,
        its buffer starting as the first gradient; RMSProp divides by √v + eps, its momentum accumulates the quotient and
        the learning rate multiplies it; Adam divides by √v / √(1 − β₂ᵗ) + eps; weight decay adds λ·p to the gradient after
        clipping, except for AdamW, which first scales p by 1 − lr·λ. -clip-norm scales the gradient by
        min(1, limit / (norm + 1e-6)), -clip-value clamps its elements. clipping/: both alone, the norm taken over both
        tensors.""")
    initial = draw(seed_of("optimizers/initial"), (SIZE,))
    initial[4] = 0
    file.given("initial", initial)
    file.given("gradients", gradients())
    for base in OPTIMIZERS:
        write_steps(file, base, base, 0.0, None, initial, gradients())
        write_steps(file, f"{base}-weight-decay", base, DECAY, None, initial, gradients())
    for clip in CLIPS:
        for base in ("sgd", "momentum", "adam"):
            write_steps(file, f"{base}-{clip}", base, 0.0, clip, initial, gradients())
        write_steps(file, f"momentum-weight-decay-{clip}", "momentum", DECAY, clip, initial, gradients())
    write_clipping(file)
    return file


def metrics():
    """A validation loss that falls, stalls, falls a little and stalls again; and 1.5 less it, for mode max."""
    return np.array([1, 0.75, 0.5, 0.5, 0.625, 0.5, 0.5, 0.4375, 0.4375, 0.5, 0.4375, 0.4375, 0.4375, 0.4375, 0.4375,
                     0.375, 0.375, 0.375, 0.375, 0.375], dtype=np.float32)


def make_scheduler(kind, optimizer, **options):
    schedulers = torch.optim.lr_scheduler
    if hasattr(schedulers, kind):
        return getattr(schedulers, kind)(optimizer, **options)
    t_max = options.pop("T_max")
    return schedulers.SequentialLR(optimizer, milestones=[options["total_iters"]], schedulers=[
        schedulers.LinearLR(optimizer, **options), schedulers.CosineAnnealingLR(optimizer, T_max=t_max)])


def write_schedules():
    file = VectorFile("schedules", f"""
        NAME/learningRates ({EPOCHS}): the learning rate used during epoch 0, 1, …; the schedule steps after each epoch,
        the plateau ones with that epoch's element of NAME/metrics. As in PyTorch's class of the kind named.""")
    cases = {
        "step": ("StepLR", {"step_size": 6, "gamma": 0.5}),
        "exponential": ("ExponentialLR", {"gamma": 0.9}),
        "cosine": ("CosineAnnealingLR", {"T_max": EPOCHS, "eta_min": 0.0}),
        "cosine-minimum": ("CosineAnnealingLR", {"T_max": EPOCHS, "eta_min": 0.001}),
        "linear-warmup": ("LinearLR", {"start_factor": 0.1, "end_factor": 1.0, "total_iters": 5}),
        "linear-warmup-cosine": ("LinearLR then CosineAnnealingLR", {"start_factor": 0.1, "total_iters": 5, "T_max": EPOCHS - 5}),
        "reduce-on-plateau": ("ReduceLROnPlateau", {"factor": 0.5, "patience": 2, "threshold": 1e-4, "cooldown": 0,
                                                    "min_lr": 0.0, "mode": "min"}),
        "reduce-on-plateau-cooldown": ("ReduceLROnPlateau", {"factor": 0.1, "patience": 1, "threshold": 1e-4, "cooldown": 2,
                                                             "min_lr": 0.0005, "mode": "min"}),
        "reduce-on-plateau-max": ("ReduceLROnPlateau", {"factor": 0.5, "patience": 2, "threshold": 1e-4, "cooldown": 1,
                                                        "min_lr": 0.0, "mode": "max"}),
    }
    for name, (kind, options) in cases.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = make_scheduler(kind, optimizer, **options)
        plateau = name.startswith("reduce")
        values = np.float32(1.5) - metrics() if options.get("mode") == "max" else metrics()
        rates = []
        for epoch in range(EPOCHS):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step(*([float(values[epoch])] if plateau else []))
        file.reference(f"{name}/learningRates", rates)
        if plateau:
            file.given(f"{name}/metrics", values)
        file.describe("schedule", name, {"kind": kind, "lr": 0.1, **options})
    return file


def write():
    return [write_optimizers(), write_schedules()]
