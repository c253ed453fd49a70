"""Asks the registry, through the command line only, for everything that demo_expected.py works out."""

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from programs import Failed

LISTED_MAX = 100  # serials and containers that one answer names
ASKED_AT_ONCE = 3


class Names:
    """The story's names of things beside the codes that the server gave them."""

    def __init__(self):
        self.code = {}  # "c17", "maker", a supplier part, a service name -> code; "case-004" -> SSCC
        self.name = {}

    def add(self, name, code):
        if name in self.code or code in self.name:
            raise Failed(f"{code} was given twice: to {self.name.get(code)} and to {name}")
        self.code[name] = code
        self.name[code] = name

    def party(self, code):
        return self.name[code] if code else ""


def plain(amount):
    """A number as the expected answers write it."""
    text = f"{Decimal(amount):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def without_prefix(word, prefix):
    if not word.startswith(prefix):
        raise Failed(f"{word!r} does not begin with {prefix}")
    return word[len(prefix):]


class Observer:
    """`keys`: a Cli for "admin", "maker", "warehouse" and "desk"."""

    def __init__(self, keys, plan, names, case_codes):
        self.keys, self.plan, self.names, self.case_codes = keys, plan, names, case_codes
        self.words_of_lots = {}

    # --- words of the command line, there and back --------------------------------------------------
    def lot_word(self, key):
        lot = self.plan["lots"][key]
        return f"{self.names.code[lot['item']]}/lot/{lot['lot']}"

    def lot_of(self, word):
        """The lot's key of its object word; nothing when it is no lot of the story."""
        if not self.words_of_lots:
            self.words_of_lots = {self.lot_word(key): key for key in self.plan["lots"]}
        return self.words_of_lots.get(word)

    def unit_word(self, unit):
        lot = self.plan["lots"][unit[0]]
        return f"{self.names.code[lot['item']]}/serial/{lot['lot']}{unit[1]:04d}"

    def container_word(self, key):
        return f"sscc/{self.names.code[key]}"

    def name_of_object(self, word):
        """"U1/0410A0007", "B2" or "case-004" of an object word."""
        if self.lot_of(word):
            return self.lot_of(word)
        if word.startswith("sscc/"):
            return self.names.name[word.removeprefix("sscc/")]
        code, _, serial = word.split("/")
        return f"{self.lot_of(f'{code}/lot/{serial[:-4]}')}/{serial}"

    # --- the questions ------------------------------------------------------------------------------
    def holders(self, viewer, lot):
        found = {}
        for row in self.keys[viewer].run("trace", "forward", self.lot_word(lot)).rows:
            state = without_prefix(row["state"], "CUSTODY_STATE_")
            units = sorted(word.split("/")[2] for word in row["units"])
            if units and len(units) != min(row["unit_count"], LISTED_MAX):
                raise Failed(f"{lot} for {viewer}: {row['unit_count']} units, {len(units)} named")
            if row["customer"] != (state == "DELIVERED"):
                raise Failed(f"{lot} for {viewer}: customer is {row['customer']} in state {state}")
            found[f"{self.names.party(row['party'])} {state}"] = {
                "amount": plain(row["quantity"]["amount"]),
                "units": units,
                "containers": sorted(self.name_of_object(word) for word in row["containers"]),
            }
        return dict(sorted(found.items()))

    def supplier(self, viewer, lot):
        return self.names.party(self.keys[viewer].run("trace", "back", self.lot_word(lot)).row["supplier_party"])

    def received(self, party):
        rows = self.keys["warehouse"].run("deliveries", self.names.code[party]).rows
        return sorted([self.name_of_object(row["object"]), plain(row["quantity"]["amount"]), row["reference"]]
                      for row in rows)

    def contents(self, container):
        rows = self.keys["admin"].run("contents", self.container_word(container)).rows
        return sorted([self.name_of_object(row["object"]), plain(row["quantity"]["amount"])] for row in rows)

    def custody(self, word):
        row = self.keys["admin"].run("custody", word).row
        return {
            "holder": self.names.party(row["holder_party"]),
            "state": without_prefix(row["state"], "CUSTODY_STATE_"),
            "destination": self.names.party(row["destination_party"]),
            "container": self.name_of_object(row["container"]) if row["container"] else "",
        }

    def steps_back(self, word):
        steps = self.keys["admin"].run("trace", "back", word).row["steps"]
        return [without_prefix(step["event"]["kind"], "EVENT_KIND_") for step in steps]

    def case(self, key):
        code = self.case_codes[key]
        row = self.keys["desk"].run("case", "get", code).row
        entries = self.keys["desk"].run("case", "timeline", code).rows
        return {
            "state": without_prefix(row["state"], "CASE_STATE_"),
            "suppliers": sorted(self.names.party(party) for party in row["supplier_parties"]),
            "stages": [without_prefix(entry["to_state"], "CASE_STATE_") for entry in entries
                       if entry["kind"] == "TIMELINE_KIND_TRANSITION"],
        }

    def catalogue(self):
        items = self.keys["admin"].run("item", "list").rows
        owners = {"items": {}, "generic items": sum(item["generic"] for item in items)}
        for owner in self.plan["catalogue"]:
            member = self.names.code[f"member {owner}"]
            owners["items"][owner] = sorted(
                [self.names.name[item["code"]], item["display_name"]["fa"], item["display_name"]["en"]]
                for item in items if not item["generic"] and item["member"] == member)
        parties = self.keys["warehouse"].run("party", "list").rows
        own = self.names.code["warehouse"]
        owners.update({
            "services": sorted(row["display_name"]["fa"] for row in self.keys["admin"].run("service", "list").rows),
            "classes": sorted(row["key_code"] for row in self.keys["admin"].run("class", "list").rows),
            "customers": sorted(row["display_name"]["fa"] for row in parties if row["code"] != own),
            "searches": {text: self.search(text) for text in self.plan["searches"]},
        })
        return owners

    def search(self, text):
        # As typed on an Arabic keyboard, in capitals: the search must fold it.
        typed = text.replace("ی", "ي").upper()
        rows = self.keys["warehouse"].run("item", "list", "--name", typed).rows
        return sorted(self.names.name[row["code"]] for row in rows if not row["generic"])

    def codes(self):
        """Every code that the registry holds."""
        admin = self.keys["admin"]
        members = [self.names.code[f"member {owner}"] for owner in self.plan["members"]]
        lists = [["item", "list"], ["service", "list"]]
        lists += [[family, "list", "--member", member] for member in members for family in ("party", "case")]
        return [row["code"] for words in lists for row in admin.run(*words).rows]

    # --- all of them --------------------------------------------------------------------------------
    def ask_all(self):
        """The answers in the shape of demo_expected.work_out."""
        plan = self.plan
        questions = {("catalogue",): self.catalogue}
        for viewer in ("admin", "maker", "warehouse"):
            for lot in plan["lots"]:
                questions["holders", viewer, lot] = lambda v=viewer, l=lot: self.holders(v, l)
                questions["suppliers", viewer, lot] = lambda v=viewer, l=lot: self.supplier(v, l)
        for party in [*plan["customers"], "warehouse"]:
            questions["received", party] = lambda p=party: self.received(p)
        for key in plan["containers"]:
            questions["contents", key] = lambda k=key: self.contents(k)
            questions["custody", key] = lambda k=key: self.custody(self.container_word(k))
        for case in plan["cases"].values():
            if "unit" in case["subject"]:
                word = self.unit_word(case["subject"]["unit"])
                questions["custody", self.name_of_object(word)] = lambda w=word: self.custody(w)
                questions["steps back", self.name_of_object(word)] = lambda w=word: self.steps_back(w)
        for key in plan["cases"]:
            questions["cases", key] = lambda k=key: self.case(k)
        with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            waiting = [(path, pool.submit(question)) for path, question in questions.items()]
        answers = {}
        for path, future in waiting:
            at = answers
            for part in path[:-1]:
                at = at.setdefault(part, {})
            at[path[-1]] = future.result()
        return answers


def differences(expected, observed, path=()):
    """Where two answers differ, a line each."""
    if isinstance(expected, dict) and isinstance(observed, dict):
        lines = []
        for key in sorted({*expected, *observed}):
            if key not in observed:
                lines.append(f"{' > '.join((*path, key))}: missing, expected {short(expected[key])}")
            elif key not in expected:
                lines.append(f"{' > '.join((*path, key))}: not expected, the registry says {short(observed[key])}")
            else:
                lines += differences(expected[key], observed[key], (*path, key))
        return lines
    if expected == observed:
        return []
    if isinstance(expected, list) and isinstance(observed, list):
        absent = [entry for entry in expected if entry not in observed]
        extra = [entry for entry in observed if entry not in expected]
        return [f"{' > '.join(path)}: missing {short(absent)}, too much {short(extra)}"]
    return [f"{' > '.join(path)}: expected {short(expected)}, the registry says {short(observed)}"]


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:157] + "…"
