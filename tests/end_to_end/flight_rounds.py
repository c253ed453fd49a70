"""Scans in flight mode: client and server die at every step, nothing is lost and nothing is stored twice.

A site scans and keeps events, and sends them to a real radyabd. Its processes are killed (SIGKILL) between the local
commit and the confirmation, before and after the rows left, before and after the server committed, between the answer
and the local note, after the note, and at moments drawn by chance; the server is killed under them too. A scan that was
not confirmed is scanned again, as a person would. In the end every scan is one event of the server.
"""

import argparse
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import BIN, Cli, Failed, Server, need_programs

RUN_SECONDS_MAX = 120
SERVER_KILL_PART = 0.08  # of all kills: a server takes longer to come back than a client
STEPS_OF_SEND = ("handed", "handed", "answered", "noted", "chance", "server")
REPEATS_MAX = 50  # sends in a row that end with an error and not by a kill


class FlightRounds:
    def __init__(self, folder, seed, scans, kills):
        self.folder = folder
        self.random = random.Random(seed)
        self.scans, self.kills = scans, kills
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.site, self.confirmed = folder / "site", folder / "confirmed"
        self.killed = collections.Counter()  # by step
        self.told = collections.Counter()  # what sends that ended by themselves counted
        self.environment = dict(os.environ)
        self.item = ""

    def set_up(self):
        self.server.start()
        admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        admin.run("class", "create", "77", "--name-en", "Goods")
        admin.run("class", "create", "7701", "--name-en", "Goods in lots")
        member = admin.run("member", "create", "--name-en", "Flight").row
        self.item = admin.run("item", "create", "--member", member["name"], "--class", "classes/7701",
                              "--name-en", "Goods").row["code"]
        self.environment["SITE_KEY"] = admin.run(
            "admin", "key", "create", "--role", "warehouse", "--member", member["name"],
            "--display-name", "site").row["secret"]

    def run(self, mode, *words, die="", kill_after=None, kill_server_after=None):
        """One process of the site; answers its exit code and what it said. -9: it was killed."""
        command = [BIN / "flight_load", mode, "--folder", self.site, *map(str, words)]
        if die:
            command += ["--die", die]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        if kill_after is not None or kill_server_after is not None:
            time.sleep(kill_after if kill_after is not None else kill_server_after)  # chance decides the moment
            if kill_after is not None:
                process.kill()
            else:
                self.server.kill()
        out, err = process.communicate(timeout=RUN_SECONDS_MAX)
        return process.returncode, out, err

    def last_confirmed(self):
        lines = self.confirmed.read_text().split() if self.confirmed.exists() else []
        return int(lines[-1]) if lines else 0

    def count_kill(self, name, code, said):
        if code == -signal.SIGKILL:
            self.killed[name] += 1
        elif code not in (0, 4):
            raise Failed(f"{name}: ended with {code}: {said}")

    def scan_some(self, until):
        first = self.last_confirmed() + 1
        if first > min(until, self.scans):
            return
        words = ("--item", self.item, "--confirmed", self.confirmed, "--from", first, "--until", min(until, self.scans))
        if self.random.random() < 0.2:
            code, _, err = self.run("scan", *words, kill_after=self.random.uniform(0, 0.04))
            self.count_kill("scan by chance", code, err)
        else:
            count = self.random.randint(1, min(until, self.scans) - first + 1)
            code, _, err = self.run("scan", *words, die=f"kept:{count}:0")
            self.count_kill("scan kept", code, err)

    def send_some(self):
        step = self.random.choice(STEPS_OF_SEND)
        if self.random.random() < 0.5:  # also a short run dies at each of them
            step = min(STEPS_OF_SEND, key=lambda name: self.killed[f"send {name}" if name != "server" else name])
        words = ("--server", self.server.address)
        if step == "server" and self.killed["server"] >= SERVER_KILL_PART * self.kills:
            step = "handed"
        if step == "server":
            code, out, err = self.run("send", *words, kill_server_after=self.random.uniform(0.01, 0.06))
            self.killed["server"] += 1
            self.server.start()
        elif step == "chance":
            code, out, err = self.run("send", *words, kill_after=self.random.uniform(0.005, 0.06))
        else:
            pause_us = self.random.choice((0, 0, self.random.randint(0, 4000)))
            code, out, err = self.run("send", *words, die=f"{step}:{self.random.choice((1, 2, 3, self.random.randint(1, 12)))}:{pause_us}")
        if step != "server":
            self.count_kill(f"send {step}", code, err)
        elif code not in (0, 4):
            raise Failed(f"a send whose server died ended with {code}: {err}")
        if code == 0:
            self.told.update(json.loads(out))

    def send_all(self):
        for _ in range(REPEATS_MAX):
            code, out, err = self.run("send", "--server", self.server.address)
            if code == 0:
                self.told.update(json.loads(out))
                return
        raise Failed(f"what waits cannot be sent: {err}")

    def fly(self):
        while sum(self.killed.values()) < self.kills or self.last_confirmed() < self.scans:
            # Scans and kills come to their ends together.
            done = min(1.0, (sum(self.killed.values()) + 3) / self.kills)
            self.scan_some(max(1, int(done * self.scans)))
            self.send_some()
            self.send_some()
        self.send_all()

    def check(self):
        code, out, err = self.run("check", "--server", self.server.address, "--item", self.item,
                                  "--scans", self.scans)
        by_step = ", ".join(f"{count} {name}" for name, count in sorted(self.killed.items()))
        print(f"{sum(self.killed.values())} kills: {by_step}")
        print(f"sends that lived counted {dict(self.told)}")
        print(out.strip())
        if code != 0:
            raise Failed(f"scans were lost or doubled: {out} {err}")
        for step in ("scan kept", "send handed", "send answered", "send noted", "send chance", "server"):
            if not self.killed[step]:
                raise Failed(f"no kill at \"{step}\"")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scans", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(2**32) if options.seed is None else options.seed
    print(f"{options.scans} scans, {options.kills} kills, seed {seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="radyab-flight-"))
    rounds, begun = FlightRounds(folder, seed, options.scans, options.kills), time.monotonic()
    try:
        need_programs("radyabd", "radyab", "flight_load")
        rounds.set_up()
        rounds.fly()
        rounds.check()
    except Failed as failure:
        print(f"flight rounds: failed (seed {seed}): {failure}")
        print(f"what it left is in {folder}")
        return 1
    finally:
        rounds.server.kill()
    shutil.rmtree(folder)
    print(f"flight rounds: ok, {time.monotonic() - begun:.0f} s; figure flight_scans={options.scans}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
