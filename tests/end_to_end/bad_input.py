"""Hostile and mistaken input, given to the command line and through it to a real server.

Every row must end with its exit code and reason, name the value or place at fault, and leave the registry as it was;
a good call right after each must succeed.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from own_check_digits import code_is_valid
from programs import BIN, Cli, Failed, Server, need_programs

CLASSES = Path(__file__).resolve().parent / "data" / "classes.csv"
REFUSED, USAGE, NOT_FOUND, UNREACHABLE = 1, 2, 3, 4
MEGABYTE = 1_000_000
GOOD_ITEM = ["item", "create", "--class", "010503", "--name-en", "Sugar", "--attribute", "brand=Anbarak",
             "--attribute", "storage=ambient", "--attribute", "net_weight=0.9"]


def without(words, *parts):
    """The words less the flags whose value begins with one of the parts."""
    kept = list(words)
    for part in parts:
        at = next(i for i, word in enumerate(kept) if word.startswith(part))
        del kept[at - 1 : at + 1]
    return kept


class BadInput:
    def __init__(self, folder):
        self.folder = folder
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.row_count = 0
        self.faults = []
        self.known = None  # what was stored after the last row; nothing when a change was made since

    def set_up(self):
        self.server.start()
        self.admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        self.admin.run("import", "classes", CLASSES)
        self.members = {}
        self.keys = {"admin": self.admin, "nobody": Cli(self.server), "wrong": Cli(self.server, "not-a-key-of-ours")}
        for name, prefix in (("ours", "9521003"), ("theirs", "9521004")):
            self.members[name] = self.admin.run("member", "create", "--name-en", name, "--gs1-prefix", prefix).row
            for role in ("member", "warehouse", "desk"):
                row = self.admin.run("admin", "key", "create", "--role", role, "--member", self.members[name]["name"],
                                     "--display-name", role).row
                self.keys[f"{name} {role}"] = Cli(self.server, row["secret"])
        self.ours = self.keys["ours member"]
        self.item = self.ours.run(*GOOD_ITEM, "--supplier-part", "P1", "--gtin", "9521003000015").row
        self.code = self.item["code"]
        self.party = self.ours.run("party", "create", "--kind", "person", "--role", "customer", "--name-fa",
                                   "مینا گیلانی").row["code"]
        self.case = self.keys["ours desk"].run(
            "case", "open", "--type", "complaint", "--channel", "phone", "--language", "fa", "--narrative", "خراب بود",
            "--subject", self.code, "--anonymous").row["case"]["code"]

    # --- how a row is judged ------------------------------------------------------------------------
    def stored(self):
        """Everything that a change would move: all lists and the audit trail."""
        lists = [("item", "list"), ("service", "list"), ("class", "list"), ("member", "list"),
                 ("admin", "key", "list"), ("admin", "audit", "list")]
        lists += [(family, "list", "--member", member["name"]) for family in ("party", "case")
                  for member in self.members.values()]
        return [self.admin.run(*words).out for words in lists]

    def refused(self, what, key, words, code, reason, *named):
        """One row: runs it and judges exit code, reason and words of the error, the store, and the next good call."""
        self.row_count += 1
        before = self.known or self.stored()
        answered = self.keys[key].try_out(*words)
        wrong = []
        if answered.code != code:
            wrong.append(f"exit code {answered.code}, want {code}")
        try:
            error = answered.error
        except (ValueError, KeyError, IndexError):
            error = {"reason": "", "message": "no JSON error"}
        if error.get("reason", "") != reason:
            wrong.append(f"reason {error.get('reason')!r}, want {reason!r}")
        said = json.dumps(error, ensure_ascii=False)
        wrong += [f"the error does not name {text!r}" for text in named if text not in said]
        if len(answered.err) > 20_000:
            wrong.append(f"an error of {len(answered.err)} characters")
        self.known = self.stored()
        if self.known != before:
            wrong.append("the registry has changed")
        if self.ours.try_out("resolve", self.code).code != 0:
            wrong.append("the next good call failed")
        self.faults += [f"{what}: {fault}; {answered!r}" for fault in wrong]

    def checked(self, what, stdin, reason, at, length):
        """One row of `code check`: a refusal with its place, without a server."""
        self.row_count += 1
        answered = self.keys["nobody"].try_out("code", "check", stdin=stdin)
        row = answered.rows[0] if answered.out else {}
        wanted = {"reason": reason, "at": at, "length": length}
        if answered.code != REFUSED or row.get("ok") is not False or row.get("refusal") != wanted:
            self.faults.append(f"code check, {what}: exit code {answered.code}, {str(row)[:300]}; want {wanted}")

    # --- the rows -----------------------------------------------------------------------------------
    def codes(self):
        wrong = self.code[:-1] + str((int(self.code[-1]) + 1) % 10)
        if code_is_valid(wrong) or not code_is_valid(self.code):
            raise Failed(f"{self.code}: our own check digits do not agree")
        self.checked("wrong check digit", wrong, "WRONG_CHECK_DIGIT", 15, 2)
        self.checked("letters", self.code[:5] + "X" + self.code[6:], "INVALID_CHARACTER", 6, 1)
        self.checked("too short", self.code[:-1], "WRONG_LENGTH", 0, 0)
        self.checked("1 MB", "1" * MEGABYTE, "TOO_LONG", 0, 0)
        self.checked("invalid UTF-8", b"1042\xff\xfe", "INVALID_UTF8", 5, 1)
        for verb in (["item", "get"], ["party", "get"], ["case", "get"], ["event", "list"]):
            what = " ".join(verb)
            self.refused(f"{what}: wrong check digit", "admin", [*verb, wrong], REFUSED, "WRONG_CHECK_DIGIT", wrong[:4])
            self.refused(f"{what}: letters", "admin", [*verb, "10420X0017000113"], REFUSED, "INVALID_CHARACTER",
                         "10420*X*0017000113", "place 6")
        unknown = "8031000017000251"
        self.refused("a code that is nothing here", "admin", ["service", "get", unknown], NOT_FOUND, "NOT_FOUND", unknown)

    def resolving(self):
        """`resolve` answers every text; what leads nowhere carries its refusal, with the place where there is one."""
        bad_gtin = "(01)09521003000013"
        for what, text, code, reason, place, named in [
            ("letters", "10105X0001000121", NOT_FOUND, "NOT_FOUND", None, "10105X0001000121"),
            ("a code nobody has", "8031000017000251", NOT_FOUND, "NOT_FOUND", None, "8031000017000251"),
            ("wrong check digit", bad_gtin, REFUSED, "INVALID_CODE", ("WRONG_CHECK_DIGIT", 18, 1), "*3*"),
            ("unknown AI", "]C1059512345", REFUSED, "INVALID_CODE", ("UNKNOWN_AI", 1, 4), "*0595*12345"),
            ("invalid UTF-8", b"10\xff42\n", REFUSED, "INVALID_CODE", None, "not UTF-8"),
            ("1 MB", "1" * MEGABYTE, REFUSED, "INVALID_CODE", None, "1000000 bytes, want at most 8192"),
        ]:
            self.row_count += 1
            answered = self.ours.try_out("resolve", stdin=text)
            refusal = (answered.rows[0] if answered.out else {}).get("refusal") or {}
            found = refusal.get("code_refusal")
            found = found and (found["reason"], found["at"], found["length"])
            if (answered.code, refusal.get("reason"), found) != (code, reason, place) or \
                    named not in refusal.get("message", ""):
                self.faults.append(f"resolve, {what}: {refusal} {answered!r} {answered.out[:300]}; want exit code {code}, "
                                   f"{reason} {place}")
            if len(answered.err) > 20_000:
                self.faults.append(f"resolve, {what}: an error of {len(answered.err)} characters")
            if self.ours.try_out("resolve", self.code).code != 0:
                self.faults.append(f"resolve, {what}: the next good call failed")

    def items(self):
        good = GOOD_ITEM
        self.refused("unknown class", "ours member", ["item", "create", "--class", "0777", "--name-en", "X"], REFUSED,
                     "UNKNOWN_CLASS", "0777")
        self.refused("missing attribute", "ours member", without(good, "net_weight"), REFUSED, "MISSING_ATTRIBUTE",
                     "net_weight")
        self.refused("unknown attribute", "ours member", [*good, "--attribute", "colour=red"], REFUSED,
                     "UNKNOWN_ATTRIBUTE", "colour")
        self.refused("letters in a number", "ours member", [*without(good, "net_weight"), "--attribute",
                     "net_weight=0.9x"], REFUSED, "WRONG_ATTRIBUTE", "0.9")
        self.refused("wrong GTIN check digit", "ours member", [*good, "--gtin", "9521003000020"], REFUSED,
                     "INVALID_FIELD", "952100300002*0*")
        self.refused("a supplier part twice", "ours member", [*good, "--supplier-part", "P1"], REFUSED,
                     "ALREADY_EXISTS", self.code)
        self.refused("a request_id with another body", "ours member",
                     ["item", "create", *without(good[2:], "Sugar"), "--name-en", "Salt", "--request-id", "r1"],
                     REFUSED, "REQUEST_ID_REUSED", "r1")
        self.refused("a stale etag", "ours member", ["item", "update", self.code, "--name-en", "Y", "--etag", "stale"],
                     REFUSED, "STALE_ETAG", self.code)
        self.refused("a name that is no UTF-8", "ours member", ["item", "create", "--class", "010503", "--name-en",
                     b"\xff\xfe"], USAGE, "USAGE", "--name-en", "UTF-8")

    def parties_and_cases(self):
        person = ["party", "create", "--kind", "person", "--role", "customer", "--name-fa", "کاوه کیانی"]
        self.refused("a wrong national id", "ours member", [*person, "--national-id", "0084575947"], REFUSED,
                     "INVALID_FIELD", "national_id")
        self.refused("ten equal digits", "ours member", [*person, "--national-id", "1111111111"], REFUSED,
                     "INVALID_FIELD", "national_id")
        self.refused("a telephone with letters", "ours member", [*person, "--phone", "0912CALLME"], REFUSED,
                     "INVALID_FIELD", "phone")
        self.refused("an illegal stage", "ours desk", ["case", "advance", self.case, "closed", "--reason", "x"],
                     REFUSED, "ILLEGAL_TRANSITION", "ACKNOWLEDGED")
        self.refused("a stage without what it needs", "ours desk", ["case", "advance", self.case, "acknowledged"],
                     REFUSED, "MISSING_FIELD", "delivery_id")

    def events(self):
        unit = f"{self.code}/serial/S1"
        self.refused("goods that never were", "ours warehouse", ["event", "deliver", unit, "--to", self.party],
                     NOT_FOUND, "NOT_FOUND", unit)
        self.refused("a wrong SSCC", "ours warehouse", ["event", "pack", unit, "--container", "sscc/095210030000000011"],
                     REFUSED, "WRONG_CHECK_DIGIT", "09521003000000001*1*")
        self.refused("a time that is none", "ours warehouse", ["event", "commission", unit, "--at", "yesterday"],
                     REFUSED, "OUT_OF_RANGE", "yesterday")

    def keys_and_roles(self):
        get, party = ["item", "get", self.code], ["party", "get", self.party]
        self.refused("no key", "nobody", get, REFUSED, "NO_KEY")
        self.refused("a wrong key", "wrong", get, REFUSED, "WRONG_KEY")
        self.refused("a wrong role", "ours warehouse", GOOD_ITEM, REFUSED, "ROLE_NOT_ALLOWED", "WAREHOUSE")
        self.refused("a role below admin", "ours member", ["admin", "key", "list"], REFUSED, "ROLE_NOT_ALLOWED")
        self.refused("a foreign party", "theirs member", party, NOT_FOUND, "NOT_FOUND", self.party)
        self.refused("a foreign case", "theirs desk", ["case", "get", self.case], NOT_FOUND, "NOT_FOUND", self.case)
        self.refused("goods of a foreign item", "theirs warehouse",
                     ["event", "commission", f"{self.code}/serial/S9"], NOT_FOUND, "NOT_FOUND", self.code)
        self.refused("a foreign item to change", "theirs member", ["item", "update", self.code, "--name-en", "Z",
                     "--force"], NOT_FOUND, "NOT_FOUND", self.code)
        said = [self.keys[key].try_out(*words) for key, words in
                (("theirs member", party), ("theirs member", ["party", "get", "7000000017004271"]))]
        if said[0].err.replace(self.party, "?") != said[1].err.replace("7000000017004271", "?"):
            self.faults.append(f"a foreign and a missing party differ: {said}")

    def imports(self):
        """Bad rows are refused one by one, good rows between them are stored."""
        file = self.folder / "items.csv"
        file.write_text("class,name_en,supplier_part,attr.brand,attr.storage,attr.net_weight\n"
                        "010503,Good one,I1,A,ambient,1\n0777,No class,I2,A,ambient,1\n010503,No weight,I3,A,ambient,\n"
                        "010503,Good two,I4,A,ambient,2\n", encoding="utf-8")
        answered = self.ours.try_out("import", "items", file)
        self.row_count += 1
        self.known = None
        outcomes = [row["outcome"].removeprefix("ROW_OUTCOME_") for row in answered.rows]
        reasons = [fault["reason"] for row in answered.rows for fault in row["faults"]]
        if (answered.code, outcomes, reasons) != (REFUSED, ["ACCEPTED", "REFUSED", "REFUSED", "ACCEPTED"],
                                                  ["UNKNOWN_CLASS", "MISSING_ATTRIBUTE"]):
            self.faults.append(f"import: {outcomes} {reasons} {answered!r}")
        told = self.ours.try_out("import", "items", file, json_form=False).err
        if "line 3" not in told or "line 4" not in told:
            self.faults.append(f"import: the lines are not named: {told}")
        self.refused("a column of the server", "ours member", ["import", "items", self.written("class,etag\n010503,e1\n")],
                     REFUSED, "", "etag")
        self.refused("an unknown column", "ours member", ["import", "items", self.written("class,colour\n010503,red\n")],
                     REFUSED, "", "colour")

    def written(self, text):
        file = self.folder / "table.csv"
        file.write_text(text, encoding="utf-8")
        return file

    def second_servers(self):
        """A second server must not open the folder nor share the port; the first goes on."""
        begun = self.second(self.server.folder, "127.0.0.1:0")
        if begun.returncode != 2 or str(self.server.process.pid) not in begun.stderr or \
                str(self.server.folder) not in begun.stderr:
            self.faults.append(f"a second server on the folder: {begun}")
        begun = self.second(self.folder / "other", self.server.address)
        if begun.returncode != 2 or self.server.address not in begun.stderr:
            self.faults.append(f"a second server on the port: {begun}")
        self.row_count += 2
        if self.ours.try_out("resolve", self.code).code != 0:
            self.faults.append("the first server does not answer any more")

    def second(self, folder, listen):
        return subprocess.run([BIN / "radyabd", "--data", folder, "--listen", listen], capture_output=True, text=True,
                              timeout=60)

    def no_server(self):
        """Nobody listens: another exit code, and the address is named."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))  # bound and not listening: nobody else takes it
            address = f"127.0.0.1:{free.getsockname()[1]}"
            self.row_count += 1
            elsewhere = Cli(type("Nowhere", (), {"address": address}), self.ours.key)
            answered = elsewhere.try_out("--timeout", "2", "item", "get", self.code, json_form=False)
            if answered.code != UNREACHABLE or address not in answered.err:
                self.faults.append(f"no server: {answered!r}")

    def run(self):
        self.ours.run(*GOOD_ITEM, "--request-id", "r1")
        for part in (self.codes, self.resolving, self.items, self.parties_and_cases, self.events, self.keys_and_roles,
                     self.imports, self.second_servers, self.no_server):
            part()


def main():
    folder = Path(tempfile.mkdtemp(prefix="radyab-bad-input-"))
    run = BadInput(folder)
    try:
        need_programs("radyabd", "radyab")
        run.set_up()
        run.run()
    except Exception as failure:  # whatever it was, what it left is kept and named
        run.faults.append(str(failure) if isinstance(failure, Failed) else traceback.format_exc())
    finally:
        run.server.kill()
    for fault in run.faults:
        print(fault)
    if run.faults:
        print(f"what it left is in {folder}")
    else:
        shutil.rmtree(folder)
    print(f"bad input: {run.row_count} rows, {len(run.faults)} faults")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
