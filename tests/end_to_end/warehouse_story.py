"""A day of a warehouse with the real programs: goods are received against a notice with every fault there is, packed,
shipped by command barcodes alone and counted; the server is killed in mid-session, and so is the session itself."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from programs import BIN, Cli, Failed, Server, need_programs
from scanning import ANSWER_SECONDS_MAX, Scanning, want
from warehouse_notices import NoticeScenes

DATA = Path(__file__).resolve().parent / "data"


class Warehouse(NoticeScenes):
    def __init__(self, folder):
        self.folder = folder
        self.server = Server(folder / "data", folder / "radyabd.log")
        self.server.start()
        self.admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        run = self.admin.run
        run("import", "classes", DATA / "classes.csv")
        run("import", "members", "-", stdin="name_en;gs1_company_prefix\nDairy;9521001\nWarehouse;9521002\n")
        names = [row["name"] for row in run("member", "list").rows if row["gs1_company_prefix"]]
        self.maker, self.store = names
        own = {row["name"]: row["party_code"] for row in run("member", "list").rows}
        self.maker_party, self.store_party = own[self.maker], own[self.store]
        self.items = [self.item(number, gtin) for number, gtin in
                      enumerate(["9521001000116", "9521001000123", "9521001000130", "9521001000147", "9521001000154"])]
        self.customer = self.party("customer", "Corner shop")
        self.supplier = self.party("supplier", "Bottle works")
        self.maker_key, self.key = (run("admin", "key", "create", "--role", role, "--member", member, "--display-name", role).row["secret"]
                                    for role, member in (("member", self.maker), ("warehouse", self.store)))
        self.maker_cli = Cli(self.server, self.maker_key)
        self.cli = Cli(self.server, self.key)
        self.state = folder / "state"

    def item(self, number, gtin):
        return self.admin.run("item", "create", "--member", self.maker, "--class", "010101", "--name-en",
                              f"Milk {number}", "--attribute", "brand=S", "--attribute", "storage=chilled",
                              "--attribute", "fat_percent=1.5", "--attribute", "net_volume=1", "--gtin", gtin,
                              "--gtin-case", f"1{gtin[:-1]}{self.check('1' + gtin[:-1])}=12").row["code"]

    @staticmethod
    def check(digits):
        """The check digit of a GTIN, by the weights of GS1."""
        return -sum(int(digit) * (3 - at % 2 * 2) for at, digit in enumerate(reversed(digits))) % 10

    def party(self, role, name):
        return self.admin.run("party", "create", "--member", self.store, "--kind", "organisation", "--role", role,
                              "--name-en", name).row["code"]

    def sent(self, *words):
        """Goods that the maker made and sent to the warehouse."""
        self.maker_cli.run("event", "ship", *words, "--to", self.store_party)

    def commission(self, *words):
        self.maker_cli.run("event", "commission", *words)

    def scanning(self, *words):
        return Scanning(self.server, self.key, self.state, *words)

    def held(self, word):
        """How much of an object each party holds."""
        rows = self.admin.run("custody", word).rows
        return {row["holder_party"]: row["quantity"]["amount"] for row in rows if row["state"] == "CUSTODY_STATE_HELD"}

    def notice(self, *lines):
        path = self.folder / "notice.csv"
        path.write_text("object,quantity,expiry_date\r\n" + "".join(line + "\r\n" for line in lines), encoding="utf-8")
        return path

    # --- receiving ---------------------------------------------------------------------------------
    def receive_with_every_fault(self):
        milk, whey, kefir, butter, cream = self.items
        self.commission(f"{milk}/lot/L1", f"{milk}/lot/L2", "--quantity", "40", "--expires", "2040-01-31")
        self.commission(f"{whey}/lot/W1", "--quantity", "40", "--expires", "2020-01-31")
        self.commission(f"{kefir}/lot/K1", "--quantity", "40", "--expires", "2040-01-31")
        self.commission(f"{butter}/serial/B1", f"{butter}/serial/B2")
        self.sent(f"{milk}/lot/L1", f"{milk}/lot/L2", f"{whey}/lot/W1", f"{kefir}/lot/K1", "--quantity", "40")
        self.sent(f"{butter}/serial/B1", f"{butter}/serial/B2")
        self.admin.run("item", "state", kefir, "suspended", "--reason", "broken seals")
        path = self.notice(f"{milk}/lot/L1,13,2040-01-31", f"{whey},5,", f"{kefir}/lot/K1,2,", f"{butter}/serial/B1,1,",
                           f"{butter}/serial/B2,1,")
        report = self.folder / "report.json"
        scanning = self.scanning("receive", "--notice", path, "--reference", "DN 1", "--place", "dock 3",
                                 "--report", report)
        case = f"1952100100011{self.check('1952100100011')}"
        seen = scanning.scan(f"]d2\x1d01{case}10L1", "counted")
        want((seen["amount"], seen["expected"], seen["code"]), ("12", "13", milk), "a case of twelve")
        scanning.scan(f"]d2\x1d01{case}10L1", "too_many")
        scanning.command("TIMES:2", "times_set")
        scanning.scan(f"{milk}/lot/L1", "too_many")
        scanning.scan(f"{milk}/lot/L1", "counted")
        scanning.scan(f"{milk}/lot/L2", "wrong_lot")
        want(scanning.scan(f"{whey}/lot/W1", "expired")["reason"], "expired on 2020-01-31", "why")
        want(scanning.scan(f"{kefir}/lot/K1", "blocked")["reason"], "SUSPENDED: broken seals", "why")
        scanning.scan(f"{butter}/serial/B1", "counted")
        scanning.scan(f"{butter}/serial/B1", "double")
        scanning.scan(f"{cream}/lot/C1", "unexpected")
        scanning.scan(f"{butter}/serial/B2", "counted")
        scanning.command("UNDO", "undone")
        # What is no goods, and what is no text.
        scanning.scan("9521001000116", "no_lot")
        scanning.scan("1042000017000114", "malformed")
        scanning.scan("no such thing", "unknown")
        scanning.scan("9" * 8_193, "malformed")
        scanning.process.stdin.write(b"\xff\xfe\x00\n\n\r\n")
        scanning.process.stdin.flush()
        want(scanning.verdict()["verdict"], "malformed", "bytes that are no text")
        scanning.command("TIMES:0", "bad_command")
        scanning.command("TIMES:1000000", "bad_command")
        ends = scanning.finish(1, "missing", "missing", "missing", "event_recorded")
        want([(v["object"], v["counted_so_far"], v["expected"]) for v in ends[1:4]],
             [(whey, "0", "5"), (f"{kefir}/lot/K1", "0", "2"), (f"{butter}/serial/B2", "0", "1")], "missing")
        want(self.held(f"{milk}/lot/L1"), {self.store_party: "13"}, "milk after receiving")
        event = self.cli.run("event", "get", ends[4]["object"]).row
        want((event["kind"], event["place"], event["reference"], len(event["objects"]), event["source_party"]),
             ("EVENT_KIND_RECEIVE", "dock 3", "DN 1", 2, self.maker_party), "the event")
        lines = {line["object"]: (line["counted"], line["difference"]) for line in json.loads(report.read_text())}
        want(lines[f"{milk}/lot/L1"], ("13", "0"), "the report of milk")
        want(lines[whey], ("0", "-5"), "the report of what is missing")
        want(list(self.state.rglob("*.session")), [], "journals after the end")

    def receive_without_a_network(self):
        milk, kefir = self.items[0], self.items[2]
        before = int(self.held(f"{milk}/lot/L2")[self.store_party])
        site = self.folder / "site"
        self.cli.run("pack", "fetch", "--offline", site)
        self.server.kill()
        scanning = self.scanning("receive", "--offline", site)
        scanning.command("TIMES:5", "times_set")
        want(scanning.scan(f"{milk}/lot/L2", "counted")["name"].startswith("Milk"), True, "the name out of the pack")
        want(scanning.scan(f"{kefir}/lot/K1", "blocked")["reason"], "SUSPENDED: broken seals", "why, out of the pack")
        scanning.scan("9521002000115", "unknown")
        first = scanning.finish(1, "event_recorded")[1]["object"]
        want(first, "queued/1", "the event waits")
        self.restart()
        want(self.cli.run("queue", "send", "--offline", site).row["stored"], 1, "sent")
        want(int(self.held(f"{milk}/lot/L2")[self.store_party]), before + 5, "received in the end")
        want(self.scanning("receive", "--offline", site, "--notice", "notices/1").process.wait(ANSWER_SECONDS_MAX), 2,
             "a notice of the registry without the registry")

    # --- shipping ----------------------------------------------------------------------------------
    def ship_by_barcodes_alone(self):
        milk = self.items[0]
        scanning = self.scanning("any")
        scanning.scan(f"{milk}/lot/L1", "not_begun")
        scanning.command("SHIP", "begun")
        scanning.command("TIMES:3", "times_set")
        scanning.scan(f"{milk}/lot/L1", "counted")
        scanning.scan(f"{milk}/lot/L1", "counted")
        scanning.command("UNDO", "undone")
        scanning.command("FINISH", "party_wanted")
        scanning.scan(self.supplier, "party_refused")
        scanning.scan(self.customer, "party_set")
        scanning.command("RECEIVE", "command_refused")
        ends = scanning.finish(0, "event_recorded")
        event = self.cli.run("event", "get", ends[1]["object"]).row
        want((event["kind"], event["destination_party"], event["objects"][0]["quantity"]["amount"]),
             ("EVENT_KIND_SHIP", self.customer, "3"), "the shipment")
        want(self.held(f"{milk}/lot/L1"), {self.store_party: "10"}, "milk after shipping")

    def pack(self):
        milk, butter = self.items[0], self.items[3]
        box, pallet = self.cli.run("sscc", "mint", "--count", "2").row["ssccs"]
        box, pallet = max(box, pallet), min(box, pallet)  # the box is filled first, whatever its number
        scanning = self.scanning("pack", "--into", box)
        want(scanning.verdict()["verdict"], "container_set", "--into")
        scanning.command("TIMES:4", "times_set")
        scanning.scan(f"{milk}/lot/L1", "counted")
        scanning.scan(f"{butter}/serial/B1", "counted")
        scanning.command("CONTAINER", "container_next")
        scanning.scan(f"]C100{pallet}", "container_set")
        scanning.scan(box, "counted")
        scanning.finish(0, "event_recorded", "event_recorded")
        want([row["object"] for row in self.cli.run("contents", f"sscc/{pallet}").rows], [f"sscc/{box}"], "the pallet")
        want(len(self.cli.run("contents", f"sscc/{box}").rows), 2, "things in the box")

    def refused_at_the_end_and_mended(self):
        milk = self.items[0]
        scanning = self.scanning("ship", "--to", self.customer)
        want(scanning.verdict()["verdict"], "party_set", "--to")
        scanning.scan(f"{milk}/lot/L1", "counted")
        scanning.scan(f"{milk}/lot/L2", "counted")  # still on its way here
        scanning.command("FINISH", "finishing")
        refused = scanning.verdict()
        want(refused["verdict"], "event_refused", "an event with goods that are not here")
        if "IMPOSSIBLE_MOVE" not in refused["reason"] or "/lot/L2" not in refused["reason"]:
            raise Failed(f"the refusal does not say what cannot move: {refused}")
        scanning.command("REMOVE", "remove_next")
        scanning.scan(f"{milk}/lot/L2", "removed")
        scanning.finish(0, "event_recorded")

    # --- what goes wrong ---------------------------------------------------------------------------
    def server_killed_in_mid_session(self):
        """An event a scan. The server dies between scans, with scans waiting, and comes back on the same port."""
        milk = self.items[0]
        before = int(self.held(f"{milk}/lot/L1")[self.store_party])
        scanning = self.scanning("receive", "--each")
        scanning.scan(f"{milk}/lot/L2", "counted")
        scanning.scan(f"{milk}/lot/L2", "counted")
        want(scanning.verdict()["verdict"], "event_recorded", "the first event")
        self.server.kill()
        scanning.send(*[f"{milk}/lot/L2"] * 5)
        time_told = scanning.process.stderr.readline().decode()
        if "away" not in time_told:
            raise Failed(f"nobody is told that the server is away: {time_told!r}")
        self.restart()
        verdicts = [scanning.verdict() for _ in range(10)]
        want(sorted(v["verdict"] for v in verdicts), ["counted"] * 5 + ["event_recorded"] * 5, "after the restart")
        scanning.command("UNDO", "undone")
        scanning.command("UNDO", "nothing_to_undo")
        scanning.finish()
        want(self.held(f"{milk}/lot/L2"), {self.store_party: "6"}, "each scan once")
        want(int(self.held(f"{milk}/lot/L1")[self.store_party]), before, "the other lot")

    def restart(self):
        self.server.listen = self.server.address
        self.server.start()

    def session_killed_and_resumed(self):
        milk = self.items[0]
        before = int(self.held(f"{milk}/lot/L2")[self.store_party])
        first = self.scanning("receive")
        for _ in range(20):
            first.scan(f"{milk}/lot/L2", "counted")
        first.command("TIMES:3", "times_set")
        first.kill()
        journal, = self.state.rglob("*.session")
        with open(journal, "a", encoding="utf-8") as file:
            file.write('{"scan":{"number":22,"mom')  # a line that was being written
        want(self.scanning("ship", "--resume").process.wait(ANSWER_SECONDS_MAX), 2, "resumed as another kind")
        again = self.scanning("receive", "--resume")
        seen = again.scan(f"{milk}/lot/L2", "counted")
        want((seen["amount"], seen["counted_so_far"]), ("3", "23"), "goes on where it was")
        want(self.scanning("receive", "--resume").process.wait(ANSWER_SECONDS_MAX), 2, "a session that is open already")
        again.process.send_signal(signal.SIGINT)
        _, said = again.end(1)
        if "--resume" not in said:
            raise Failed(f"who ends a session early is not told how to go on: {said!r}")
        last = self.scanning("receive", "--resume")
        last.command("UNDO", "undone")
        last.finish(0, "event_recorded")
        want(int(self.held(f"{milk}/lot/L2")[self.store_party]), before + 20, "received over three programs")

    def at_a_terminal(self, **variables):
        """A session on a terminal, which goes away in the middle; what it said, with its colours."""
        master, slave = pty.openpty()
        environment = {**os.environ, "RADYAB_SERVER": self.server.address, "RADYAB_KEY": self.key, "TERM": "xterm",
                       "XDG_STATE_HOME": str(self.state), **variables}
        process = subprocess.Popen([BIN / "radyab", "scan", "--session", "receive"], env=environment, stdin=slave,
                                   stdout=slave, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(slave)
        said = b""
        for text, word in ((f"{self.items[0]}/lot/L2", b"counted"), ("no such thing", b"unknown")):
            os.write(master, text.encode() + b"\n")
            while word not in said:
                ready, _, _ = select.select([master], [], [], ANSWER_SECONDS_MAX)
                if not ready:
                    raise Failed(f"no {word!r} on the terminal: {said!r}")
                said += os.read(master, 1 << 16)
        os.close(master)
        want(process.wait(ANSWER_SECONDS_MAX) != 0, True, "a session whose terminal went away ends, and not well")
        resumed = self.scanning("receive", "--resume")
        want(resumed.command("UNDO", "undone")["object"], f"{self.items[0]}/lot/L2", "what was scanned at the terminal")
        resumed.process.stdin.close()
        resumed.process.wait(ANSWER_SECONDS_MAX)
        for journal in self.state.rglob("*.session"):
            journal.unlink()
        return said

    def terminals(self):
        said = self.at_a_terminal()
        if b"\x1b[32mcounted" not in said or b"\a\x1b[1;31munknown" not in said:
            raise Failed(f"no colour or no bell on a terminal: {said!r}")
        plain = self.at_a_terminal(NO_COLOR="1")
        if b"\x1b[3" in plain or b"\x1b[1" in plain or b"\aunknown" not in plain:
            raise Failed(f"NO_COLOR is not honoured, or no bell: {plain!r}")

    def nothing_is_scanned(self):
        scanning = self.scanning("receive")
        scanning.command("FINISH", "nothing_counted")
        scanning.process.stdin.close()
        want(scanning.process.wait(ANSWER_SECONDS_MAX), 1, "a session without goods")
        for journal in self.state.rglob("*.session"):
            journal.unlink()
        words = [("--to", self.customer), ("--notice", self.notice("x,1,")), ("--notice", self.notice()),
                 ("--notice", self.folder / "none.csv"), ("--from", self.items[0]), ("--each", "--session", "count")]
        for option in words[:1] + words[2:]:
            code = self.scanning("receive", *option).process.wait(ANSWER_SECONDS_MAX)
            if code not in (1, 2):
                raise Failed(f"radyab scan --session receive {option} ended with {code}")
        want(list(self.state.rglob("*.session")), [], "journals of sessions that never were")

    # --- counting ----------------------------------------------------------------------------------
    def count_against_the_books(self):
        milk, butter = self.items[0], self.items[3]
        held = int(self.held(f"{milk}/lot/L2")[self.store_party])
        events = len(self.cli.run("event", "list", f"{milk}/lot/L2").rows)
        report = self.folder / "count.csv"
        scanning = self.scanning("count", "--holder", self.store_party, "--report", report)
        scanning.command(f"TIMES:{held}", "times_set")
        want(scanning.scan(f"{milk}/lot/L2", "counted")["expected"], str(held), "by the books")
        scanning.scan(f"{milk}/lot/L2", "too_many")
        want(scanning.scan(f"{butter}/serial/B2", "unexpected")["counted"], True, "what is there counts")
        scanning.finish(1)
        want(len(self.cli.run("event", "list", f"{milk}/lot/L2").rows), events, "events after counting")
        rows = {line.split(",")[0]: line.split(",")[2:] for line in report.read_text().splitlines()}
        want(rows[f"{milk}/lot/L2"], ["C62", str(held + 1), str(held), "1"], "the report")

    def answers_in_a_blink(self):
        """One label after another, as fast as a hand can: 95 of 100 answers within a tenth of a second."""
        milk = self.items[0]
        scanning = self.scanning("count")
        times = []
        for _ in range(300):
            begun = time.monotonic()
            scanning.scan(f"{milk}/lot/L2", "counted")
            times.append(time.monotonic() - begun)
        scanning.finish()
        times.sort()
        p50, p95, p99 = (times[len(times) * part // 100] * 1000 for part in (50, 95, 99))
        if p95 > 100:
            raise Failed(f"p95 of a verdict {p95:.1f} ms, want at most 100 ms")
        return f"verdicts p50 {p50:.1f} ms, p99 {p99:.1f} ms"


def main():
    need_programs("radyabd", "radyab")
    folder = Path(tempfile.mkdtemp(prefix="radyab.warehouse."))
    warehouse = None
    try:
        warehouse = Warehouse(folder)
        warehouse.receive_with_every_fault()
        warehouse.ship_by_barcodes_alone()
        warehouse.refused_at_the_end_and_mended()
        warehouse.pack()
        warehouse.server_killed_in_mid_session()
        warehouse.session_killed_and_resumed()
        warehouse.terminals()
        warehouse.nothing_is_scanned()
        warehouse.count_against_the_books()
        warehouse.receive_by_a_notice_of_the_registry()
        warehouse.receive_a_pallet_of_a_notice()
        warehouse.receive_without_a_network()
        figures = warehouse.answers_in_a_blink()
    except (Failed, OSError, KeyError, ValueError, IndexError):
        traceback.print_exc()
        print(f"FAILED; what was there stands in {folder}", file=sys.stderr)
        return 1
    finally:
        if warehouse is not None:
            warehouse.server.stop()
    shutil.rmtree(folder)
    print(f"received, shipped, packed and counted; {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
