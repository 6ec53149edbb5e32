#!/usr/bin/env python3
"""Transition Models in plain PyTorch, for timing only: the other side of `tim bench`.

The network, the finite-difference objective and the update have the mathematics of the Java code
(checked against the reference values by `--check DIR`), written as a PyTorch user would write them:
eager mode, float32, CPU.

    python3 tim_pytorch.py --check ../../dl4j-tim-layers/src/test/golden
    python3 tim_pytorch.py --mode train --hidden 384 --depth 12 --heads 6 --patch 2 --image 28 \
        --channels 1 --classes 10 --batch 16 --threads 2 --iters 5
"""

import argparse
import json
import math
import resource
import struct
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class SwiGlu(nn.Module):
    def __init__(self, width_in, width_hidden, width_out):
        super().__init__()
        self.fc1_g = nn.Linear(width_in, width_hidden)
        self.fc1_x = nn.Linear(width_in, width_hidden)
        self.fc2 = nn.Linear(width_hidden, width_out)

    def forward(self, u):
        return self.fc2(F.silu(self.fc1_g(u)) * self.fc1_x(u))


class Scalar(nn.Module):
    """Sinusoid of a number, 256 wide, then two linear maps."""

    def __init__(self, hidden):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(256, hidden), nn.SiLU(), nn.Linear(hidden, hidden))

    def forward(self, s):
        frequency = torch.exp(-math.log(10000) * torch.arange(128, dtype=s.dtype) / 128)
        angle = s[:, None] * frequency
        return self.mlp(torch.cat([angle.cos(), angle.sin()], dim=-1))


