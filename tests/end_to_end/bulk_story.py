"""Everything out of one registry, into another, and out again: the same rows. And files that are broken in every way:
each fault is told with its row, the other rows are done, nothing is done by half, and the next good call succeeds."""

import csv
import io
import json
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

from programs import Cli, Failed, Server, need_programs

DATA = Path(__file__).resolve().parent / "data"
KINDS = ["members", "classes", "items", "services", "parties", "aliases"]
CODED = ["members", "items", "services", "parties"]  # their rows begin with what the registry calls them
LONG_LINE_BYTES = 100_000_000


def want(seen, wanted, what):
    if seen != wanted:
        raise Failed(f"{what}: {seen!r}, want {wanted!r}")


def table(text, separator=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def without_names(kind, rows):
    """The rows without what each registry calls them, and in an order of their own, as what they list: a table keeps
    no order of attributes and aliases."""
    rows = [{name: value for name, value in row.items() if kind not in CODED or name not in ("code", "name")}
            for row in rows]
    for row in rows:
        for name in ("attributes", "aliases"):
            if kind != "classes" and name in row:
                row[name] = sorted(row[name], key=lambda part: json.dumps(part, sort_keys=True))
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


class Registry:
    def __init__(self, folder, name):
        self.folder = folder / name
        self.folder.mkdir()
        self.server = Server(self.folder / "data", self.folder / "radyabd.log")
        self.server.start()
        self.admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())

    def export(self, kind, *options):
        return self.admin.run("export", kind, *options).out

    def exported(self, kind):
        return [json.loads(line) for line in self.export(kind, "--format", "jsonl").splitlines()]


def fill(registry):
    """The demonstration's catalogue, and what is hard to write in a table."""
    run = registry.admin.run
    run("import", "classes", DATA / "classes.csv")
    run("class", "update", "0105", "--pattern-en", "{base}[ {brand}]", "--reference", "hs=0902")
    run("import", "members", "-", stdin="name_fa;name_en;gs1_company_prefix\r\nلبنیات;Dairy;9521001\r\n;Shop;9521002\r\n")
    run("import", "items", DATA / "catalogue.csv", "--member", "1")
    run("import", "items", DATA / "catalogue_distributor.csv", "--member", "2")
    run("import", "services", DATA / "services.csv", "--member", "2")
    run("import", "parties", DATA / "customers.csv", "--member", "2")
    run("import", "parties", DATA / "suppliers.csv", "--member", "1")
    hard = ["item", "create", "--member", "1", "--class", "010501", "--name-en", 'Tea, "loose"; 1/2\nkg', "--name-fa",
            "چای =۱+۱", "--attribute", "brand=Anbarak", "--attribute", "storage=ambient", "--attribute",
            "net_weight=0.5", "--unit", "KGM", "--supplier-part", "A;B\\C", "--gtin", "9521001990011",
            "--gtin-case", "19521001990018=6", "--gtin-case", "29521001990015=48"]
    run(*hard)
    gone = run("item", "create", "--member", "1", "--class", "010501", "--name-en", "Gone", "--attribute", "brand=x",
               "--attribute", "storage=ambient", "--attribute", "net_weight=1").row["code"]
    run("item", "state", gone, "retired", "--reason", "not made any more")
    return gone


