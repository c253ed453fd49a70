"""Offers the server three times what it can take, and looks what is served and what was done too late.

    overload.py [--seconds N] [--turns N] [--times N] [--connections N] [--deadline-ms N] [--goodput-min F]

A turn: the peak (so many CreateItem calls in flight all the time), then so many times that rate from callers who hold
back as our client library does. Goodput is what was answered OK before its deadline, once callers have had two seconds
to notice. Every item is held against its
call at the end: what was answered is there, what was turned away or held back is not. The server begins nothing behind
a deadline, which it counts from when it has read the call; how many changes began behind it on the caller's own clock,
and by how much, is told.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "end_to_end"))

from programs import BIN, Cli, Failed, Server, need_programs  # noqa: E402

IN_FLIGHT = (64, 256)  # the better of them is the peak
NOTICE_SECONDS = 2  # callers do not know yet that the server cannot serve them
LOAD_SECONDS_MAX = 300


class Overload:
    def __init__(self, folder, options):
        self.options = options
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.environment = dict(os.environ)
        self.runs = 0
        self.faults = []

    def set_up(self):
        """The server has one core for itself where there are two, so that it is not the load that is measured."""
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[:max(1, len(cores) // 2)])
        self.server.start()
        os.sched_setaffinity(0, cores[len(cores) // 2:])
        admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        for code in ("01", "0101"):
            admin.run("class", "create", code, "--name-en", f"Load {code}")
        member = admin.run("member", "create", "--name-en", "Load").row["name"]
        self.environment["MEMBER_KEY"] = admin.run(
            "admin", "key", "create", "--role", "member", "--member", member, "--display-name", "load").row["secret"]

    def load(self, mode, *words):
        self.runs += 1
        done = subprocess.run(
            [BIN / "create_load", mode, "--server", self.server.address, "--class", "classes/0101",
             "--run", f"Run{self.runs}x", "--connections", str(self.options.connections), *map(str, words)],
            env=self.environment, capture_output=True, text=True, timeout=LOAD_SECONDS_MAX)
        if done.returncode != 0:
            raise Failed(f"{mode}: {done.stdout}{done.stderr}{self.server.log_end()}")
        told = json.loads(done.stdout)
        print(f"{mode} {' '.join(map(str, words))}: {done.stdout.strip()}", flush=True)
        self.judge(told)
        return told

    def judge(self, told):
        for name, words in (("lost", "answered OK and not there"), ("refused_there", "turned away and done"),
                            ("unsent_there", "never sent and done")):
            if told[name]:
                self.faults.append(f"{told[name]} changes were {words}")

    def turn(self):
        """Answers peak, goodput and the rate that was offered, calls a second."""
        peaks = [self.load("keep", "--in-flight", count, "--seconds", self.options.seconds, "--deadline-ms", 10000)
                 for count in IN_FLIGHT]
        peak = max(told["done"] / told["all_seconds"] for told in peaks)
        told = self.load("offer", "--rate", round(peak * self.options.times), "--seconds", self.options.seconds,
                         "--deadline-ms", self.options.deadline_ms)
        by_second = told["in_time_by_second"][:int(told["seconds"])]
        noticed = by_second[NOTICE_SECONDS:]
        if not noticed:
            raise Failed(f"nothing was served once callers had noticed: {by_second}")
        print(f"figure overload: served in time second by second: {by_second}", flush=True)
        return peak, sum(noticed) / len(noticed), told["sent"] / told["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--times", type=float, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--deadline-ms", type=int, default=250)
    parser.add_argument("--goodput-min", type=float, default=0.9, help="of the peak")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="radyab-load-"))
    overload = Overload(folder, options)
    try:
        need_programs("radyabd", "radyab", "create_load")
        overload.set_up()
        turns = [overload.turn() for _ in range(options.turns)]
        for peak, goodput, offered in turns:
            print(f"figure overload: peak {peak:.0f}/s, offered {offered:.0f}/s ({offered / peak:.2f} times), "
                  f"goodput {goodput:.0f}/s, ratio {goodput / peak:.2f}")
        ratio = statistics.median(goodput / peak for peak, goodput, _ in turns)
        print(f"ratio overload.goodput_to_peak {ratio:.2f}")
        if ratio < options.goodput_min:
            overload.faults.append(f"goodput is {ratio:.2f} of the peak, want {options.goodput_min}")
        code = overload.server.stop()
        if code != 0:
            overload.faults.append(f"asked to end, radyabd ended with {code}")
    except Failed as failure:
        overload.faults.append(str(failure))
    finally:
        overload.server.kill()
    for fault in overload.faults:
        print(f"overload: failed: {fault}")
    if overload.faults:
        print(f"what it left is in {folder}")
        return 1
    shutil.rmtree(folder)
    print("overload: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
