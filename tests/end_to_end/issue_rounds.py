"""Codes issued to sixteen callers while the server is killed: none comes twice, none is lost.

    issue_rounds.py [--codes N] [--rounds N] [--seed N]

Callers reserve codes of four members, up to a thousand at a time, and register items; the server gets SIGKILL at random
moments, starts again, and what nobody answered is asked once more. In the end the lists of the registry hold exactly the
codes that were given, and the members have as many blocks as their codes need.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from programs import BIN, Cli, Failed, Server, need_programs

MEMBERS = 4
CODES_OF_BLOCK = 9999  # items of a member, before it gets another block
CALL_SECONDS_MAX = 3600


class IssueRounds:
    def __init__(self, folder, seed, codes, rounds):
        self.folder = folder
        self.random = random.Random(seed)
        self.codes, self.rounds = codes, rounds
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.logs, self.members = [], []
        self.in_flight, self.given = 0, 0
        self.environment = dict(os.environ)

    def set_up(self):
        self.server.start()
        key = (self.server.folder / "admin.key").read_text().strip()
        self.environment["ADMIN_KEY"] = key
        admin = Cli(self.server, key)
        admin.run("class", "create", "77", "--name-en", "Goods")
        admin.run("class", "create", "7701", "--name-en", "Goods in boxes")
        for number in range(MEMBERS):
            self.members.append(admin.run("member", "create", "--name-en", f"Issuing {number}").row["name"])

    def run(self, mode, *words):
        command = [BIN / "issue_load", mode, "--server", self.server.address, *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=CALL_SECONDS_MAX)
        if done.returncode != 0:
            raise Failed(f"{mode} failed: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def numbers(self, said, form):
        found = re.search(form, said)
        if found is None:
            raise Failed(f"issue_load said {said!r}")
        return [int(number) for number in found.groups()]

    def kill_at(self, part, log):
        """SIGKILL when about this part of the round's codes stands in its log."""
        size = part * self.codes / self.rounds * len(" 1000000000000000")
        while not log.exists() or log.stat().st_size < size:
            time.sleep(0.001)
            if self.ended.is_set():
                return
        self.server.kill()

    def round(self, number):
        log = self.folder / f"round_{number:03d}.log"
        self.logs.append(log)
        self.ended = threading.Event()
        killer = threading.Thread(target=self.kill_at, args=(self.random.uniform(0.02, 0.9), log))
        killer.start()
        try:
            share = max(1, (self.codes - self.given) // (self.rounds - number))
            self.run("load", "--log", log, "--round", number, "--members", ",".join(self.members), "--codes", 2 * share)
        finally:
            self.ended.set()
            killer.join()
        if self.server.process is None:
            self.server.start()
        codes, in_flight, again = self.numbers(self.run("finish", "--log", log),
                                               r"(\d+) codes, (\d+) in flight, (\d+) sent again")
        self.given += codes
        self.in_flight += in_flight
        print(f"round {number}: {codes} codes, {in_flight} calls in flight at the kill, {again} sent again", flush=True)

    def last(self):
        """What is missing, without a kill."""
        if self.given >= self.codes:
            return
        log = self.folder / "last.log"
        self.logs.append(log)
        self.run("load", "--log", log, "--round", self.rounds, "--members", ",".join(self.members),
                 "--codes", self.codes - self.given)
        self.given += self.numbers(self.run("finish", "--log", log), r"(\d+) codes")[0]

    def check(self):
        logs = [word for log in self.logs for word in ("--log", log)]
        said = self.run("whole", "--members", ",".join(self.members), *logs)
        print(said)
        given, listed, blocks = self.numbers(said, r"(\d+) codes given, (\d+) listed, (\d+) blocks")
        least, most = given / CODES_OF_BLOCK, given / CODES_OF_BLOCK + 2 * MEMBERS
        if not (given == listed == self.given and given >= self.codes and least <= blocks <= most):
            raise Failed(f"{self.given} codes were given; want as many listed, in {least:.0f} to {most:.0f} blocks")
        if self.in_flight == 0:
            raise Failed("no kill met a call in flight")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codes", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(2**32) if options.seed is None else options.seed
    print(f"{options.codes} codes, {options.rounds} rounds, seed {seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="radyab-issue-"))
    rounds, begun = IssueRounds(folder, seed, options.codes, options.rounds), time.monotonic()
    try:
        need_programs("radyabd", "radyab", "issue_load")
        rounds.set_up()
        for number in range(options.rounds):
            rounds.round(number)
        rounds.last()
        rounds.check()
    except Failed as failure:
        print(f"issue rounds: failed (seed {seed}): {failure}")
        print(f"what it left is in {folder}")
        return 1
    finally:
        rounds.server.kill()
    shutil.rmtree(folder)
    print(f"issue rounds: ok, {time.monotonic() - begun:.0f} s; figure codes_issued={rounds.given}; "
          f"figure calls_in_flight_at_kills={rounds.in_flight}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
