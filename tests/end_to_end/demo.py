"""Tells the whole story on a fresh server, through the command line only, and checks every answer at the end.

    demo.py [--seed N] [--photos DIR] [--plant drop-event]

The seed changes lots, quantities and customers. --plant drop-event silently leaves one delivery out, so that the
comparison must fail. The last line is "demo: ok", and the exit code 0, only when every answer is right.
"""

import argparse
import csv
import datetime
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import demo_plan
import label_pictures
import photo_reading
from demo_complaint import Complaints
from demo_goods import Goods
from demo_observed import Names, Observer, differences
from own_check_digits import code_is_valid, gs1_check_digit, sscc_is_valid
from programs import Cli, Failed, Server, need_programs

HERE = Path(__file__).resolve().parent
SHOWN_DIFFERENCES = 20
SHOTS_MAX = 3  # who holds a camera tries again


def object_kind(thing):
    """What kind of thing an object word names: "lot", "serial", "sscc", "item" or "party"."""
    parts = thing.split("/")
    if len(parts) == 1:
        return {"1": "item", "7": "party"}[thing[0]]
    return parts[-2]


class Demo:
    """One run of the story. Each step is a method; its docstring is what a reader is told."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.random = random.Random(options.seed)
        self.plan = demo_plan.make_plan(options.seed, datetime.date.today())
        self.names = Names()
        self.server = Server(folder / "registry", folder / "radyabd.log")
        self.keys = {"nobody": Cli(self.server)}
        self.case_codes = {}
        self.goods = Goods(self.plan, self.names, self.keys, self.drops())
        self.observer = Observer(self.keys, self.plan, self.names, self.case_codes)
        self.complaints = Complaints(self.plan, self.keys, self.observer, self.case_codes)
        self.step_count = 0

    def drops(self):
        return {self.plan["droppable"]} if self.options.plant == "drop-event" else set()

    def run(self):
        steps = [
            self.write_plan, self.start_server, self.register_members, self.import_classes, self.import_catalogue,
            self.import_parties, self.make_goods, self.move_goods, self.deliver_goods, self.print_labels,
            self.scan_labels, self.handle_complaint, self.open_other_cases, self.trace_lots, self.kill_server,
            self.check_codes, self.compare,
        ]
        if self.options.photos:
            steps.append(self.read_photos)
        for step in steps:
            self.tell(step)

    def tell(self, step):
        self.step_count += 1
        begun, calls = time.monotonic(), Cli.calls
        lines = step()
        asked = f", {Cli.calls - calls} commands" if Cli.calls > calls else ""
        print(f"{self.step_count:2d}. {step.__doc__}  [{time.monotonic() - begun:.2f} s{asked}]")
        for line in lines:
            print(f"      {line}")
        sys.stdout.flush()

    # --- before anything runs -----------------------------------------------------------------------
    def write_plan(self):
        """The story is written down, and the answers are worked out from it without the product."""
        plan_file, self.expected_file = self.folder / "plan.json", self.folder / "expected.json"
        plan_file.write_text(json.dumps(self.plan, ensure_ascii=False, indent=1), encoding="utf-8")
        said = subprocess.run([sys.executable, HERE / "demo_expected.py", plan_file, self.expected_file],
                              check=True, capture_output=True, text=True)
        lots = self.plan["lots"].values()
        return [f"seed {self.options.seed}: {sum(lot.get('units', 0) for lot in lots)} units and "
                f"{sum('amount' in lot for lot in lots)} bulk goods in {len(lots)} lots, "
                f"{len(self.plan['customers'])} customers, {len(self.plan['events'])} events",
                said.stdout.strip()]

    def start_server(self):
        """The server starts over an empty folder and makes its first key."""
        seconds = self.server.start()
        admin_key = self.server.folder / "admin.key"
        if admin_key.stat().st_mode & 0o777 != 0o600:
            raise Failed(f"{admin_key} can be read by others")
        self.keys["admin"] = Cli(self.server, admin_key.read_text().strip())
        return [f"radyabd answers at {self.server.address} after {seconds:.2f} s; its admin key is in admin.key"]

    # --- who and what -------------------------------------------------------------------------------
    def register_members(self):
        """A food maker and a distributor become members; each gets blocks of codes and keys of its own."""
        admin, lines = self.keys["admin"], []
        for owner, member in self.plan["members"].items():
            row = admin.run("member", "create", "--name-fa", member["name_fa"], "--name-en", member["name_en"],
                            "--gs1-prefix", member["gs1_prefix"]).row
            self.names.add(f"member {owner}", row["name"])
            self.names.add(owner, row["party_code"])
            lines.append(f"{member['name_fa']} ({member['name_en']}): {row['name']}, block {row['blocks'][0]}, "
                         f"party {row['party_code']}")
        for name, owner, role in [("maker", "maker", "member"), ("office", "warehouse", "member"),
                                  ("warehouse", "warehouse", "warehouse"), ("desk", "warehouse", "desk")]:
            secret = admin.run("admin", "key", "create", "--role", role, "--member",
                               self.names.code[f"member {owner}"], "--display-name", f"demo {name}").row["secret"]
            self.keys[name] = Cli(self.server, secret)
        return [*lines, "keys: maker, and for the distributor its office, its warehouse and its complaint desk"]

    def import_rows(self, key, kind, file):
        """Imports a file; every row must be accepted. Answers the names of the resources in order of the rows."""
        rows = self.keys[key].run("import", kind, str(file)).rows
        bad = [row for row in rows if row["outcome"] != "ROW_OUTCOME_ACCEPTED"]
        if bad:
            raise Failed(f"{file}: {len(bad)} of {len(rows)} rows were not accepted; the first: {bad[0]}")
        return [row["name"].split("/")[-1] for row in rows]

    def import_classes(self):
        """The class tree: what kinds of goods there are, and what each of them must say about itself."""
        codes = self.import_rows("admin", "classes", demo_plan.DATA / self.plan["classes"])
        return [f"{len(codes)} classes, for example 010104 پنیر (Cheese), which wants fat and net weight"]

    def import_catalogue(self):
        """Both catalogues are imported; every item gets a code that is never used again."""
        lines = []
        for owner, key in (("maker", "maker"), ("warehouse", "office")):
            file = demo_plan.DATA / self.plan["catalogue"][owner]
            rows = demo_plan.read_rows(file.name)
            for row, code in zip(rows, self.import_rows(key, "items", file), strict=True):
                self.names.add(row["supplier_part"], code)
            lines.append(f"{len(rows)} items of the {owner}; {rows[0]['name_fa']} is "
                         f"{self.names.code[rows[0]['supplier_part']]}")
        services = demo_plan.read_rows(self.plan["services"])
        codes = self.import_rows("office", "services", demo_plan.DATA / self.plan["services"])
        for row, code in zip(services, codes, strict=True):
            self.names.add(row["name_fa"], code)
        again = self.keys["maker"].run("import", "items", str(demo_plan.DATA / self.plan["catalogue"]["maker"])).rows
        if any(self.names.name.get(row["name"].split("/")[-1]) is None for row in again):
            raise Failed("importing the catalogue again made new codes")
        return [*lines, f"{len(services)} services", "imported once more: the same codes, nothing new",
                self.resolve_case()]

    def resolve_case(self):
        """A case of twelve bears a GTIN-14 of its own: scanning it means twelve pieces."""
        row = self.random.choice([row for row in demo_plan.read_rows("catalogue.csv") if row["gtin_case"]])
        for gtin in (row["gtin"], row["gtin_case"]):
            if gs1_check_digit(gtin[:-1]) != gtin[-1]:
                raise Failed(f"the catalogue's GTIN {gtin} has a wrong check digit")
        answer = self.keys["warehouse"].run("resolve", row["gtin_case"]).row
        items = [item["code"] for item in answer["supplier_items"]]
        if answer["contained_quantity"] != 12 or items != [self.names.code[row["supplier_part"]]]:
            raise Failed(f"{row['gtin_case']} should mean twelve of {row['supplier_part']}, not {answer}")
        return f"GTIN-14 {row['gtin_case']} leads to twelve of {row['name_fa']}"

    def import_parties(self):
        """Customers of the distributor and suppliers of the maker are registered, each seen by its member only."""
        for key, parties in (("desk", self.plan["customers"]), ("maker", self.plan["suppliers"])):
            file = self.folder / f"parties_of_{key}.csv"
            with open(file, "w", newline="", encoding="utf-8") as out:
                writer = csv.DictWriter(out, list(next(iter(parties.values()))))
                writer.writeheader()
                writer.writerows(parties.values())
            for name, code in zip(parties, self.import_rows(key, "parties", file), strict=True):
                self.names.add(name, code)
        customers = self.plan["customers"].values()
        persons = sum(row["kind"] == "person" for row in customers)
        hidden = self.keys["maker"].try_out("party", "get", self.names.code["c01"])
        if hidden.code != 3:
            raise Failed(f"the maker may see a customer of the distributor: {hidden!r}")
        return [f"{persons} persons and {len(customers) - persons} organisations as customers, "
                f"{len(self.plan['suppliers'])} suppliers",
                "the maker asks for a customer of the distributor: not found, as it must be"]

    # --- goods --------------------------------------------------------------------------------------
    def make_goods(self):
        """The maker makes the lots, packs units into cases of twelve and cases onto pallets."""
        ssccs = self.goods.mint()
        lines = [f"{len(ssccs)} container numbers (SSCC) taken, from {ssccs[0]} to {ssccs[-1]}"]
        for key, lot in self.plan["lots"].items():
            size = f"{lot['units']} units" if "units" in lot else f"{lot['amount']} {lot['unit']}"
            lines.append(f"{key}: {size} of {lot['item']}, lot {lot['lot']}, from {lot['supplier']}")
        return [*lines, self.goods.send_events("maker", self.folder)]

    def move_goods(self):
        """Pallets leave the maker and arrive at the warehouse; the last one is still on the way."""
        return [self.goods.send_by_hand("ship"), self.goods.send_by_hand("receive")]

    def deliver_goods(self):
        """The warehouse unpacks, delivers to customers, and takes a few things back."""
        lines = [self.goods.send_events("warehouse", self.folder)]
        lines.append(self.goods.send_events_again(self.folder))
        lines += [self.goods.send_by_hand("unpack"), self.goods.send_by_hand("return")]
        refused = self.goods.try_impossible()
        if refused.code != 1 or refused.error["reason"] != "IMPOSSIBLE_MOVE":
            raise Failed(f"the same unit could be delivered twice: {refused!r}")
        return [*lines, f"delivering a delivered unit again is refused: {refused.error['message'][:150]}"]

    # --- labels -------------------------------------------------------------------------------------
    def labelled(self):
        """What gets a label: units, lots, containers, an item and a customer."""
        cases = self.plan["cases"].values()
        units = [case["subject"]["unit"] for case in cases if "unit" in case["subject"]]
        lot = self.random.choice([key for key, lot in self.plan["lots"].items() if "units" in lot])
        units += [[lot, number] for number in self.random.sample(range(1, self.plan["lots"][lot]["units"]), 3)]
        words = [self.observer.unit_word(unit) for unit in units]
        words += [self.observer.lot_word(key) for key in (lot, "B1")]
        case = next(event for event in self.plan["events"] if event.get("container") == self.plan["pallets"][0])
        words += [self.observer.container_word(key)
                  for key in (self.plan["pallets"][-2], case["objects"][0]["container"])]
        return [*words, self.names.code[self.plan["lots"][lot]["item"]], self.names.code["c01"]]

    def print_labels(self):
        """Labels are drawn with QR code, Data Matrix and bars, each read back before it is handed out."""
        self.labels = self.folder / "labels"
        rows = self.keys["warehouse"].run("label", *self.labelled(), "--out", f"{self.labels}/").rows
        self.label_of = {Path(row["file"]).stem: row["object"] for row in rows}
        sizes = [label_pictures.printed(row["file"]).size for row in rows]
        return [f"{len(rows)} labels of 1 bit a dot at 203 dots an inch, for example {sizes[0][0]} x {sizes[0][1]} "
                f"dots for {rows[0]['object']}"]

    def scan_labels(self):
        """The printed labels are photographed askew and out of focus, and scanned back."""
        self.symbol_count, self.straight_count, self.read = 0, 0, Counter()
        waiting, photo_count = dict(self.label_of), 0
        for shot in range(1, SHOTS_MAX + 1):
            photos = self.folder / f"photos_{shot}"
            photos.mkdir()
            for name in waiting:
                label = label_pictures.printed(self.labels / f"{name}.png")
                label_pictures.photographed(label, self.random).save(photos / f"{name}.jpg", quality=85)
            rows = self.keys["warehouse"].try_out("scan", photos).rows
            photo_count += len(rows)
            for row in rows:
                if self.take_reading(waiting[Path(row["file"]).stem], row["symbols"]):
                    del waiting[Path(row["file"]).stem]
            if not waiting:
                break
        if waiting:
            raise Failed(f"{SHOTS_MAX} photographs of these labels did not tell what they are on: {waiting}")
        return [f"{self.symbol_count} symbols read in {photo_count} photographs of {len(self.label_of)} labels; "
                f"{self.straight_count} lead straight to the labelled thing, the others (bars that bear the item's "
                f"number alone) to its item", self.check_symbologies()]

    def take_reading(self, wanted, symbols):
        """Judges what was read on the label of a thing; true when one of the symbols leads straight to it."""
        self.check_strangers(wanted, symbols)
        self.read.update((object_kind(wanted), symbol["symbology"]) for symbol in symbols)
        straight = [symbol for symbol in symbols
                    if wanted == (symbol["resolution"]["object"] or symbol["resolution"]["code"])]
        self.symbol_count += len(symbols)
        self.straight_count += len(straight)
        if straight:
            self.complaints.scanned[wanted] = straight[0]
        return bool(straight)

    def check_symbologies(self):
        """Each kind of label must have been read by its QR code and by its bars, and Data Matrix by somebody."""
        kinds = {object_kind(thing) for thing in self.label_of.values()}
        unread = [(kind, name) for kind in sorted(kinds) for name in ("QRCode", "Code128") if not self.read[kind, name]]
        if unread or not any(name == "DataMatrix" for _, name in self.read):
            raise Failed(f"symbols that were never read: {unread}; read: {dict(self.read)}")
        return ", ".join(f"{kind} by {name}: {count}" for (kind, name), count in sorted(self.read.items()))

    def check_strangers(self, wanted, symbols):
        """Whatever else was read must be the same item, by its code or its GTIN, never another thing."""
        for symbol in symbols:
            answer = symbol["resolution"]
            same = {answer["object"], answer["code"], *(item["code"] for item in answer["supplier_items"])}
            if not same & {wanted, wanted.split("/")[0]}:
                raise Failed(f"the label of {wanted} bears a symbol that leads elsewhere: {symbol}")

    # --- complaints ---------------------------------------------------------------------------------
    def handle_complaint(self):
        """A customer complains with a scan; the desk answers, and the customer follows it without a key."""
        return self.complaints.to_the_end("spoilt")

    def open_other_cases(self):
        """Three more cases come in and stay at different stages."""
        return [self.complaints.to_its_stage(key) for key in self.plan["cases"] if key != "spoilt"]

    # --- the trace ----------------------------------------------------------------------------------
    def trace_lots(self):
        """Every lot is traced forward to its holders and back to its supplier, by three viewers."""
        self.observed = self.observer.ask_all()
        lines = []
        for lot in self.plan["lots"]:
            holders = self.observed["holders"]["warehouse"][lot]
            customers = [name for name in holders if name.endswith("DELIVERED")]
            amount = sum(float(holders[name]["amount"]) for name in customers)
            lines.append(f"{lot}: {len(customers)} customers hold {amount:g}; supplier, seen by the warehouse: "
                         f"{self.observed['suppliers']['warehouse'][lot]}, by the maker: "
                         f"{self.observed['suppliers']['maker'][lot]}")
        seen = sorted({name for holders in self.observed["holders"]["maker"].values() for name in holders})
        return [*lines, f"the maker sees its partner as one, and no customer: {', '.join(seen)}"]

    def kill_server(self):
        """The server is killed without warning and started again; every question is asked again."""
        self.server.kill()
        seconds = self.server.start()
        again = self.observer.ask_all()
        lost = differences(self.observed, again)
        if lost:
            raise Failed("after the kill the answers are others:\n" + "\n".join(lost[:SHOWN_DIFFERENCES]))
        return [f"it answers again after {seconds:.2f} s, and every answer is the same"]

    # --- right or wrong -----------------------------------------------------------------------------
    def check_codes(self):
        """Every code and container number is unique and has the right check digits, by our own reckoning."""
        codes = self.observer.codes()
        bad = [code for code in codes if not code_is_valid(code)]
        if bad or len(set(codes)) != len(codes):
            raise Failed(f"codes: {len(codes) - len(set(codes))} twice, with wrong check digits {bad[:5]}")
        ssccs = [self.names.code[key] for key in self.plan["containers"]]
        prefix = self.plan["members"]["maker"]["gs1_prefix"]
        if len(set(ssccs)) != len(ssccs) or not all(sscc_is_valid(sscc, prefix) for sscc in ssccs):
            raise Failed(f"container numbers are wrong or not unique: {ssccs}")
        return [f"{len(codes)} codes and {len(ssccs)} container numbers"]

    def compare(self):
        """What the registry says is compared with what was worked out beforehand."""
        expected = json.loads(self.expected_file.read_text(encoding="utf-8"))
        self.observed["counts"] = self.goods.counts()
        lines = differences(expected, self.observed)
        if lines:
            more = [f"… and {len(lines) - SHOWN_DIFFERENCES} more"] if len(lines) > SHOWN_DIFFERENCES else []
            raise Failed("\n".join(["the registry differs from what was worked out:",
                                    *lines[:SHOWN_DIFFERENCES], *more]))
        scrub = self.keys["admin"].try_out("admin", "scrub")
        if scrub.code != 0:
            raise Failed(f"a scrub finds damage: {scrub!r} {scrub.out[:2000]}")
        return [f"{section}: equal" for section in expected] + [f"scrub: {scrub.row['row_count']} rows, none damaged"]

    def read_photos(self):
        """Real photographs of barcodes are read."""
        right, total, lines = photo_reading.read_photos(self.keys["nobody"], self.options.photos)
        rate = 100 * right / max(1, total)
        if rate < photo_reading.RATE_MIN:
            raise Failed(f"{right} of {total} photographs read, {rate:.1f} %, want {photo_reading.RATE_MIN} %: {lines}")
        return [f"{right} of {total} photographs read right: {rate:.1f} %", ", ".join(lines)]


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="changes lots, quantities and customers")
    parser.add_argument("--photos", type=Path, help="folder of real photographs with manifest.tsv")
    parser.add_argument("--plant", choices=["drop-event"], help="plant a fault that the comparison must find")
    options = parser.parse_args()
    if options.photos and not (options.photos / "manifest.tsv").exists():
        parser.error(f"{options.photos}/manifest.tsv is not there")
    return options


def main():
    options = read_options()
    folder = Path(tempfile.mkdtemp(prefix="radyab-demo-"))
    demo, begun = None, time.monotonic()
    try:
        need_programs("radyabd", "radyab", "radyab-decode")
        demo = Demo(options, folder)
        demo.run()
    except Exception as failure:  # whatever it was, what it left is kept and named
        print(f"demo: failed: {failure if isinstance(failure, Failed) else traceback.format_exc()}")
        print(f"what it left is in {folder}")
        return 1
    finally:
        if demo:
            demo.server.kill()
    shutil.rmtree(folder)
    print(f"{time.monotonic() - begun:.1f} s in all, {Cli.calls} commands of {1000 * Cli.seconds / Cli.calls:.0f} ms")
    print("demo: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
