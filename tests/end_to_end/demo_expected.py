"""Works out from plan.json alone what the registry must answer after the story. No program of the product is asked.

    demo_expected.py PLAN OUT

Plain lists and dictionaries: every event moves goods, at the end somebody holds them.
"""

import csv
import json
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
VIEWERS = ("admin", "maker", "warehouse")
LISTED_MAX = 100  # an answer names at most so many serials and containers of a holder, and counts the others
STAGES = ["RECEIVED", "ACKNOWLEDGED", "INVESTIGATING", "RESPONSE_DRAFTED", "DECISION_COMMUNICATED", "CLOSED"]


def text_of(amount):
    """"12", "0.75": a number without needless zeros."""
    text = f"{Decimal(amount):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def serial_of(plan, unit):
    """The serial of the unit: its lot's text and its number."""
    return f"{plan['lots'][unit[0]]['lot']}{unit[1]:04d}"


class World:
    """Where every piece and every part of a lot is: in a container, or with a party in a state."""

    def __init__(self, plan):
        self.plan = plan
        self.place = {}  # (kind, key) of a unit or container -> ("in", container) or (party, state, destination)
        self.stock = defaultdict(Decimal)  # (lot, place) -> amount
        self.received = defaultdict(list)  # party -> what it got
        self.owner = {"maker": "maker", "warehouse": "warehouse"}
        self.owner.update({key: "maker" for key in plan["suppliers"]})
        self.owner.update({key: "warehouse" for key in plan["customers"]})

    def where(self, place):
        """The party, state and destination around a place, and the outermost container on the way there."""
        outermost = None
        while place[0] == "in":
            outermost = place[1]
            place = self.place["container", outermost]
        return place, outermost

    def move(self, item, source, to):
        if "lot" in item:
            amount = Decimal(item["amount"])
            if source is not None:
                assert self.stock[item["lot"], source] >= amount, ("the plan moves what is not there", item, source)
                self.stock[item["lot"], source] -= amount
            self.stock[item["lot"], to] += amount
            return
        key = ("unit", tuple(item["unit"])) if "unit" in item else ("container", item["container"])
        assert source is None or self.place[key] == source, ("the plan moves what is not there", item, source)
        self.place[key] = to

    def apply(self, event):
        kind, by, container = event["kind"], event["by"], event.get("container")
        here = (by, "HELD", "")
        if kind == "pack":
            self.place.setdefault(("container", container), here)
        around = self.place.get(("container", container))
        moves = {
            "commission": (None, here),
            "pack": (here, ("in", container)),
            "unpack": (("in", container), around),
            "ship": (here, (by, "IN_TRANSIT", event.get("destination"))),
            "receive": ((event.get("source"), "IN_TRANSIT", by), here),
            "deliver": (here, (event.get("destination"), "DELIVERED", "")),
            "return": ((event.get("source"), "DELIVERED", ""), here),
        }
        for item in event["objects"]:
            self.move(item, *moves[kind])
        receiver = {"receive": by, "deliver": event.get("destination")}.get(kind)
        if receiver:
            for item in event["objects"]:
                self.received[receiver].append([self.name_of(item), text_of(item.get("amount", 1)),
                                                event.get("reference", "")])

    def name_of(self, item):
        if "unit" in item:
            return f"{item['unit'][0]}/{serial_of(self.plan, item['unit'])}"
        return item.get("lot") or item["container"]

    # --- what each viewer sees ----------------------------------------------------------------------
    def seen(self, place, viewer):
        """Party and state as a viewer may know them: a partner is seen as one, with all that is behind it."""
        party, state, destination = place
        if viewer in ("admin", self.owner[party]) or (destination and viewer == self.owner[destination]):
            return f"{party} {state}", True
        return f"{self.owner[party]} HELD", False

    def forward(self, lot, viewer):
        """Every holder of a lot: amount, and where the viewer may see them the serials and outermost containers."""
        holders = defaultdict(lambda: {"amount": Decimal(0), "units": [], "containers": set()})

        def count(place, amount, serial=None):
            around, outermost = self.where(place)
            name, is_open = self.seen(around, viewer)
            holder = holders[name]
            holder["amount"] += amount
            if is_open and serial:
                holder["units"].append(serial)
            if is_open and outermost:
                holder["containers"].add(outermost)

        for (kind, key), place in self.place.items():
            if kind == "unit" and key[0] == lot:
                count(place, Decimal(1), serial_of(self.plan, key))
        for (key, place), amount in self.stock.items():
            if key == lot and amount:
                count(place, amount)
        return {
            name: {"amount": text_of(holder["amount"]), "units": sorted(holder["units"])[:LISTED_MAX],
                   "containers": sorted(holder["containers"])[:LISTED_MAX]}
            for name, holder in sorted(holders.items())
        }

    def supplier(self, lot, viewer):
        party = self.plan["lots"][lot]["supplier"]
        return party if viewer in ("admin", self.owner[party]) else self.owner[party]

    def custody(self, kind, key):
        place = self.place[kind, key]
        (party, state, destination), outermost = self.where(place)
        return {"holder": party, "state": state, "destination": destination, "container": outermost or ""}

    def contents(self, container):
        """What is directly inside."""
        inside = [[self.name_of({kind: list(key) if kind == "unit" else key}), "1"]
                  for (kind, key), place in self.place.items() if place == ("in", container)]
        inside += [[lot, text_of(amount)] for (lot, place), amount in self.stock.items()
                   if place == ("in", container) and amount]
        return sorted(inside)

    def steps(self, unit):
        """The kinds of the events that happened to a unit or to a container around it, latest first."""
        kinds, around = [], []
        for event in self.plan["events"]:
            named = any(item.get("unit") == unit or item.get("container") in around for item in event["objects"])
            if not named:
                continue
            kinds.append(event["kind"].upper())
            if event["kind"] == "pack":
                around.append(event["container"])
            elif event["kind"] == "unpack":
                del around[around.index(event["container"]):]
        return kinds[::-1]


