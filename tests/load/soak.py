"""Mixed load for long, beside a reader that lasts: memory, files and handles must stay flat.

    soak.py [--minutes N] [--seed N]

Creates, events, cases and resolves go on all the time; for a third of the time (ten minutes of thirty) another
process holds a snapshot of the data file. Every few seconds the server's memory, handles and threads, the bytes of its
log and of its data file are noted. The first sixth is for warming up; of the rest the second half is held against the first: what is
kept in memory, handles, threads and log must not grow, the data file only as the changes do.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "end_to_end"))

from crash_rounds import CrashRounds  # noqa: E402
from programs import BIN, Cli, Failed, need_programs  # noqa: E402

STORE_OPENER = BIN.parent / "tests" / "registry" / "storage" / "store_opener"
SAMPLE_SECONDS = 2
CREATE_RATE = 400
ROUND_SECONDS = 12  # one load of mixed changes
RESOLVE_PAUSE_SECONDS = 0.05
WARM_PART = 1 / 6
SERVED_MIN, SERVED_OF_ROUND_MIN = 0.99, 0.9  # of the registrations sent: in all, and in one load
# The median of the second half may be so much more than that of the first.
MEMORY_GROWTH_MAX, MEMORY_SLACK_MB = 1.10, 8
HANDLES_GROWTH_MAX = 4
THREADS_GROWTH_MAX = 4
LOG_GROWTH_MAX_MB = 17  # one file of the log
FILE_BYTES_A_CHANGE_GROWTH_MAX = 1.5


class Sample:
    def __init__(self, process, folder):
        status = Path(f"/proc/{process.pid}/status").read_text()
        words = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        self.memory_mb = int(words["RssAnon"].split()[0]) / 1024
        self.threads = int(words["Threads"])
        self.handles = len(os.listdir(f"/proc/{process.pid}/fd"))
        self.log_mb = sum(file.stat().st_size for file in folder.glob("log-*")) / 2**20
        self.file_mb = (folder / "data.mdb").stat().st_blocks * 512 / 2**20
        self.changes = 0


class Soak(CrashRounds):
    """The registry of the crash rounds, loaded and not killed."""

    def __init__(self, folder, seed, seconds):
        super().__init__(folder, seed)
        self.end = time.monotonic() + seconds
        self.seconds = seconds
        self.faults = []
        self.changes = 0
        self.sent = self.in_time = 0  # registrations
        self.asked = self.reader_rows = 0

    def over(self):
        return time.monotonic() >= self.end

    def pause(self, seconds):
        """The beat of the load, cut short when it is over."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.over():
            time.sleep(min(1, seconds))

    def guarded(self, work):
        def run():
            try:
                work()
            except Exception as failure:  # told at the end, whatever it is
                self.faults.append(f"{work.__name__}: {failure!r}")
        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def create(self):
        number = 0
        while not self.over():
            number += 1
            seconds = min(ROUND_SECONDS, max(1, self.end - time.monotonic()))
            done = subprocess.run(
                [BIN / "create_load", "offer", "--server", self.server.address, "--class", "classes/9801", "--run",
                 f"Soak{number}x", "--connections", "4", "--rate", str(CREATE_RATE), "--seconds", f"{seconds:.1f}",
                 "--deadline-ms", "5000"], env=self.environment, capture_output=True, text=True, timeout=300)
            if done.returncode != 0:
                raise Failed(done.stdout + done.stderr)
            told = json.loads(done.stdout)
            if told["lost"] or told["refused_there"] or told["unsent_there"]:
                raise Failed(done.stdout)
            self.sent += told["sent"]
            self.in_time += told["in_time"]
            if told["in_time"] < SERVED_OF_ROUND_MIN * told["sent"]:
                raise Failed(f"not served: {done.stdout}")
            self.changes += told["there"]
        if self.in_time < SERVED_MIN * self.sent:
            raise Failed(f"of {self.sent} registrations {self.in_time} were served in time")

    def mix(self):
        """Items with aliases, parties, events, cases, container numbers, each verified."""
        number = 0
        while not self.over():
            number += 1
            log = self.folder / f"mix_{number:04d}.log"
            done = subprocess.run([*self.words("load"), "--log", log, "--round", str(number), "--changes", "20"],
                                  env=self.environment, capture_output=True, text=True, timeout=300)
            if done.returncode != 0:
                raise Failed(done.stdout + done.stderr)
            self.check("verify", "--log", log)
            self.changes += log.read_text().count("answered")
            self.logs.append(log)

    def resolve(self):
        member = Cli(self.server, self.environment["MEMBER_KEY"])
        while not self.over():
            member.try_out("resolve", self.environment["MEMBER_PARTY"], "19521001000014")
            self.asked += 1
            self.pause(RESOLVE_PAUSE_SECONDS)

    def reader(self):
        """A snapshot of the data file that lasts a third of the time, and can be read to its end afterwards."""
        self.pause(self.seconds / 3)
        reader = subprocess.Popen([STORE_OPENER, "read-long", self.server.folder / "data.mdb"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if reader.stdout.readline() != "reading\n":
            raise Failed("the reader that lasts did not begin")
        self.pause(self.seconds / 3)
        rows, _ = reader.communicate(timeout=120)
        if reader.returncode != 0:
            raise Failed("what the reader began with could not be read at the end")
        self.reader_rows = int(rows)

    def run(self):
        self.set_up()
        admin = Cli(self.server, self.environment["ADMIN_KEY"])
        for code in ("98", "9801"):  # that wants no attributes
            admin.run("class", "create", code, "--name-en", f"Soak {code}")
        threads = [self.guarded(work) for work in (self.create, self.mix, self.resolve, self.reader)]
        samples = []
        while not self.over() and not self.faults:
            time.sleep(SAMPLE_SECONDS)  # how often is looked
            sample = Sample(self.server.process, self.server.folder)
            sample.changes = self.changes
            samples.append(sample)
            if len(samples) % 15 == 0:
                print(f"{len(samples) * SAMPLE_SECONDS} s: {sample.changes} changes, {sample.memory_mb:.0f} MB, "
                      f"{sample.handles} handles, {sample.threads} threads, log {sample.log_mb:.0f} MB, "
                      f"file {sample.file_mb:.0f} MB", flush=True)
        self.end = min(self.end, time.monotonic())
        for thread in threads:
            thread.join()
        return samples


def judge(samples):
    """What is not flat."""
    samples = samples[int(len(samples) * WARM_PART):]
    if len(samples) < 8:
        return ["too short to tell"]
    first, second = samples[:len(samples) // 2], samples[len(samples) // 2:]
    faults = []

    def compare(name, bound):
        before, after = (statistics.median(getattr(sample, name) for sample in half) for half in (first, second))
        print(f"figure soak.{name}: median {before:.1f} in the first half, {after:.1f} in the second")
        if after > bound(before):
            faults.append(f"{name} grew from {before:.1f} to {after:.1f}, want at most {bound(before):.1f}")

    compare("memory_mb", lambda before: before * MEMORY_GROWTH_MAX + MEMORY_SLACK_MB)
    compare("handles", lambda before: before + HANDLES_GROWTH_MAX)
    compare("threads", lambda before: before + THREADS_GROWTH_MAX)
    compare("log_mb", lambda before: before + LOG_GROWTH_MAX_MB)

    def bytes_a_change(half):
        return (half[-1].file_mb - half[0].file_mb) * 2**20 / max(1, half[-1].changes - half[0].changes)

    before, after = bytes_a_change(first), bytes_a_change(second)
    print(f"figure soak.file_bytes_a_change: {before:.0f} in the first half, {after:.0f} in the second")
    if after > before * FILE_BYTES_A_CHANGE_GROWTH_MAX:
        faults.append(f"the data file grew by {before:.0f} bytes a change, then by {after:.0f}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="radyab-soak-"))
    soak = Soak(folder, options.seed, options.minutes * 60)
    try:
        need_programs("radyabd", "radyab", "crash_load", "create_load")
        samples = soak.run()
        faults = soak.faults + judge(samples)
        if soak.reader_rows == 0:
            faults.append("the reader that lasts saw no row")
        print(f"{soak.changes} changes, {soak.asked} resolves, {soak.reader_rows} rows in the snapshot that lasted")
        if soak.server.stop() != 0:
            faults.append("asked to end, the server ended otherwise")
    except Failed as failure:
        faults = [str(failure)]
    finally:
        soak.server.kill()
    for fault in faults:
        print(f"soak: failed: {fault}")
    if faults:
        print(f"what it left is in {folder}")
        return 1
    shutil.rmtree(folder)
    print("soak: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
