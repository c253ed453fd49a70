"""Kills the server under load, again and again, and looks what is left.

    crash_rounds.py [--rounds N] [--seed N]

A round: 32 callers change things as fast as they can; at a random moment the server gets SIGKILL; it starts again over
the same folder; every acknowledged change must be there, whole and equal, every change in flight must be there once
when it is sent again, and a retry must get the first answer. At the end the lists of the registry hold exactly what
was given out, and no number was given twice. In four rounds of five at least, changes are in flight at the kill.
"""

import argparse
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import BIN, Cli, Failed, Server, need_programs

CLASSES = Path(__file__).resolve().parent / "data" / "classes.csv"
LOAD_SECONDS = (0.05, 0.6)  # how long the load runs before the kill
LOAD_END_SECONDS_MAX = 90
VERIFY_SECONDS_MAX = 300
OUTSTANDING_PART_MIN = 0.8  # of the rounds: a kill that meets no change in flight tries little


class CrashRounds:
    def __init__(self, folder, seed):
        self.folder = folder
        self.random = random.Random(seed)
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.logs = []
        self.outstanding_rounds = 0  # in which changes were in flight at the kill
        self.environment = dict(os.environ)

    def set_up(self):
        """A member, its keys and the class tree."""
        self.server.start()
        admin_key = (self.server.folder / "admin.key").read_text().strip()
        admin = Cli(self.server, admin_key)
        admin.run("import", "classes", CLASSES)
        member = admin.run("member", "create", "--name-en", "Crash test", "--gs1-prefix", "9521009").row
        key = admin.run("admin", "key", "create", "--role", "member", "--member", member["name"],
                        "--display-name", "crash load").row["secret"]
        self.environment.update(MEMBER_KEY=key, ADMIN_KEY=admin_key, MEMBER_PARTY=member["party_code"])

    def words(self, mode):
        return [BIN / "crash_load", mode, "--server", self.server.address]

    def load_until_killed(self, number, log):
        """Answers how long the server lived under load."""
        load = subprocess.Popen([*self.words("load"), "--log", log, "--round", str(number)], env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.wait_for_first_answer(load, log)
        alive = self.random.uniform(*LOAD_SECONDS)
        time.sleep(alive)  # the moment of the kill is the one thing that chance decides here
        self.server.kill()
        said, _ = load.communicate(timeout=LOAD_END_SECONDS_MAX)
        if load.returncode != 0:
            raise Failed(f"round {number}: the load met something else than a dead server: {said}")
        return alive

    def wait_for_first_answer(self, load, log):
        deadline = time.monotonic() + LOAD_END_SECONDS_MAX
        while not log.exists() or "answered" not in log.read_text():
            if load.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"the load did not begin: {load.stdout.read() if load.poll() is not None else 'silence'}")
            time.sleep(0.002)

    def check(self, mode, *words):
        done = subprocess.run([*self.words(mode), *words], env=self.environment, capture_output=True, text=True,
                              timeout=VERIFY_SECONDS_MAX)
        if done.returncode != 0:
            raise Failed(f"{mode} failed: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def round(self, number):
        log = self.folder / f"round_{number:04d}.log"
        self.logs.append(log)
        alive = self.load_until_killed(number, log)
        started = self.server.start()
        said = self.check("verify", "--log", log)
        in_flight = re.search(r"(\d+) in flight", said)
        if in_flight is None:
            raise Failed(f"verify did not tell what was in flight: {said}")
        self.outstanding_rounds += int(in_flight[1]) > 0
        print(f"round {number}: killed after {alive:.3f} s, back after {started:.2f} s: {said}", flush=True)

    def check_outstanding(self):
        least = math.ceil(OUTSTANDING_PART_MIN * len(self.logs))
        print(f"changes were in flight at the kill in {self.outstanding_rounds} of {len(self.logs)} rounds")
        if self.outstanding_rounds < least:
            raise Failed(f"changes were in flight in {self.outstanding_rounds} rounds, want at least {least}")

    def whole(self):
        """What all rounds left, once more after an orderly stop."""
        code = self.server.stop()
        if code != 0:
            raise Failed(f"asked to end, radyabd ended with {code}: {self.server.log_end()}")
        self.server.start()
        print(self.check("whole", *[word for log in self.logs for word in ("--log", log)]))
        scrub = Cli(self.server, self.environment["ADMIN_KEY"]).try_out("admin", "scrub")
        if scrub.code != 0:
            raise Failed(f"a scrub finds damage: {scrub!r} {scrub.out[:2000]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None, help="replays the moments of the kills")
    options = parser.parse_args()
    seed = random.randrange(2**32) if options.seed is None else options.seed
    print(f"{options.rounds} rounds, seed {seed}")
    folder = Path(tempfile.mkdtemp(prefix="radyab-crash-"))
    rounds, begun = CrashRounds(folder, seed), time.monotonic()
    try:
        need_programs("radyabd", "radyab", "crash_load")
        rounds.set_up()
        for number in range(options.rounds):
            rounds.round(number)
        rounds.check_outstanding()
        rounds.whole()
    except Failed as failure:
        print(f"crash rounds: failed (seed {seed}): {failure}")
        print(f"what it left is in {folder}")
        return 1
    finally:
        rounds.server.kill()
    shutil.rmtree(folder)
    print(f"crash rounds: ok, {options.rounds} rounds in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
