#!/usr/bin/env python3
"""Times `tim bench` and `tim_pytorch.py` in turn on the same sizes and prints Markdown tables.

    mvn -q -DskipTests package
    python3 examples/bench/compare.py --python /usr/bin/python3

Measurements are kept in a file (--results), one JSON object a line. What stands there is not measured
again, so that a run can be cut off and continued, or made cell by cell. With --rounds every cell is measured
by several processes of each side in turn: how a process happens to lie in memory changes its speed, PyTorch's
by as much as half.
"""

import argparse
import json
import os
import platform
import statistics
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
MODES = ["train", "forward", "sample"]


def options(size, mode, threads, iters):
    values = dict(SIZES[size], mode=mode, threads=threads, iters=iters, channels=1, classes=10)
    return [word for name, value in values.items() for word in ("--" + name, str(value))]


def pytorch(python, arguments, threads, vectors):
    """`vectors` chooses PyTorch's own loops; its products take what OpenBLAS finds."""
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    if vectors != "default":
        environment["ATEN_CPU_CAPABILITY"] = vectors
    command = [python, str(HERE / "tim_pytorch.py"), *arguments, "--warmup", "2"]
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def tim(launcher, arguments, derivative):
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "bench.json"
        command = [str(launcher), "bench", *arguments, "--derivative", derivative, "--json", str(report)]
        subprocess.run(command, check=True, capture_output=True)
        return json.loads(report.read_text())


class Results:
    """Measured cells, kept in a file."""

    def __init__(self, path):
        self.path = Path(path)
        self.cells = {}
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                entry = json.loads(line)
                self.cells[tuple(entry["key"])] = entry["value"]

    def measured(self, key, measure):
        if key not in self.cells:
            self.cells[key] = measure()
            with self.path.open("a") as out:
                out.write(json.dumps({"key": key, "value": self.cells[key]}) + "\n")
        return self.cells[key]

    def get(self, *cell):
        """The median of the rounds' medians, and the extremes of all of them."""
        rounds = [value for key, value in self.cells.items() if key[:-1] == cell]
        if not rounds:
            return None
        merged = {name: statistics.median(r[name] for r in rounds)
                  for name, value in rounds[0].items() if isinstance(value, (int, float))}
        merged["secondsMin"] = min(r["secondsMin"] for r in rounds)
        merged["secondsMax"] = max(r["secondsMax"] for r in rounds)
        merged["peakResidentMiB"] = max(r["peakResidentMiB"] for r in rounds)
        return merged


def measure(a, results):
    for cell in cells(a):
        for turn in range(a.rounds):
            measure_once(a, results, cell, turn)


def measure_once(a, results, cell, turn):
    size, mode, threads = cell
    arguments = options(size, mode, threads, a.iters)
    for vectors in a.vectors:
        results.measured(
            ("pytorch " + vectors, *cell, turn),
            lambda: pytorch(a.python, arguments, threads, vectors))
    for derivative in a.derivatives if mode == "train" else ["dde"]:
        results.measured(
            (derivative, *cell, turn),
            lambda: tim(a.tim, arguments, derivative))


def seconds(v):
    return "–" if v is None else f"{v['secondsMedian']:.3f} ({v['secondsMin']:.3f}–{v['secondsMax']:.3f})"


def ratio(theirs, ours):
    return "–" if theirs is None or ours is None else f"{theirs['secondsMedian'] / ours['secondsMedian']:.2f}"


def cells(a):
    return [(s, m, n) for s in a.sizes for m in a.modes for n in a.threads]


def side_by_side(a, results):
    heads = [f"PyTorch, {v} loops, s" for v in a.vectors] + ["ours, s"]
    heads += [f"{v} ÷ ours" for v in a.vectors] + ["MiB, PyTorch", "MiB, ours"]
    print("\n| size | mode | threads | " + " | ".join(heads) + " |")
    print("|---" * (3 + len(heads)) + "|")
    for cell in cells(a):
        ours = results.get("dde", *cell)
        theirs = [results.get("pytorch " + v, *cell) for v in a.vectors]
        memory = [f"{v['peakResidentMiB']:.0f}" if v else "–" for v in (theirs[0], ours)]
        row = [seconds(v) for v in (*theirs, ours)] + [ratio(v, ours) for v in theirs] + memory
        print("| " + " | ".join(map(str, [*cell, *row])) + " |")


def alone(a, results):
    print("\n| size | mode | threads | GFLOP/s | of products | 1 ÷ N threads | JVP ÷ DDE |")
    print("|---|---|---|---|---|---|---|")
    for size, mode, threads in cells(a):
        ours = results.get("dde", size, mode, threads)
        if ours is None:
            continue
        scaling = ratio(results.get("dde", size, mode, 1), ours) if threads > 1 else "–"
        jvp = ratio(results.get("jvp", size, mode, threads), ours)
        print(f"| {size} | {mode} | {threads} | {ours['gigaflopsPerSecond']:.0f} "
              f"| {100 * ours['matrixShare']:.0f} % of {ours['matrixGigaflopsPerSecond']:.0f} "
              f"| {scaling} | {jvp} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", default="python3", help="interpreter that has torch")
    parser.add_argument("--tim", default=TIM, help="launcher of the command line")
    parser.add_argument("--results", default="compare.jsonl", help="file of measurements")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--vectors", nargs="+", choices=["default", "avx512"], default=["default"],
                        help="PyTorch's own loops; default is AVX2 even where there is more")
    parser.add_argument("--derivatives", nargs="+", choices=["dde", "jvp"], default=["dde", "jvp"])
    parser.add_argument("--iters", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=1, help="processes of each side in a cell")
    parser.add_argument("--only-tables", action="store_true", help="measure nothing")
    a = parser.parse_args()
    results = Results(a.results)
    if not a.only_tables:
        measure(a, results)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors; medians of "
          f"{a.rounds} × {a.iters} (smallest–largest)")
    side_by_side(a, results)
    alone(a, results)


if __name__ == "__main__":
    main()