def export_and_import_again(folder, one, two):
    gone = fill(one)
    before = {kind: one.exported(kind) for kind in KINDS}
    for kind, least in zip(KINDS, (2, 30, 230, 5, 85, 300)):
        if len(before[kind]) < least:
            raise Failed(f"{kind}: {len(before[kind])} rows were exported, want {least} at least")
    if gone in one.export("items"):
        raise Failed("a retired code was exported as if it were in use")
    want(len(table(one.export("items", "--all-states"))), len(before["items"]) + 1, "items in every state")
    files = {}
    for turn, kind in enumerate(KINDS[:-1]):
        # Each form is used by some kind: commas, semicolons with a mark, lines of JSON.
        options = [[], ["--semicolons", "--bom"], ["--format", "jsonl"]][(turn + 1) % 3]
        files[kind] = folder / f"{kind}.{'jsonl' if '--format' in options else 'csv'}"
        one.admin.run("export", kind, "--out", files[kind], *options)
    want([path.name for path in folder.glob("*.part")], [], "files left half written")
    for kind, file in files.items():
        options = ["--new-codes"] if kind in CODED else []
        if options:
            refused = two.admin.try_out("import", kind, file)
            want(refused.code, 1, f"{kind} with their codes")
        tried = two.admin.run("import", kind, file, "--dry-run", *options).rows
        want({row["outcome"] for row in tried}, {"ROW_OUTCOME_ACCEPTED"}, f"dry run of {kind}")
        want(two.exported(kind), [], f"{kind} after a dry run")
        done = two.admin.run("import", kind, file, *options).rows
        want(len(done), len(before[kind]), f"rows of {kind}")
        want(without_names(kind, two.exported(kind)), without_names(kind, before[kind]), f"{kind} exported again")
        again = two.admin.run("import", kind, file, *options).rows
        want(len(again), len(done), f"rows of {kind}, imported again")
        want(len(two.exported(kind)), len(before[kind]), f"{kind} after the same import again")
    # Aliases name codes, so they go back to where they came from: all of them are there.
    file = folder / "aliases.csv"
    one.admin.run("export", "aliases", "--out", file)
    there = one.admin.run("import", "aliases", file, "--fresh").rows
    want({row["outcome"] for row in there}, {"ROW_OUTCOME_DUPLICATE"}, "aliases that are there")
    for kind in KINDS:
        want(one.exported(kind), before[kind], f"{kind} of the first registry at the end")


def events_out_and_in_again(folder, registry):
    """Events go out as lines of JSON; sent in again they are known, every one."""
    run = registry.admin.run
    item = run("item", "list", "--member", "1", "--limit", "1").row["code"]
    for day, lots in enumerate(("A", "B", "C"), 1):
        run("event", "commission", f"{item}/lot/{lots}1", f"{item}/lot/{lots}2", "--quantity", "12", "--quantity",
            "1.5 KGM", "--at", f"2026-11-0{day}T10:00:00+03:30", "--member", "1", "--reference", 'half; "whole"')
    file = folder / "events.jsonl"
    run("export", "events", "--member", "1", "--out", file)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    want([row["objects"][1]["quantity"]["amount"] for row in rows], ["1.5"] * 3, "amounts of exported events")
    again = run("import", "events", file, "--member", "1").rows
    want([row["outcome"] for row in again], ["ROW_OUTCOME_DUPLICATE"] * 3, "events that are there")
    want(run("export", "events", "--format", "jsonl", "--member", "1").out, file.read_text(), "events exported again")
    want(registry.admin.try_out("export", "events").code, 2, "events as a table")


def numbers_that_answer_once(registry):
    """More numbers than go in a call, from a pipe; each is genuine once, for somebody without a key."""
    run, nobody = registry.admin.run, Cli(registry.server)
    item = run("item", "list", "--member", "1", "--limit", "1").row["code"]
    numbers = [f"{4711081500000000 + 7919 * number}" for number in range(1500)]
    lines = "\r\n".join(numbers) + "\n\n"
    first = run("authenticity", "register", f"{item}/lot/A1", stdin=lines).row
    want((first["registered_count"], first["known_count"]), (1500, 0), "numbers registered")
    again = run("authenticity", "register", f"{item}/lot/A1", stdin=lines).row
    want((again["registered_count"], again["known_count"]), (0, 1500), "numbers registered again")
    wrong = registry.admin.try_out("authenticity", "register", item, stdin=f"{numbers[0]}\n471\nx\n")
    want((wrong.code, "number 2" in wrong.err, "number 3" in wrong.err), (1, True, True), "wrong numbers")
    taken = registry.admin.try_out("authenticity", "register", item, "1111222233334444", numbers[0])
    want((taken.code, taken.error["reason"]), (1, "ALREADY_EXISTS"), "a number of another object")
    asked = nobody.run("authenticity", "ask", numbers[1400]).row
    want((asked["verdict"], asked["object"]), ("AUTHENTICITY_VERDICT_GENUINE", f"{item}/lot/A1"), "the first ask")
    before = nobody.try_out("authenticity", "ask", numbers[1400])
    want((before.code, before.row["verdict"], before.row["object"]), (1, "AUTHENTICITY_VERDICT_ASKED_BEFORE", ""),
         "the second ask")
    want(nobody.try_out("authenticity", "ask", "1111222233334444").code, 3, "a number of nobody")
    listed = run("authenticity", "again", "--member", "1").rows
    want([(row["object"], row["ask_count"]) for row in listed], [(f"{item}/lot/A1", 2)], "numbers asked for again")
    want(run("authenticity", "get", numbers[0]).row["ask_count"], 0, "a number nobody asked for")


