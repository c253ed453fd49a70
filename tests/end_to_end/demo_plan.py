"""The story of the demo as data: who delivers how much of which lot to whom. Everything follows from the seed.

The plan speaks of things by names of its own ("case-004", "c17", a supplier part): codes are given by the
server later. It is written to plan.json before the server starts, and demo_expected.py reads nothing else.
"""

import csv
import datetime
import random
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
UNIT_TOTAL = 1_000
UNITS_DELIVERED = 750
UNITS_A_CASE = 12
CUSTOMER_TOTAL = 50
ZONE = "+03:30"
MEMBERS = {
    "maker": {"name_fa": "صنایع غذایی سپیدکوه", "name_en": "Sepidkuh Foods", "gs1_prefix": "9521001"},
    "warehouse": {"name_fa": "پخش و انبار رهاورد", "name_en": "Rahavard Distribution", "gs1_prefix": "9521002"},
}


def read_rows(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Planner:
    """Builds one plan; the order of the calls is the order of the events."""

    def __init__(self, seed, today):
        self.random = random.Random(seed)
        self.clock = datetime.datetime.combine(today, datetime.time(6)) - datetime.timedelta(days=20)
        self.today = today
        self.events = []
        self.lots = {}
        self.containers = {}
        self.customers = {}
        self.plan = {"seed": seed, "members": MEMBERS, "zone": ZONE}

    def event(self, kind, by, how, objects, minutes=(2, 15), **more):
        self.clock += datetime.timedelta(minutes=self.random.randint(*minutes), seconds=self.random.randint(0, 59))
        self.events.append(
            {
                "id": f"e{len(self.events) + 1:04d}",
                "kind": kind,
                "by": by,
                "how": how,
                "time": self.clock.strftime("%Y-%m-%dT%H:%M:%S") + ZONE,
                "objects": objects,
                **more,
            }
        )

    # --- what there is ------------------------------------------------------------------------------
    def choose_customers(self):
        rows = read_rows("customers.csv")
        persons = [row for row in rows if row["kind"] == "person"]
        shops = [row for row in rows if row["kind"] == "organisation"]
        shop_count = self.random.randint(14, 20)
        chosen = self.random.sample(shops, shop_count) + self.random.sample(persons, CUSTOMER_TOTAL - shop_count)
        for number, row in enumerate(chosen, 1):
            self.customers[f"c{number:02d}"] = row
        self.shops = [key for key, row in self.customers.items() if row["kind"] == "organisation"]

    def choose_lots(self):
        rows = read_rows("catalogue.csv")
        pieces = [row for row in rows if row["gtin"]]
        bulk = [row for row in rows if not row["gtin"]]
        count = self.random.randint(4, 7)
        sizes = [60] * count
        shares = [self.random.random() for _ in range(count)]
        for lot in self.random.choices(range(count), shares, k=UNIT_TOTAL - sum(sizes)):
            sizes[lot] += 1
        for number, (row, size) in enumerate(zip(self.random.sample(pieces, count), sizes), 1):
            # The first two lots bear the same text on two items: they must never mix.
            self.add_lot(f"U{number}", row, "A" if number <= 2 else chr(ord("A") + number), {"units": size})
        for number, row in enumerate(self.random.sample(bulk, self.random.randint(2, 3)), 1):
            amount = Decimal(self.random.randint(300_000, 900_000)) / 1000
            self.add_lot(f"B{number}", row, f"W{number}", {"amount": str(amount.normalize()), "unit": row["unit"]})

    def add_lot(self, key, row, letter, size):
        made = self.clock.date() - datetime.timedelta(days=1)
        # Goods come from the maker's own plant or from one of its suppliers: dairy, honey, fruit and vegetables.
        outside = "s1" if row["class"].startswith("0101") else "s2" if "-HN-" in row["supplier_part"] else "s3"
        supplier = self.random.choice([outside, "maker"])
        self.lots[key] = {
            "item": row["supplier_part"],
            "lot": f"{made:%m%d}{letter}",
            "supplier": supplier,
            "production_date": made.isoformat(),
            "expiry_date": (self.today + datetime.timedelta(days=self.random.randint(40, 200))).isoformat(),
            **size,
        }

    # --- at the maker's -----------------------------------------------------------------------------
    def commission(self):
        for key, lot in self.lots.items():
            if "units" in lot:
                objects = [{"unit": [key, number]} for number in range(1, lot["units"] + 1)]
            else:
                objects = [{"lot": key, "amount": lot["amount"]}]
            self.event("commission", "maker", "import", objects, source=lot["supplier"], place="line 1")

    def pack_cases(self):
        self.case_keys = []
        for key, lot in self.lots.items():
            for first in range(1, lot.get("units", 0) + 1, UNITS_A_CASE):
                last = min(first + UNITS_A_CASE - 1, lot["units"])
                case = f"case-{len(self.case_keys) + 1:03d}"
                self.case_keys.append(case)
                self.containers[case] = [[key, number] for number in range(first, last + 1)]
                objects = [{"unit": unit} for unit in self.containers[case]]
                self.event("pack", "maker", "import", objects, (1, 2), container=case, place="packing hall")

    def pack_pallets(self):
        """Four to six pallets: the last is still on the way at the end, the last but one stays packed."""
        cases = self.case_keys[:]
        self.random.shuffle(cases)
        kept = self.random.randint(3, 5)  # stay with the maker
        on_the_way, stored = cases[kept : kept + 5], cases[kept + 5 : kept + 8]
        rest = cases[kept + 8 :]
        count = self.random.randint(2, 4)
        self.pallets = {f"pallet-{i + 1}": rest[i::count] for i in range(count)}
        self.pallets[f"pallet-{count + 1}"] = stored
        self.pallets[f"pallet-{count + 2}"] = on_the_way
        self.bulk_on = {key: [] for key in self.lots if "amount" in self.lots[key]}
        for pallet, content in self.pallets.items():
            objects = [{"container": case} for case in content]
            for key in self.bulk_on:
                part = (Decimal(self.lots[key]["amount"]) * self.random.randint(10, 16) / 100).quantize(Decimal("0.001"))
                self.bulk_on[key].append((pallet, part))
                objects.append({"lot": key, "amount": str(part)})
            self.containers[pallet] = objects
            self.event("pack", "maker", "import", objects, container=pallet, place="packing hall")

    # --- between the members ------------------------------------------------------------------------
    def ship_and_receive(self):
        for pallet in self.pallets:
            self.event("ship", "maker", "verb", [{"container": pallet}], (30, 90), destination="warehouse",
                       place="gate 2", reference=f"SK-DN-{self.random.randint(1000, 9999)}")
        for pallet in list(self.pallets)[:-1]:
            self.event("receive", "warehouse", "verb", [{"container": pallet}], (60, 240), source="maker",
                       place="dock 1")

    # --- at the warehouse ---------------------------------------------------------------------------
    def unpack(self):
        opened = list(self.pallets)[:-2]
        cases = [case for pallet in opened for case in self.pallets[pallet]]
        for pallet in opened:
            self.event("unpack", "warehouse", "import", self.containers[pallet], container=pallet, place="aisle 4")
        self.whole_cases = self.random.sample(cases, self.random.randint(6, 9))
        self.units_here = {key: [] for key in self.lots if "units" in self.lots[key]}
        for case in cases:
            if case in self.whole_cases:
                continue
            self.event("unpack", "warehouse", "import", [{"unit": unit} for unit in self.containers[case]], (1, 3),
                       container=case, place="picking")
            for key, number in self.containers[case]:
                self.units_here[key].append([key, number])
        for units in self.units_here.values():
            self.random.shuffle(units)
        self.bulk_here = {
            key: sum(part for pallet, part in parts if pallet in opened) for key, parts in self.bulk_on.items()
        }

    def deliver_to(self, customer, objects):
        self.event("deliver", "warehouse", "import", objects, destination=customer, place="picking",
                   reference=f"RH-{self.random.randint(100_000, 999_999)}")

    def deliver(self):
        left = UNITS_DELIVERED
        for case in self.whole_cases:
            self.deliver_to(self.random.choice(self.shops), [{"container": case}])
            left -= len(self.containers[case])
        waiting = list(self.customers)
        self.random.shuffle(waiting)
        while left > 0:
            customer = waiting.pop() if waiting else self.random.choice(list(self.customers))
            wanted = self.random.randint(1, 4 if customer not in self.shops else 40)
            wanted = min(wanted, max(1, left - len(waiting)))
            objects = self.take_units(wanted)
            left -= len(objects)
            if customer in self.shops and self.random.random() < 0.5:
                objects.extend(self.take_bulk())
            self.deliver_to(customer, objects)

    def take_units(self, wanted):
        """Units of one lot or two."""
        taken = []
        while len(taken) < wanted:
            key = self.random.choice([key for key, units in self.units_here.items() if units])
            count = min(self.random.randint(1, wanted - len(taken)), len(self.units_here[key]))
            taken += [{"unit": self.units_here[key].pop()} for _ in range(count)]
        return taken

    def take_bulk(self):
        key = self.random.choice(list(self.bulk_here))
        part = (self.bulk_here[key] * self.random.randint(3, 12) / 100).quantize(Decimal("0.001"))
        self.bulk_here[key] -= part
        return [{"lot": key, "amount": str(part)}]

    # --- back again ---------------------------------------------------------------------------------
    def give_back(self):
        delivered = [event for event in self.events if event["kind"] == "deliver"]
        units = [event for event in delivered if "unit" in event["objects"][0]]
        bulk = [event for event in delivered if "lot" in event["objects"][-1]]
        whole = [event for event in delivered if "container" in event["objects"][0]]
        self.returned = self.random.choice(units)
        self.event("return", "warehouse", "verb", self.returned["objects"][:1], (600, 900),
                   source=self.returned["destination"], place="returns desk", reference="damaged")
        part = self.random.choice(bulk)
        half = (Decimal(part["objects"][-1]["amount"]) / 2).quantize(Decimal("0.001"))
        self.event("return", "warehouse", "verb", [{"lot": part["objects"][-1]["lot"], "amount": str(half)}],
                   source=part["destination"], place="returns desk", reference="too much ordered")
        opened = self.random.choice(whole)  # the customer opens a case and sends two of the twelve back
        case = opened["objects"][0]["container"]
        inside = [{"unit": unit} for unit in self.containers[case]]
        self.event("unpack", "warehouse", "verb", inside, container=case)
        self.event("return", "warehouse", "verb", inside[:2], source=opened["destination"], place="returns desk",
                   reference="leaking")
        self.touched = [self.returned["id"], part["id"], opened["id"]]

    def complain(self):
        """Four cases that end in four different stages."""
        plain = [event for event in self.events
                 if event["kind"] == "deliver" and event["id"] not in self.touched and "unit" in event["objects"][0]]
        spoilt, asked = self.random.sample(plain, 2)
        lot_asked = asked["objects"][0]["unit"][0]
        self.plan["cases"] = {
            "spoilt": {"type": "complaint", "channel": "scanner", "match": "scan", "subject": spoilt["objects"][0],
                       "complainant": spoilt["destination"], "language": "fa", "state": "CLOSED",
                       "narrative": "بسته باد کرده بود و بوی ترشیدگی می‌داد."},
            "asked": {"type": "enquiry", "channel": "phone", "match": "typed", "subject": {"lot": lot_asked},
                      "complainant": asked["destination"], "language": "fa", "state": "INVESTIGATING",
                      "narrative": "تاریخ انقضای این سری ساخت خوانا نیست."},
            "sent_back": {"type": "return", "channel": "counter", "match": "scan",
                          "subject": self.returned["objects"][0], "complainant": self.returned["destination"],
                          "language": "fa", "state": "RESPONSE_DRAFTED", "narrative": "بسته هنگام تحویل پاره بود."},
            "praised": {"type": "praise", "channel": "web", "match": "typed",
                        "subject": {"item": self.lots[lot_asked]["item"]}, "complainant": "", "language": "en",
                        "state": "RECEIVED", "narrative": "The best I have had in years."},
        }
        self.touched += [spoilt["id"], asked["id"]]

    def finish(self):
        droppable = [event["id"] for event in self.events
                     if event["kind"] == "deliver" and event["id"] not in self.touched]
        self.plan.update(
            customers=self.customers,
            suppliers={f"s{i}": row for i, row in enumerate(read_rows("suppliers.csv"), 1)},
            lots=self.lots,
            containers=list(self.containers),
            pallets=list(self.pallets),
            events=self.events,
            droppable=self.random.choice(droppable),
            searches=["شیر", "پنیر پیتزا", "sepidkuh"],
            catalogue={"maker": "catalogue.csv", "warehouse": "catalogue_distributor.csv"},
            services="services.csv",
            classes="classes.csv",
        )
        return self.plan


def make_plan(seed, today):
    """The plan of a seed; `today` only places it in the calendar."""
    planner = Planner(seed, today)
    planner.choose_customers()
    planner.choose_lots()
    planner.commission()
    planner.pack_cases()
    planner.pack_pallets()
    planner.ship_and_receive()
    planner.unpack()
    planner.deliver()
    planner.give_back()
    planner.complain()
    return planner.finish()
