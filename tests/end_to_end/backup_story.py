"""A backup while writes go on, restored elsewhere: nothing acknowledged before it is missing, no number comes twice.

    backup_story.py [--items N]

Items are imported as fast as the server takes them; in the midst of it `radyab admin backup` runs. The old server goes
on issuing codes after the backup, as it would until its disk breaks. Then the backup becomes another registry, which
issues codes too.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from programs import BIN, Cli, Failed, Server, need_programs

AFTERWARDS = 1_000  # codes issued by each of both registries after the backup
WRITES_A_SECOND_MIN = 1000  # ten times as many go on where nothing else runs; the figure is printed


def write_items(path, first, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(first, first + count):
            file.write(json.dumps({"item": {"member": "members/00001", "class_name": "classes/0104",
                                            "display_name": {"en": f"Thing {number}"}}}) + "\n")


class Import:
    """An import that runs beside the story, and when each of its rows was acknowledged."""

    def __init__(self, cli, path):
        environment = dict(os.environ, RADYAB_SERVER=cli.server.address, RADYAB_KEY=cli.key)
        self.process = subprocess.Popen([BIN / "radyab", "--json", "import", "items", path], env=environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.acknowledged = []  # (seconds, code)
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            verdict = json.loads(line)
            if verdict["outcome"] == "ROW_OUTCOME_ACCEPTED":
                self.acknowledged.append((time.monotonic(), verdict["name"].removeprefix("items/")))

    def wait_for(self, count):
        while len(self.acknowledged) < count:
            if not self.thread.is_alive():
                raise Failed(f"the import ended after {len(self.acknowledged)} rows")
            time.sleep(0.001)

    def finish(self):
        self.thread.join()
        if self.process.wait() != 0:
            raise Failed(f"the import ended with {self.process.returncode}")
        return [code for _, code in self.acknowledged]


def imported(cli, path, first, count):
    write_items(path, first, count)
    return Import(cli, path).finish()


def expect(condition, what):
    if not condition:
        raise Failed(what)


def set_up(server):
    server.start()
    cli = Cli(server, (server.folder / "admin.key").read_text().strip())
    cli.run("member", "create", "--name-en", "Maker")
    cli.run("class", "create", "01", "--name-en", "Food")
    cli.run("class", "create", "0104", "--name-en", "Cheese")
    return cli


def backup_under_load(cli, folder, items):
    """Answers the codes acknowledged before the backup began, and all that were ever issued."""
    issued = imported(cli, folder / "first.jsonl", 0, items // 2)
    write_items(folder / "load.jsonl", items // 2, items)
    load = Import(cli, folder / "load.jsonl")
    load.wait_for(items // 10)
    before = issued + [code for _, code in load.acknowledged]
    begun = time.monotonic()
    manifest = cli.run("admin", "backup", folder / "backup").row
    ended = time.monotonic()
    issued += load.finish()
    meanwhile = sum(begun <= at <= ended for at, _ in load.acknowledged)
    rate = meanwhile / (ended - begun)
    moments = [begun, *(at for at, _ in load.acknowledged if begun <= at <= ended), ended]
    longest = max(after - at for at, after in zip(moments, moments[1:]))
    print(f"figure backup.writes_meanwhile: {rate:,.0f} items/s over {ended - begun:.2f} s, longest silence "
          f"{1000 * longest:.0f} ms, "
          f"{int(manifest['row_count']):,} rows, {int(manifest['byte_count']):,} bytes")
    expect(rate >= WRITES_A_SECOND_MIN, f"only {rate:.0f} writes a second went on during the backup")
    return before, issued


def refuse_bad_restores(cli, folder):
    restore = lambda backup, data: cli.try_out("admin", "restore", backup, data)
    again = cli.try_out("admin", "backup", folder / "backup")
    expect(again.code == 2 and "not empty" in again.err, f"a second backup into the same folder: {again!r}")
    cut = folder / "cut"
    shutil.copytree(folder / "backup", cut)
    (cut / "MANIFEST").unlink()
    refused = restore(cut, folder / "nothing")
    expect(refused.code == 2 and "no MANIFEST" in refused.err, repr(refused))
    damaged = folder / "damaged"
    shutil.copytree(folder / "backup", damaged)
    with open(damaged / "rows", "r+b") as file:
        file.seek(5_000)
        byte = file.read(1)[0]
        file.seek(5_000)
        file.write(bytes([byte ^ 4]))
    refused = restore(damaged, folder / "nothing")
    expect(refused.code == 2 and "damaged/rows" in refused.err, repr(refused))
    refused = restore(folder / "backup", cli.server.folder)
    expect(refused.code == 2 and "not empty" in refused.err, repr(refused))
    expect(not (folder / "nothing").exists(), "a refused restore left a folder")


def leave_nothing_behind(cli, folder):
    """A backup whose client is interrupted, and one whose server dies in the midst of it."""
    server, place = cli.server, folder / "given-up"
    environment = dict(os.environ, RADYAB_SERVER=server.address, RADYAB_KEY=cli.key)
    for end in (signal.SIGINT, signal.SIGKILL):
        server.process.send_signal(signal.SIGSTOP)  # no byte of it comes before the end
        backup = subprocess.Popen([BIN / "radyab", "admin", "backup", place], env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while not (place / "rows").exists():
            expect(backup.poll() is None, "the backup ended before it began")
            time.sleep(0.001)
        if end == signal.SIGINT:
            backup.send_signal(end)
            server.process.send_signal(signal.SIGCONT)
        else:
            server.kill()
        _, said = backup.communicate(timeout=60)
        expect(backup.returncode == (1 if end == signal.SIGINT else 4), f"{backup.returncode}: {said}")
        expect(not place.exists(), f"an ended backup left {place}")
    server.start()


def restore(cli, folder):
    done = cli.try_out("admin", "restore", folder / "backup", folder / "restored")
    expect(done.code == 0 and "secrets" in done.out, repr(done))
    server = Server(folder / "restored", folder / "restored.log")
    try:
        server.start()
        raise Failed("a restored registry started without its secrets")
    except Failed as refusal:
        expect("are missing" in str(refusal), str(refusal))
    shutil.copytree(cli.server.folder / "secrets", folder / "restored" / "secrets")
    server.start()
    return Cli(server, cli.key)


def story(folder, items):
    server = Server(folder / "registry", folder / "radyabd.log")
    others = []
    try:
        cli = set_up(server)
        before, issued = backup_under_load(cli, folder, items)
        refuse_bad_restores(cli, folder)
        leave_nothing_behind(cli, folder)
        issued += imported(cli, folder / "after.jsonl", 10 * items, AFTERWARDS)
        restored = restore(cli, folder)
        others.append(restored.server)
        found = restored.run("resolve", stdin="".join(code + "\n" for code in before))
        codes = [row["code"] for row in found.rows]
        expect(codes == before, "codes that were acknowledged before the backup are not in it")
        new = imported(restored, folder / "new.jsonl", 20 * items, AFTERWARDS)
        expect(len(set(issued)) == len(issued) and len(set(new)) == AFTERWARDS, "a registry issued a code twice")
        twice = set(issued) & set(new)
        expect(not twice, f"{len(twice)} codes were issued by both registries: {sorted(twice)[:3]}")
        stats = restored.run("admin", "stats", "--rows").row
        expect(stats["generation"] == 1 and int(stats["commit_sequence"]) > 10**12, str(stats))
        for each in (cli, restored):
            scrub = each.run("admin", "scrub").row
            expect(scrub["finding_count"] == "0" and int(scrub["row_count"]) > 3 * items, str(scrub))
        drained = restored.run("admin", "drain")
        expect(drained.row == {} and others[0].process.wait(30) == 0, "a drained server does not end with 0")
        print(f"{len(before):,} codes acknowledged before the backup are in it; {len(issued):,} and {AFTERWARDS:,} "
              "codes of both registries, none twice")
    finally:
        for each in [server, *others]:
            each.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=20_000)
    items = parser.parse_args().items
    folder = Path(tempfile.mkdtemp(prefix="radyab-backup-"))
    try:
        need_programs("radyabd", "radyab")
        story(folder, items)
    except Failed as failure:
        print(f"FAILED: {failure}\nleft in {folder}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