class BrokenFiles:
    """Each scene gives a file, which rows are refused and for what, and how many are done."""

    HEAD = "name_en,class,attr.brand,attr.storage,attr.net_weight,attr_unit.net_weight,supplier_part\n"
    GOOD = "{},010501,b,ambient,1,,{}\n"

    def __init__(self, registry, folder):
        self.registry, self.folder = registry, folder
        self.number = 0

    def good(self):
        self.number += 1
        return self.GOOD.format(f"Good {self.number}", f"G{self.number}").encode()

    def scene(self, what, content, refused, kind="items", whole=False, ends=(1,)):
        """`refused`: (row, line, reason, words) of each; `whole`: the file is refused, and nothing done."""
        file = self.folder / "broken.csv"
        file.write_bytes(content)
        count = len(self.registry.exported(kind))
        options = ["--member", "1"] if kind == "items" else []
        answered = self.registry.admin.try_out("import", kind, file, *options, json_form=False)
        if answered.code not in ends:
            raise Failed(f"{what}: {answered!r}")
        for row, line, reason, words in refused:
            told = [text for text in answered.err.splitlines() if text.startswith(f"row {row} (line {line}): ")]
            if not any(reason in text and words in text for text in told):
                raise Failed(f"{what}: row {row} wants {reason}, {words!r}: {answered.err[:800]!r}")
        if whole and not answered.err:
            raise Failed(f"{what}: not a word of why")
        after = len(self.registry.exported(kind))
        want(after - count, 0 if whole else int(answered.out.split(" accepted")[0].split()[-1]), f"{what}: rows done")
        self.registry.admin.run("import", "items", "-", "--member", "1", stdin=self.HEAD.encode() + self.good())
        return answered

    def run(self):
        head, good = self.HEAD.encode(), self.good
        self.scene("a file that ends inside a quoted field", head + good() + b'"half,010501,b',
                   [(2, 3, "INVALID_CSV", "never closed")])
        self.scene("a row that ends too early", head + b"short,0105\n" + good(), [(1, 2, "INVALID_CSV", "2 fields")])
        self.scene("a column that nobody knows", b"name_en,colour\nx,red\n", [], whole=True)
        self.scene("a column of the server", b"name_en,etag\nx,1\n", [], whole=True)
        self.scene("the columns of other things", b"key_code,name_en\n01,Food\n", [], whole=True)
        self.scene("an empty file", b"", [], whole=True)
        self.scene("a line of 100 MB", head + b"x" * LONG_LINE_BYTES + b"\n" + good(),
                   [(1, 2, "INVALID_CSV", "longer than 1 MiB")])
        self.scene("a line in another encoding", head + "چا\u064a,010501,b,ambient,1,,W1\n".encode("cp1256") + good(),
                   [(1, 2, "INVALID_CSV", "no UTF-8")])
        self.scene("a file in another encoding", "name_en,class\nTea,0105\n".encode("utf-16"), [], whole=True)
        self.scene("a unit that the class does not want", head + b"Tea,010501,b,ambient,1,LTR,U1\n" + good(),
                   [(1, 2, "WRONG_ATTRIBUTE", "unit")])
        used = good()
        self.scene("an alias that is in use", head + used + used.replace(b"Good", b"Other"),
                   [(2, 3, "ALREADY_EXISTS", "leads to")])
        self.scene("every fault of a row at once", head + b",010501,,warm,heavy,,F1\n" + good(),
                   [(1, 2, "", "display_name"), (1, 2, "", "brand"), (1, 2, "", '"warm"'), (1, 2, "", "*h*eavy")])
        self.scene("classes before their parents", b"key_code,name_en\n980101,Deep\n9801,Middle\n98,Top\n9801,Middle\n",
                   [(1, 2, "UNKNOWN_CLASS", ""), (2, 3, "UNKNOWN_CLASS", "")], kind="classes")
        self.scene("a class that is its own child", b"key_code,name_en\n97,Top\n97,Again\n",
                   [(2, 3, "ALREADY_EXISTS", "")], kind="classes")

    def mend_and_send_again(self):
        rejects = self.folder / "rejects.csv"
        content = self.HEAD + "Mend me,010501,b,warm,1,,M1\n" + self.good().decode() + "short,0105\n"
        args = ["import", "items", "-", "--member", "1", "--rejects", rejects]
        want(self.registry.admin.try_out(*args, stdin=content).code, 1, "an import with two bad rows")
        text = rejects.read_text()
        want(text.splitlines()[0], self.HEAD.strip() + ",refused_because", "the header of the refused rows")
        want(len(text.splitlines()), 3, "lines of the refused rows")
        if "want one of" not in text.splitlines()[1]:
            raise Failed(f"why a row was refused is not in the file: {text!r}")
        # As it is, it is refused as it was: also the row that was cut off.
        again = self.folder / "again.csv"
        answered = self.registry.admin.try_out("import", "items", rejects, "--member", "1", "--rejects", again)
        want([row["outcome"] for row in answered.rows], ["ROW_OUTCOME_REFUSED"] * 2, "refused rows sent as they are")
        want(again.read_text().splitlines()[0], text.splitlines()[0], "the header of rows refused again")
        lines = text.splitlines()
        lines[1] = lines[1].replace("warm", "ambient")
        mended = self.registry.admin.run("import", "items", "-", "--member", "1", stdin="\n".join(lines[:2]) + "\n")
        want([row["outcome"] for row in mended.rows], ["ROW_OUTCOME_ACCEPTED"], "the mended row")

    def go_on_where_it_stopped(self):
        content = self.HEAD + "".join(self.good().decode() for _ in range(6))
        first = "\n".join(content.splitlines()[:4]) + "\n"
        self.registry.admin.run("import", "items", "-", "--member", "1", stdin=first)
        count = len(self.registry.exported("items"))
        rest = self.registry.admin.run("import", "items", "-", "--member", "1", "--from-row", "4", stdin=content).rows
        want([row["row"] for row in rest], ["4", "5", "6"], "rows from the fourth on")
        whole = self.registry.admin.run("import", "items", "-", "--member", "1", stdin=content).rows
        want([row["outcome"] for row in whole], ["ROW_OUTCOME_DUPLICATE"] * 6, "the whole file once more")
        want(len(self.registry.exported("items")), count + 3, "items after going on")


def main():
    need_programs("radyabd", "radyab")
    folder = Path(tempfile.mkdtemp(prefix="radyab.bulk."))
    registries = []
    try:
        for name in ("one", "two"):
            registries.append(Registry(folder, name))
        export_and_import_again(folder, *registries)
        events_out_and_in_again(folder, registries[0])
        numbers_that_answer_once(registries[0])
        broken = BrokenFiles(registries[1], folder)
        broken.run()
        broken.mend_and_send_again()
        broken.go_on_where_it_stopped()
    except (Failed, OSError, KeyError, ValueError, IndexError):
        traceback.print_exc()
        print(f"FAILED; what was there stands in {folder}", file=sys.stderr)
        return 1
    finally:
        for registry in registries:
            registry.server.stop()
    shutil.rmtree(folder)
    print(f"exported, imported and exported again: the same; {Cli.calls} calls")
    return 0


if __name__ == "__main__":
    sys.exit(main())
