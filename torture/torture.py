#!/usr/bin/env python3
"""Proves on real processes that nothing kills Haunt and nothing is lost. Usage:

    torture/torture.py PATH-TO-HAUNT [--minutes N] [--seed S] [--only PART]

Each part has houses of its own: a private mosquitto and the daemon on free loopback ports, in a temporary folder.
Parts run beside each other. Counts are those of a full run of 55 minutes; a shorter one does its share of them, and
one whose time is over does what is left of a round.
Exit 1, with the seed, when anything is wrong. Python 3.11, nothing to install.
"""
import argparse
import concurrent.futures
import functools
import multiprocessing
import pathlib
import sys
import time
import traceback

import clocks
import days
import disks
import fuzzing
import hostile
import kills
import losses
import parsers

FULL_MINUTES = 55
# What a part may take for the rest of its last round.
GRACE_S = 600
PARTS = {
    "kills": kills.run, "losses": losses.run, "days": days.run, "hostile-http": hostile.http, "hostile-mqtt": hostile.mqtt,
    **{f"parser-{what}": functools.partial(parsers.feed, what) for what in ("listens", "catalog", "configuration", "recording")},
    "fuzz": fuzzing.run, "disks": disks.run, "clocks": clocks.run,
}


def run(name, *plan):
    began = time.monotonic()
    try:
        return [*PARTS[name](*plan), (f"  time of {name}", f"{time.monotonic() - began:.0f} s")], None
    except Exception:
        return [], traceback.format_exc()


def show(rows):
    for what, words in rows:
        print(f"{what:<40} {words}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("haunt", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=FULL_MINUTES)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be given again")
    options = parser.parse_args()
    haunt, share = str(options.haunt.resolve()), options.minutes / FULL_MINUTES
    deadline = time.monotonic() + options.minutes * 60
    print(f"seed {options.seed}, {options.minutes:g} minutes, {haunt}", flush=True)
    names, failed = options.only or list(PARTS), []
    pool = concurrent.futures.ProcessPoolExecutor(len(names), multiprocessing.get_context("spawn"))
    parts = {pool.submit(run, name, haunt, options.seed, share, deadline): name for name in names}
    try:
        for part in concurrent.futures.as_completed(parts, options.minutes * 60 + GRACE_S):
            figures, problem = part.result()
            show(figures)
            if problem:
                failed.append(parts[part])
                print(f"FAILED {parts[part]}, seed {options.seed}:\n{problem}", file=sys.stderr, flush=True)
    except TimeoutError:
        failed += [f"{name} (hangs)" for part, name in parts.items() if not part.done()]
        for process in multiprocessing.active_children():
            process.kill()
    if failed:
        sys.exit(f"torture failed in {', '.join(failed)}; repeat it with --seed {options.seed}")


if __name__ == "__main__":
    main()
