"""The server's wall clock jumps by an hour and by a year, forwards and backwards, under load.

    clock_jumps.py [--seed N]

Calls go on, none ends by a jump; every acknowledged change is there after a kill, and a retry gets its first answer;
the record times of all changes grow in the order of their commits; no number is given twice. A jump forwards by more
than the seven days for which answers are kept comes between two rounds: it ends their time as the passing of it would.
"""

import sys
import time

from faults import FaultLayer
from fault_scene import Scene, play, wanted_seed
from programs import Cli, Failed

HOUR, YEAR = 3600, 365 * 24 * 3600
LOAD_SECONDS = 0.4  # before a jump, and after it

# Where the clock stands before a round begins, and where it jumps under its load, in seconds from the right time.
ROUNDS = ((0, HOUR), (HOUR, 0), (0, -HOUR), (YEAR, YEAR + HOUR), (YEAR, 0), (0, -YEAR), (-YEAR, -YEAR + HOUR))


class Jumps:
    def __init__(self, folder, seed):
        self.layer = FaultLayer(folder / "faults")
        self.scene = Scene(folder, seed, layer=self.layer)

    def round(self, before, after):
        scene = self.scene
        self.layer.set(clock_seconds=before)
        load = scene.begin_load()
        time.sleep(LOAD_SECONDS)
        answered = scene.logs[-1].read_text().count("answered")
        self.layer.set(clock_seconds=after)
        time.sleep(LOAD_SECONDS)
        gone_on = scene.logs[-1].read_text().count("answered") - answered
        if gone_on <= 0:
            raise Failed("nothing was answered after the jump")
        scene.server.kill()
        scene.end_load(load)
        scene.server.start()
        said = scene.check("verify", "--log", scene.logs[-1])
        print(f"the clock at {before:+d} s jumped to {after:+d} s: {answered} answered before, {gone_on} after; {said}",
              flush=True)

    def check_record_times(self):
        admin = Cli(self.scene.server, self.scene.environment["ADMIN_KEY"])
        rows = admin.run("admin", "audit", "list").rows
        times = [row["time"] for row in sorted(rows, key=lambda row: int(row["sequence"]))]
        if len(times) < 100:
            raise Failed(f"only {len(times)} changes stand in the audit trail")
        for earlier, later in zip(times, times[1:]):
            if in_order(later) < in_order(earlier):
                raise Failed(f"a later change bears an earlier time: {earlier}, then {later}")
        print(f"{len(times)} record times in the order of their commits, {times[0]} to {times[-1]}")


def in_order(text):
    """RFC 3339 texts with fractions of unlike lengths, as they sort."""
    seconds, _, fraction = text.rstrip("Z").partition(".")
    return seconds, fraction.ljust(9, "0")


def run(folder, seed):
    jumps = Jumps(folder, seed)
    jumps.scene.set_up()
    for before, after in ROUNDS:
        jumps.round(before, after)
    jumps.check_record_times()
    jumps.layer.set()
    jumps.scene.whole()
    if jumps.scene.server.stop() != 0:
        raise Failed("asked to end, the server ended otherwise")


def main():
    seed = wanted_seed(__doc__)
    if not play(lambda folder: run(folder, seed), "clock jumps: failed"):
        return 1
    print("clock jumps: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