def rotary(head, height, width, dtype):
    """Angles of `[tokens, head]`: first half of a head by column, second by row (square grids)."""
    frequency = 10000 ** (-2 * torch.arange(head // 4, dtype=torch.float64) / (head // 2))
    n = torch.arange(height * width)
    first = (n % height)[:, None] * frequency
    second = (n // height)[:, None] * frequency
    angle = torch.cat([first, second], dim=-1).repeat_interleave(2, dim=-1)
    return angle.cos().to(dtype), angle.sin().to(dtype)


def rotate(q, cos, sin):
    pairs = q.reshape(*q.shape[:-1], -1, 2)
    turned = torch.stack([-pairs[..., 1], pairs[..., 0]], dim=-1).reshape(q.shape)
    return q * cos + turned * sin


class Attention(nn.Module):
    def __init__(self, hidden, heads, qk_norm, distance_aware):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        if distance_aware:
            self.qkv_d = nn.Linear(hidden, 3 * hidden, bias=False)
        if qk_norm:
            self.q_norm = nn.LayerNorm(hidden // heads)
            self.k_norm = nn.LayerNorm(hidden // heads)
        self.distance_aware, self.qk_norm = distance_aware, qk_norm
        self.proj = nn.Linear(hidden, hidden)

    def forward(self, u, interval, cos, sin):
        batch, tokens, hidden = u.shape
        qkv = self.qkv(u)
        if self.distance_aware:
            qkv = qkv + self.qkv_d(interval)[:, None]
        q, k, v = qkv.reshape(batch, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if self.qk_norm:
            q, k = self.q_norm(q), self.k_norm(k)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        logits = (q * q.shape[-1] ** -0.5) @ k.transpose(-2, -1)
        mixed = logits.softmax(dim=-1) @ v
        return self.proj(mixed.transpose(1, 2).reshape(batch, tokens, hidden))


def modulate(x, shift, scale):
    return F.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale[:, None]) + shift[:, None]


class Block(nn.Module):
    def __init__(self, hidden, heads, rank, ratio, qk_norm, distance_aware):
        super().__init__()
        self.attn = Attention(hidden, heads, qk_norm, distance_aware)
        self.mlp = SwiGlu(hidden, 2 * int(hidden * ratio) // 3, hidden)
        self.adaLN_modulation = SwiGlu(hidden, rank, 6 * hidden)

    def forward(self, x, c, interval, cos, sin):
        s1, k1, g1, s2, k2, g2 = self.adaLN_modulation(c).chunk(6, dim=-1)
        x = x + g1[:, None] * self.attn(modulate(x, s1, k1), interval, cos, sin)
        return x + g2[:, None] * self.mlp(modulate(x, s2, k2))


class Final(nn.Module):
    def __init__(self, hidden, outputs):
        super().__init__()
        self.adaLN_modulation = SwiGlu(hidden, hidden // 2, 2 * hidden)
        self.linear = nn.Linear(hidden, outputs)

    def forward(self, x, c):
        shift, scale = self.adaLN_modulation(c).chunk(2, dim=-1)
        return self.linear(modulate(x, shift, scale))


class Tim(nn.Module):
    """Class-conditional network with the interval condition t − r."""

    def __init__(self, channels, patch, hidden, depth, heads, classes, rank=None, ratio=4.0):
        super().__init__()
        self.patch, self.channels = patch, channels
        self.x_embedder = nn.ModuleDict({"proj": nn.Conv2d(channels, hidden, patch, patch)})
        self.t_embedder = Scalar(hidden)
        self.delta_embedder = Scalar(hidden)
        self.y_embedder = nn.ModuleDict({"embedding_table": nn.Embedding(classes + 1, hidden)})
        rank = rank or hidden // 4 * 3
        self.blocks = nn.ModuleList(
            Block(hidden, heads, rank, ratio, True, True) for _ in range(depth))
        self.final_layer = Final(hidden, patch * patch * channels)
        self.head = hidden // heads

    def forward(self, x, t, r, y):
        batch, _, height, width = x.shape
        h, w, p = height // self.patch, width // self.patch, self.patch
        tokens = self.x_embedder["proj"](x).flatten(2).transpose(1, 2)
        interval = self.delta_embedder(t - r)
        c = self.t_embedder(t) + interval + self.y_embedder["embedding_table"](y)
        cos, sin = rotary(self.head, h, w, x.dtype)
        for block in self.blocks:
            tokens = block(tokens, c, interval, cos, sin)
        out = self.final_layer(tokens, c).reshape(batch, h, w, p, p, self.channels)
        return out.permute(0, 5, 1, 3, 2, 4).reshape(batch, self.channels, height, width)


def column(v):
    return v[:, None, None, None]


def objective(net, x, z, t, r, y, diffusion, epsilon=0.005):
    """Weighted loss of OT-FM with the finite-difference derivative; no cosine term."""
    with torch.no_grad():
        xs, zs, ts, rs, ys = (v[diffusion:] for v in (x, z, t, r, y))
        after, before = ts + epsilon, ts - epsilon
        both = torch.cat([after, before])
        state = column(1 - both) * torch.cat([xs, xs]) + column(both) * torch.cat([zs, zs])
        f = net(state, both, torch.cat([rs, rs]), torch.cat([ys, ys]))
        slope = torch.zeros_like(x)
        slope[diffusion:] = (f[: len(ts)] - f[len(ts):]) / (2 * epsilon)
        target = z - x - column(t - r) * slope
        weight = (torch.tan(t) - torch.tan(r) + 1) ** -0.5
        weight[:diffusion] = 1
    prediction = net(column(1 - t) * x + column(t) * z, t, r, y)
    distance = ((prediction - target) ** 2).mean(dim=(1, 2, 3))
    return (weight * distance / (distance.detach() + 1e-5)).mean(), distance.detach()


def read(path):
    """All tensors of a safetensors file."""
    data = Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    kinds = {"F64": np.float64, "F32": np.float32, "I64": np.int64}
    tensors = {}
    for name, entry in json.loads(data[8: 8 + size]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data[8 + size + begin: 8 + size + end], kinds[entry["dtype"]])
            tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors


def load(net, weights):
    net.load_state_dict({k: v for k, v in weights.items() if not k.startswith("projector")})
    return net


def check(folder):
    """Compares the network with net_A and one training step with train_otfm."""
    folder = Path(folder)
    net = load(Tim(1, 2, 48, 2, 3, 10), read(folder / "net_A.weights.safetensors"))
    io = read(folder / "net_A.io.safetensors")
    with torch.no_grad():
        out = net(io["8x8/x"], io["8x8/t"], io["8x8/r"], io["8x8/y"])
    worst = ((out - io["8x8/out"]).abs() / (1 + io["8x8/out"].abs())).max().item()
    print(f"net_A 8x8: {worst:.1e} (tolerance 2e-5)")
    assert worst < 2e-5
    net = load(Tim(4, 2, 24, 2, 3, 10, rank=8).double(), read(folder / "train_net.weights.safetensors"))
    step = read(folder / "train_otfm.safetensors")
    loss, distance = objective(
        net, *(step[k] for k in ("x", "z", "t", "r", "y")), int(step["n_diffusion"]))
    worst = (distance / step["dde/dir=0/denoising_loss_per_sample"] - 1).abs().max().item()
    print(f"train_otfm residual of each sample: {worst:.1e} (tolerance 1e-6)")
    assert worst < 1e-6
    worst = abs(loss.item() / step["dde/dir=0/weighted_loss"].item() - 1)
    print(f"train_otfm weighted loss: {worst:.1e} (tolerance 1e-6)")
    assert worst < 1e-6


def bench(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    net = Tim(a.channels, a.patch, a.hidden, a.depth, a.heads, a.classes, rank=a.rank)
    optimiser = torch.optim.AdamW(
        net.parameters(), lr=1e-4, betas=(0.9, 0.95), eps=1e-6, weight_decay=1e-2)
    average = [p.detach().clone() for p in net.parameters()]
    x = torch.randn(a.batch, a.channels, a.image, a.image)
    y = torch.randint(a.classes, (a.batch,))
    diffusion = round(a.batch * 0.5)
    seconds = []
    for i in range(a.iters + a.warmup):
        z = torch.randn_like(x)
        times = torch.sigmoid(torch.randn(2, a.batch) - 0.4)
        t, r = times.max(0).values, times.min(0).values
        r[:diffusion] = t[:diffusion]
        begin = time.perf_counter()
        if a.mode == "train":
            loss, _ = objective(net, x, z, t, r, y, diffusion)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            with torch.no_grad():
                for e, p in zip(average, net.parameters()):
                    e.mul_(0.9999).add_(p, alpha=1e-4)
        else:
            with torch.no_grad():
                f = net(z, t, r, y)
                if a.mode == "sample":
                    z = z - column(t - r) * f
        if i >= a.warmup:
            seconds.append(time.perf_counter() - begin)
    seconds.sort()
    print(json.dumps({
        "implementation": "pytorch " + torch.__version__,
        "mode": a.mode,
        "threads": a.threads,
        "iterations": len(seconds),
        "secondsMin": seconds[0],
        "secondsMedian": float(np.median(seconds)),
        "secondsMax": seconds[-1],
        "peakResidentMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", metavar="DIR", help="compare with the reference values and stop")
    parser.add_argument("--mode", choices=["forward", "train", "sample"], default="train")
    for name, default in dict(hidden=384, depth=12, heads=6, patch=2, image=28, channels=1, classes=10,
                              batch=16, threads=2, iters=5, warmup=1, seed=1, rank=0).items():
        parser.add_argument("--" + name, type=int, default=default)
    a = parser.parse_args()
    if a.check:
        check(a.check)
    else:
        bench(a)


if __name__ == "__main__":
    main()
