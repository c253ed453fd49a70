"""The import of a file of items in which 2 % are a duplicate of each kind, through radyab and radyabd, durably.

    import_bench.py FOLDER [--rows N] [--seed N]

Every verdict is held against the label of its row, and the queue of items registered twice against the labels of those that are
only alike. Prints `figure NAME VALUE`. FOLDER must be on a real disk.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests" / "end_to_end"), str(ROOT / "tests" / "bench" / "api")]
from peers import Failed, Registry  # noqa: E402
from programs import BIN, Cli  # noqa: E402

from labelled_items import CLASSES, write_items  # noqa: E402

WRONG_SHOWN_MAX = 10


def say(name, value, note=""):
    print(f"figure {name} {value:.2f}{'  # ' + note if note else ''}", flush=True)


class ImportBench:
    def __init__(self, options):
        self.options = options
        self.folder = Path(options.folder)
        self.registry = Registry(self.folder / "registry")

    def run(self):
        table = self.folder / "items.csv"
        print(f"note seed {self.options.seed}", flush=True)
        self.labels = write_items(table, self.options.rows, self.options.seed)
        self.registry.set_up()
        admin = Cli(self.registry.server, (self.registry.server.folder / "admin.key").read_text().strip())
        classes = self.folder / "classes.csv"
        classes.write_text(CLASSES)
        admin.run("import", "classes", classes)
        begun = time.monotonic()
        verdicts = self.import_file(table)
        took = time.monotonic() - begun
        behind = self.registry.wait_for_index()
        rows = self.options.rows
        say("import_items_per_s", rows / took, f"{rows} rows of a table, to the last verdict")
        say("import_items_per_s_searchable", rows / (took + behind), "until each name is in the index and the queue")
        names = self.check_verdicts(verdicts)
        self.check_queue(names)
        self.registry.stop()  # what is in memory goes into the file
        say("bytes_per_item", self.registry.data_file.stat().st_size / len(set(names.values())), "all of the data file")

    def import_file(self, table):
        environment = os.environ | {"RADYAB_SERVER": self.registry.server.address, "RADYAB_KEY": self.registry.key}
        lines = self.folder / "verdicts"
        with open(lines, "wb") as out:
            done = subprocess.run([BIN / "radyab", "--json", "import", "items", table], env=environment, stdout=out,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        if done.returncode not in (0, 1):
            raise Failed(f"radyab import ended with {done.returncode}: {done.stderr.decode()[-500:]}")
        with open(lines, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def check_verdicts(self, verdicts):
        """Names of the rows that were registered."""
        if len(verdicts) != len(self.labels):
            raise Failed(f"{len(verdicts)} verdicts for {len(self.labels)} rows")
        names, wrong = {}, []
        for row, (verdict, label) in enumerate(zip(verdicts, self.labels)):
            refused = label is not None and label[0] != "similar"
            outcome = "ROW_OUTCOME_REFUSED" if refused else "ROW_OUTCOME_ACCEPTED"
            reasons = {fault["reason"] for fault in verdict["faults"]}
            if verdict["outcome"] != outcome or reasons != ({"ALREADY_EXISTS"} if refused else set()):
                wrong.append((row + 1, label, verdict))
            elif not refused:
                names[row] = verdict["name"]
        say("import_verdicts_wrong", len(wrong), f"of {len(verdicts)}, {len(verdicts) - len(names)} of them refused")
        if wrong:
            raise Failed(f"wrong verdicts, the first: {wrong[:WRONG_SHOWN_MAX]}")
        return names

    def check_queue(self, names):
        member = Cli(self.registry.server, self.registry.key)
        queued = {frozenset((pair["first"], pair["second"])) for pair in member.run("item", "duplicates", "list").rows}
        labelled = {frozenset((names[row], names[label[1]])) for row, label in enumerate(self.labels)
                    if label is not None and label[0] == "similar"}
        say("import_alike_found", len(labelled & queued) / max(1, len(labelled)), f"of {len(labelled)} pairs that are alike")
        say("import_alike_wrong", len(queued - labelled))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    bench = ImportBench(parser.parse_args())
    try:
        bench.run()
    except Failed as failure:
        print(f"import_bench: {failure}", file=sys.stderr)
        return 1
    finally:
        bench.registry.server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
