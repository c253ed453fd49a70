"""A partner's program through two killed servers: nothing is lost and nothing doubled.

    partner_test.py python|node

The partner's way to the server leads through an AnswerHolder. Twice its answers are held back until everything the
partner sent is stored, the server gets SIGKILL, and starts again over the same folder: the partner, who never heard
that his calls were carried out, sends them again.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from answer_holder import AnswerHolder
from programs import BIN, ROOT, Cli, Failed, Server, need_programs

HERE = Path(__file__).resolve().parent
ITEMS, EVENTS, IN_FLIGHT = 20, 600, 200
ACCEPTED, DUPLICATE, REFUSED = 1, 2, 3
HELD, IN_TRANSIT = 1, 2
STORED_SECONDS_MAX = 60
PROGRAMS = {
    "python": ["/usr/bin/python3", HERE / "partner_program.py"],
    "node": ["node", HERE / "partner_program.js"],
}


def expect(what, seen, wanted):
    if seen != wanted:
        raise Failed(f"{what}: saw {seen!r}, want {wanted!r}")


class Partner:
    """The program of the partner, step by step."""

    def __init__(self, language, environment):
        self.process = subprocess.Popen(PROGRAMS[language], env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def step(self, name):
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"the partner's program ended with {self.process.wait()} before step {name!r}")
        told = json.loads(line)
        expect("step", told["step"], name)
        return told

    def go(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def end(self):
        self.process.kill()
        self.process.wait()


class PartnerTest:
    def __init__(self, language, folder):
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.server.start()
        self.holder = AnswerHolder(self.server)
        self.admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        for key_code in ("01", "0104"):
            self.admin.run("class", "create", key_code, "--name-en", f"Class {key_code}")
        member, other = (self.admin.run("member", "create", "--name-en", name).row for name in ("Maker", "Shop"))
        key = self.admin.run("admin", "key", "create", "--role", "partner", "--member", member["name"],
                             "--display-name", "partner system").row["secret"]
        self.partner = Partner(language, {
            **os.environ, "RADYAB_SERVER": self.holder.address, "RADYAB_KEY": key, "OTHER_PARTY": other["party_code"],
            "PYTHONPATH": str(BIN.parent / "python"), "PYTHONDONTWRITEBYTECODE": "1",
            "RADYAB_CLIENTS": str(ROOT / "clients")})

    def listed(self, *words):
        return self.admin.run(*words).rows

    def kill_with_answers_held(self, count_wanted, *listing):
        """Lets the partner go on, waits until the server has stored what he sends, and kills it before he hears."""
        before = len(self.listed(*listing))
        self.holder.hold()
        self.partner.go()
        deadline = time.monotonic() + STORED_SECONDS_MAX
        while (count := len(self.listed(*listing)) - before) < count_wanted:
            if time.monotonic() > deadline:
                raise Failed(f"{count} of {count_wanted} rows stored after {STORED_SECONDS_MAX} s")
            time.sleep(0.02)
        self.server.kill()
        self.server.start()
        self.holder.cut()

    def run(self):
        calm = self.partner.step("calm")["codes"]
        self.kill_with_answers_held(ITEMS, "item", "list")
        burst = self.partner.step("burst")["codes"]
        expect("the codes of retries", self.partner.step("again")["codes"], burst)
        expect("the items that are there", sorted(item["code"] for item in self.listed("item", "list")),
               sorted(calm + burst))

        lot = self.partner.step("lot")["object"]
        self.kill_with_answers_held(IN_FLIGHT, "event", "list", lot)
        self.check_events(self.partner.step("events")["rows"], lot)
        self.check_refusals(self.partner.step("refusals"))
        self.check_query(self.partner.step("query"), calm, burst)
        expect("exit code of the partner's program", self.partner.process.wait(), 0)

    def check_events(self, rows, lot):
        expect("events sent twice and stored once", Counter(outcome for outcome, _ in rows),
               {DUPLICATE: IN_FLIGHT, ACCEPTED: EVENTS - IN_FLIGHT})
        stored = self.listed("event", "list", lot)
        expect("event ids, in order", [event["event_id"] for event in stored],
               ["made"] + [f"ship-{number}" for number in range(EVENTS)])
        expect("names in the verdicts", [name for _, name in rows], [event["name"] for event in stored[1:]])

    def check_refusals(self, told):
        gtin = told["gtin"]
        expect("a wrong GTIN", (gtin["code"], gtin["reason"]), ("INVALID_ARGUMENT", "INVALID_FIELD"))
        expect("its field", gtin["fields"][0][0], "aliases[0].value")
        if "9521001000019" not in gtin["fields"][0][1].replace("*", ""):
            raise Failed(f"the refusal does not show the value: {gtin}")
        expect("a request_id used again", told["reused"]["reason"], "REQUEST_ID_REUSED")
        expect("a foreign party", (told["foreign"]["code"], told["foreign"]["reason"]), ("NOT_FOUND", "NOT_FOUND"))
        expect("an admin's call", told["role"]["reason"], "ROLE_NOT_ALLOWED")
        expect("its facts", told["role"]["metadata"]["role"], "ROLE_PARTNER")
        expect("a row that ships too much", told["row"], [REFUSED, "IMPOSSIBLE_MOVE"])
        expect("the row behind it", told["good_row"], DUPLICATE)

    def check_query(self, told, calm, burst):
        expect("items over pages", sorted(told["listed"]), sorted(calm + burst))
        expect("pages of 7", told["pages"], -(-2 * ITEMS // 7))
        expect("resolved", told["resolved"], calm)
        expect("resolved on a stream", told["streamed"], burst)
        expect("custody", sorted(told["custody"]), [[HELD, str(1000 - EVENTS)], [IN_TRANSIT, str(EVENTS)]])
        expect("events of the lot", told["events"], EVENTS + 1)

    def end(self):
        self.partner.end()
        self.server.kill()
        self.holder.close()


def main():
    language = sys.argv[1]
    folder = Path(tempfile.mkdtemp(prefix="radyab-partner-"))
    test = None
    try:
        need_programs("radyabd", "radyab")
        test = PartnerTest(language, folder)
        test.run()
    except Failed as failure:
        print(f"partner test, {language}: failed: {failure}")
        print(f"what it left is in {folder}")
        return 1
    finally:
        if test:
            test.end()
    shutil.rmtree(folder)
    print(f"partner test, {language}: ok, {2 * ITEMS} items and {EVENTS} events through two killed servers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
