"""The figures of the API against its peers, all in one run on one disk.

    api_bench.py FOLDER [--items N] [--turns N] [--seconds S] [--sustained S] [--only NAME…]

Prints `ratio NAME VALUE` and `figure NAME VALUE`; medians of --turns interleaved pairs. FOLDER must be on a real disk.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from peers import Echo, Failed, Postgres, Registry, run_json

TURN_ITEMS_TOGETHER, TURN_ITEMS_ALONE = 4000, 400
SMALL = 10_000
BULK_ITEMS_A_COMMIT = 20_000


def say(kind, name, value, note=""):
    print(f"{kind} {name} {value:.2f}{'  # ' + note if note else ''}", flush=True)


def note(text):
    print(f"note {text}", flush=True)


class ApiBench:
    def __init__(self, options):
        self.options = options
        self.folder = Path(options.folder)
        self.big = Registry(self.folder / "big")
        self.next_item = 10 * options.items  # names of later registrations are all new

    def pairs(self, ours, peer):
        """Medians of both sides, and of the ratios, over interleaved turns."""
        both = [(ours(turn), peer(turn)) for turn in range(self.options.turns)]
        return tuple(statistics.median(side) for side in zip(*both)) + (
            statistics.median(our / other for our, other in both),)

    def compare(self, name, ours, peer):
        our, other, ratio = self.pairs(ours, peer)
        say("ratio", name, ratio, f"{our:.0f}/s to {other:.0f}/s")
        return ratio

    # --- reading ---------------------------------------------------------------------------------

    def seed(self):
        self.big.set_up()
        filled = self.big.fill(self.options.items)
        say("figure", "import_items_per_s", filled["per_s"], f"{self.options.items} items with a GTIN each")
        say("figure", "index_s_behind_import", self.big.wait_for_index(), "until each name could be searched")
        self.big.stop()  # what is in memory goes into the file
        self.big.start()

    def resolve(self):
        seconds = ["--seconds", self.options.seconds]
        asked = self.big.ask("resolve", "--compare", *seconds)
        echo = Echo(self.big.key, round(asked["answer_bytes"]), self.big.items)
        try:
            for name, mode in (("resolve_unary_vs_echo", "resolve"), ("resolve_stream_vs_echo_stream", "stream")):
                self.compare(
                    name, lambda turn, mode=mode: self.big.ask(mode, "--compare", "--seed", turn + 1, *seconds)["per_s"],
                    lambda turn, mode=mode: echo.ask(mode, "--seed", turn + 1, *seconds)["per_s"])
            p99 = [self.big.ask("resolve", "--in-flight", 16, "--seed", 50 + turn, *seconds)["p99_ms"]
                   for turn in range(self.options.turns)]
            say("figure", "resolve_p99_ms", statistics.median(p99), "16 in flight")
        finally:
            echo.stop()
        self.compare("batch_resolve_1000_vs_lmdb_get",
                     lambda turn: self.big.ask("batch", "--in-flight", 4, "--compare", "--seed", turn + 1,
                                               *seconds)["per_s"],
                     lambda turn: run_json("lmdb_peer", "get", "--file", self.big.data_file, "--items", self.big.items,
                                           "--seed", turn + 1, *seconds)["per_s"])

    def cost_of_size(self):
        small = Registry(self.folder / "small")
        small.set_up()
        small.fill(SMALL)
        small.stop()
        small.start()
        seconds = ["--seconds", self.options.seconds]
        ratio = self.pairs(lambda turn: small.ask("resolve", "--seed", turn + 1, *seconds)["per_s"],
                           lambda turn: self.big.ask("resolve", "--seed", turn + 1, *seconds)["per_s"])[2]
        say("ratio", "resolve_cost_1m_vs_10k", ratio, f"{self.options.items} items to {SMALL}")
        small.stop()

    def rest(self):
        code = self.big.items.read_text(encoding="ascii")[:16]
        say("figure", "cold_start_ms_1m", self.big.cold_start_ms(code), f"{self.options.items} items")
        say("figure", "heap_mb_1m", self.big.own_memory_mb(), "after a start")
        self.big.ask("resolve", "--seconds", 2)
        say("figure", "heap_mb_after_reads", self.big.own_memory_mb())

    # --- writing ---------------------------------------------------------------------------------

    def register(self, in_flight, *words):
        self.next_item += 10_000_000
        return self.big.ask("register", "--in-flight", in_flight, "--first", self.next_item, *words, items=False)

    @staticmethod
    def counted(made, side, run):
        made[side] += run["calls"]
        return run["per_s"]

    def register_vs_lmdb(self):
        raw, rows = self.folder / "raw.mdb", self.folder / "rows"
        self.big.stop()
        shutil.copyfile(self.big.data_file, raw)
        self.big.start()
        turns = self.options.turns
        needed = turns * (TURN_ITEMS_TOGETHER + TURN_ITEMS_ALONE)
        self.register(64, "--count", needed, "--seconds", 600)
        self.big.stop()
        of_item = run_json("lmdb_peer", "rows", "--like", self.big.data_file, "--before", raw, "--count", needed,
                           "--rows", rows)
        note(f"a registration writes {of_item['rows_an_item']} rows, {of_item['bytes_an_item']} bytes; "
             "LMDB itself puts the same rows, registration by registration")
        self.big.start()
        begun = {64: 0, 1: turns * TURN_ITEMS_TOGETHER}
        for in_flight, count, name in ((64, TURN_ITEMS_TOGETHER, "register_64_vs_raw_lmdb_64"),
                                       (1, TURN_ITEMS_ALONE, "register_1_vs_raw_lmdb_commit")):
            groups = self.big.group_count()
            self.compare(name,
                         lambda turn: self.register(in_flight, "--count", count, "--seconds", 600)["per_s"],
                         lambda turn: run_json("lmdb_peer", "commit", "--file", raw, "--rows", rows, "--count", count,
                                               "--items-a-commit", in_flight, "--first",
                                               begun[in_flight] + turn * count)["per_s"])
            groups = self.big.group_count() - groups
            note(f"{in_flight} in flight: {groups / turns:.0f} groups, each synced, for {count} registrations; "
                 f"LMDB: {-(-count // in_flight)} commits, each synced")
        raw.unlink()

    def register_vs_postgres(self):
        postgres = Postgres(self.folder / "postgres")
        postgres.start(self.options.items)
        try:
            note("PostgreSQL: " + " ".join(postgres.settings()))
            note(f"PostgreSQL: one row and 8 index entries an item, {postgres.bytes_an_item():.0f} bytes")
            for clients in (64, 256):
                groups, syncs, made = self.big.group_count(), postgres.sync_count(), [0, 0]
                self.compare(f"register_{clients}_vs_pgbench_{clients}",
                             lambda turn: self.counted(made, 0, self.register(
                                 clients, "--seconds", self.options.seconds)),
                             lambda turn: self.counted(made, 1, postgres.inserts(
                                 clients, max(2, round(self.options.seconds)))))
                note(f"{clients} in flight: {made[0] / (self.big.group_count() - groups):.1f} registrations a sync; "
                     f"PostgreSQL: {made[1] / (postgres.sync_count() - syncs):.1f} inserts a sync of its log")
            sustained = self.options.sustained
            ours = self.register(64, "--seconds", sustained)
            other = postgres.inserts(64, sustained)["per_s"]
            say("ratio", "register_64_vs_pgbench_64_sustained", ours["per_s"] / other,
                f"{sustained} s: {ours['per_s']:.0f}/s to {other:.0f}/s")
            say("figure", "register_p99_ms", ours["p99_ms"], f"64 in flight, {sustained} s, folds included; longest "
                f"{ours['longest_ms']:.1f} ms")
        finally:
            postgres.stop()

    def import_vs_bulk(self):
        turns = []
        for turn in range(self.options.import_turns):
            count = self.options.import_items
            fresh = Registry(self.folder / f"import{turn}")
            fresh.set_up()
            ours = fresh.fill(count)["per_s"]
            fresh.stop()
            raw = self.folder / "bulk.mdb"
            peer = run_json("lmdb_peer", "bulk", "--file", raw, "--like", fresh.data_file, "--count", count,
                            "--items-a-commit", BULK_ITEMS_A_COMMIT)
            turns.append((ours, peer["per_s"]))
            note(f"import: {peer['rows'] / count:.1f} rows an item")
            raw.unlink()
            shutil.rmtree(fresh.folder)
        ours, peer = (statistics.median(side) for side in zip(*turns))
        say("ratio", "import_vs_raw_lmdb_bulk", statistics.median(our / other for our, other in turns),
            f"{ours:.0f}/s to {peer:.0f}/s")

    def run(self):
        parts = {"resolve": self.resolve, "size": self.cost_of_size, "lmdb": self.register_vs_lmdb,
                 "postgres": self.register_vs_postgres, "import": self.import_vs_bulk, "rest": self.rest}
        wanted = self.options.only or list(parts)
        for name in wanted:
            if name not in parts:
                raise Failed(f"no part {name!r}; there are: {', '.join(parts)}")
        if set(wanted) != {"import"}:
            self.seed()
        for name in wanted:
            parts[name]()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--sustained", type=int, default=60)
    parser.add_argument("--import-items", type=int, default=200_000)
    parser.add_argument("--import-turns", type=int, default=3)
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    system = subprocess.run(["stat", "-f", "-c", "%T", options.folder], capture_output=True, text=True).stdout.strip()
    if system in ("tmpfs", "ramfs"):
        print(f"api_bench: {options.folder} is in memory, where fsync costs nothing: want a folder on a disk")
        return 2
    note(f"file system: {system}; {options.items} items, {options.turns} turns of {options.seconds} s")
    bench = ApiBench(options)
    try:
        bench.run()
    except Failed as failure:
        print(f"api_bench: failed: {failure}", file=sys.stderr)
        return 1
    finally:
        bench.big.server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
