#!/usr/bin/env python3
"""Times `tim bench` and `tim_pytorch.py` in turn on the same sizes and prints a Markdown table.

    mvn -q -DskipTests package
    python3 examples/bench/compare.py --threads 1 2 --modes train forward --iters 7
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIM = HERE.parent / "target" / "tim" / "bin" / "tim"
SIZES = {
    "128x4": dict(hidden=128, depth=4, heads=4, patch=2, image=8, batch=128, rank=42),
    "192x6": dict(hidden=192, depth=6, heads=6, patch=4, image=28, batch=64),
    "384x12": dict(hidden=384, depth=12, heads=6, patch=2, image=28, batch=16),
}


def options(size, mode, threads, iters):
    values = dict(size, mode=mode, threads=threads, iters=iters, channels=1, classes=10)
    return [word for name, value in values.items() for word in ("--" + name, str(value))]


def pytorch(python, arguments, threads):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    out = subprocess.run([python, HERE / "tim_pytorch.py", *arguments], env=environment,
                         check=True, capture_output=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def tim(arguments):
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "bench.json"
        subprocess.run([TIM, "bench", *arguments, "--json", report], check=True, capture_output=True)
        return json.loads(report.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", default="python3", help="interpreter that has torch")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--modes", nargs="+", choices=["train", "forward", "sample"],
                        default=["train", "forward"])
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--iters", type=int, default=5)
    a = parser.parse_args()
    print("| size | mode | threads | PyTorch s (min–max) | ours s (min–max) | PyTorch ÷ ours "
          "| PyTorch MiB | ours MiB |")
    print("|---|---|---|---|---|---|---|---|")
    for name in a.sizes:
        for mode in a.modes:
            for threads in a.threads:
                arguments = options(SIZES[name], mode, threads, a.iters)
                theirs = pytorch(a.python, arguments, threads)
                ours = tim(arguments)
                def cell(v):
                    return f"{v['secondsMedian']:.3f} ({v['secondsMin']:.3f}–{v['secondsMax']:.3f})"
                ratio = theirs["secondsMedian"] / ours["secondsMedian"]
                print(f"| {name} | {mode} | {threads} | {cell(theirs)} | {cell(ours)} "
                      f"| {ratio:.2f} | {theirs['peakResidentMiB']:.0f} "
                      f"| {ours['peakResidentMiB']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
