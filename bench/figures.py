#!/usr/bin/env python3
"""How long it takes from files to figures, against what is promised: the median of RUNS runs, and the ratio to it.

    bench/figures.py [--runs 7] [--only WORD] [--keep DIR]

Needs a release build of the example `measure` (cargo build --release -p synthesis --example measure); makes the
synthetic councils that it reads in DIR, or in a folder of its own. Rows of the first four are whole processes, measured
from outside; the others are stages of one process that does the work RUNS times over. Processor time is of all threads.
Nothing here fails for being slow: a machine under load says nothing about the program.
"""

import argparse
import collections
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEASURE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "examples" / "measure"

# Children known over three years, months, seed; chosen for the sizes that the table names.
COUNCILS = {
    "annex": (12_800, 1, 1),
    "census-5": (9_440, 1, 2),
    "census-50": (94_400, 1, 2),
    "care": (9_000, 24, 3),
    "care-10": (90_000, 24, 3),
    "history": (10_000, 36, 4),
}
LATEST_MONTHS = 153


def made(folder, name):
    """The folder of a council, made when it isn't there."""
    place = folder / name
    if not place.exists():
        children, months, seed = COUNCILS[name]
        run(["make", place, children, months, seed])
    return place


def latest_months(folder):
    """A month of Annex A for each council of England, each council another one."""
    children, _, _ = COUNCILS["annex"]
    for number in range(LATEST_MONTHS):
        place = folder / "latest" / str(number)
        if not place.exists():
            run(["make", place, children, 1, 100 + number])
    return [folder / "latest" / str(number) / "2026-10" for number in range(LATEST_MONTHS)]


def run(arguments):
    command = [str(MEASURE), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def whole(runs, arguments):
    """Medians over runs of one process: milliseconds, milliseconds of processor, megabytes; and what it printed."""
    walls, processors, peaks = [], [], []
    for _ in range(runs):
        began = time.perf_counter()
        process = subprocess.Popen([str(MEASURE), *map(str, arguments)], stdout=subprocess.PIPE, text=True)
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        walls.append((time.perf_counter() - began) * 1e3)
        if status:
            sys.exit(f"measure {arguments} failed")
        processors.append((usage.ru_utime + usage.ru_stime) * 1e3)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(walls), statistics.median(processors), statistics.median(peaks), printed


def stages(printed):
    """Medians of each stage of a process that repeated itself: milliseconds, milliseconds of processor; what it was."""
    seen = collections.defaultdict(list)
    for line in printed.splitlines():
        name, wall, processor, about = line.split("\t")
        seen[name].append((float(wall), float(processor), about))
    return {
        name: (statistics.median(wall for wall, _, _ in rows), statistics.median(cpu for _, cpu, _ in rows), rows[-1][2])
        for name, rows in seen.items()
    }


def row(what, promised, wall, processor, peak=None, about=""):
    ratio = f"{wall / promised:.2f}" if promised else ""
    peak = f"{peak:.0f}" if peak else ""
    print(f"{what:<46} {promised or '':>8} {wall:>9.0f} {processor:>9.0f} {ratio:>6} {peak:>7}  {about}", flush=True)


def annex_a(folder, runs):
    wall, processor, peak, printed = whole(runs, ["pass", made(folder, "annex") / "2026-10"])
    row("Annex A to figures, from process start", 400, wall, processor, peak)
    for name, (wall, processor, about) in stages(printed).items():
        row(f"  {name}", None, wall, processor, about=about)


def census(folder, runs):
    times = []
    for name, promised in [("census-5", 100), ("census-50", 1_000)]:
        wall, processor, peak, printed = whole(runs, ["read", 1, made(folder, name) / "2026-cin"])
        row("children in need census, read and checked", promised, wall, processor, peak, printed.split("\t")[-1].strip())
        times.append(wall)
    print(f"  ten times the children take {times[1] / times[0]:.1f} times as long")


def care(folder, runs):
    for name, promised in [("care", 50), ("care-10", 250)]:
        place = made(folder, name)
        wall, processor, peak, printed = whole(runs, ["read", 1, place / "2025-ssda903", place / "2026-ssda903"])
        about = "; ".join(line.split("\t")[-1] for line in printed.splitlines())
        row("SSDA903 of two years, read and checked", promised, wall, processor, peak, about)


def history(folder, runs):
    folders = sorted(made(folder, "history").iterdir())
    for name, (wall, processor, about) in stages(run(["history", runs, *folders])).items():
        row(f"36 months: {name}", 2_000 if name.startswith("history") else None, wall, processor, about=about)


def councils(folder, runs):
    for name, (wall, processor, about) in stages(run(["councils", runs, *latest_months(folder)])).items():
        row(f"153 councils: {name}", 10_000, wall, processor, about=about)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--only", default="", help="only what has this word in its name")
    arguments.add_argument("--keep", type=pathlib.Path, help="keep the councils here for the next time")
    chosen = arguments.parse_args()
    if not MEASURE.exists():
        subprocess.run(["cargo", "build", "--release", "-p", "synthesis", "--example", "measure"], cwd=ROOT, check=True)
    print(f"{'':<46} {'promised':>8} {'wall ms':>9} {'cpu ms':>9} {'ratio':>6} {'peak MB':>7}")
    with tempfile.TemporaryDirectory() as own:
        folder = chosen.keep or pathlib.Path(own)
        for measured in [annex_a, census, care, history, councils]:
            if chosen.only in measured.__name__:
                measured(folder, chosen.runs)


if __name__ == "__main__":
    main()