def fold(name):
    """The foldings that the searches of the demo need: case, Arabic yeh and kaf, the zero-width non-joiner."""
    return name.lower().replace("ي", "ی").replace("ك", "ک").replace("\u200c", " ").strip()


def rows_of(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def expected_catalogue(plan):
    catalogue = {owner: rows_of(name) for owner, name in plan["catalogue"].items()}
    rows = [row for part in catalogue.values() for row in part]
    return {
        "items": {owner: sorted([row["supplier_part"], row["name_fa"], row["name_en"]] for row in part)
                  for owner, part in catalogue.items()},
        "generic items": len({row["gtin"] for row in rows if row["gtin"]}),
        "services": sorted(row["name_fa"] for row in rows_of(plan["services"])),
        "classes": sorted(row["key_code"] for row in rows_of(plan["classes"])),
        "customers": sorted(row["name_fa"] for row in plan["customers"].values()),
        "searches": {
            text: sorted(row["supplier_part"] for row in rows
                         if any(fold(row[name]).startswith(fold(text)) for name in ("name_fa", "name_en")))
            for text in plan["searches"]
        },
    }


def expected_cases(plan):
    """The stage each case ends in, and the stages it went through."""
    cases = {}
    for key, case in plan["cases"].items():
        lot = case["subject"].get("lot") or case["subject"].get("unit", [""])[0]
        cases[key] = {
            "state": case["state"],
            # Of an item as such, its owner; the story complains of the maker's items only.
            "suppliers": [World(plan).supplier(lot, "warehouse") if lot else "maker"],
            "stages": STAGES[: STAGES.index(case["state"]) + 1],
        }
    return cases


def work_out(plan):
    world = World(plan)
    for event in plan["events"]:
        world.apply(event)
    lots = plan["lots"]
    watched = {case["subject"]["unit"][0] + "/" + serial_of(plan, case["subject"]["unit"]): case["subject"]["unit"]
               for case in plan["cases"].values() if "unit" in case["subject"]}
    return {
        "catalogue": expected_catalogue(plan),
        "holders": {viewer: {lot: world.forward(lot, viewer) for lot in lots} for viewer in VIEWERS},
        "suppliers": {viewer: {lot: world.supplier(lot, viewer) for lot in lots} for viewer in VIEWERS},
        "received": {key: sorted(world.received[key]) for key in [*plan["customers"], "warehouse"]},
        "contents": {key: world.contents(key) for key in plan["containers"]},
        "custody": {
            **{key: world.custody("container", key) for key in plan["containers"]},
            **{name: world.custody("unit", tuple(unit)) for name, unit in watched.items()},
        },
        "steps back": {name: world.steps(unit) for name, unit in watched.items()},
        "cases": expected_cases(plan),
        "counts": {"units": sum(lot.get("units", 0) for lot in lots.values()), "events": len(plan["events"])},
    }


def main():
    plan_file, out_file = sys.argv[1:]
    with open(plan_file, encoding="utf-8") as file:
        expected = work_out(json.load(file))
    with open(out_file, "w", encoding="utf-8") as file:
        json.dump(expected, file, ensure_ascii=False, indent=1)
    print(f"worked out {len(expected['holders']['admin'])} lots, {len(expected['received'])} receivers, "
          f"{len(expected['contents'])} containers")


if __name__ == "__main__":
    main()
