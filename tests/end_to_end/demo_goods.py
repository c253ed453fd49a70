"""The custody events of the story, told to the registry: many at once by import, or one by one by hand."""

import json

from programs import Failed


class Goods:
    """`dropped`: ids of events that are silently left out."""

    def __init__(self, plan, names, keys, dropped):
        self.plan, self.names, self.keys = plan, names, keys
        self.events = [event for event in plan["events"] if event["id"] not in dropped]
        self.stored = set()  # names of the stored events

    def mint(self):
        """Takes a container number for every case and pallet."""
        ssccs = self.keys["maker"].run("sscc", "mint", "--count", str(len(self.plan["containers"]))).row["ssccs"]
        for key, sscc in zip(self.plan["containers"], ssccs, strict=True):
            self.names.add(key, sscc)
        return ssccs

    # --- how the story's things are called ----------------------------------------------------------
    def word(self, item):
        """The object word of a unit, a part of a lot or a container."""
        if "container" in item:
            return f"sscc/{self.names.code[item['container']]}"
        lot = self.plan["lots"][item["unit"][0] if "unit" in item else item["lot"]]
        code = self.names.code[lot["item"]]
        return f"{code}/serial/{lot['lot']}{item['unit'][1]:04d}" if "unit" in item else f"{code}/lot/{lot['lot']}"

    def quantity(self, item):
        return {"amount": item["amount"], "unit": self.plan["lots"][item["lot"]]["unit"]}

    def object_row(self, event, item):
        row = {"object": self.word(item)}
        if "lot" in item:
            row["quantity"] = self.quantity(item)
        if event["kind"] == "commission":
            lot = self.plan["lots"][item["unit"][0] if "unit" in item else item["lot"]]
            row.update(production_date=lot["production_date"], expiry_date=lot["expiry_date"])
            if "unit" in item:
                row["lot"] = lot["lot"]
        return row

    def event_row(self, event):
        row = {
            "event_id": event["id"],
            "kind": f"EVENT_KIND_{event['kind'].upper()}",
            "event_time": event["time"],
            "zone_offset": self.plan["zone"],
            "objects": [self.object_row(event, item) for item in event["objects"]],
            "place": event.get("place", ""),
            "reference": event.get("reference", ""),
        }
        if "container" in event:
            row["container"] = f"sscc/{self.names.code[event['container']]}"
        if "source" in event:
            row["source_party"] = self.names.code[event["source"]]
        if "destination" in event:
            row["destination_party"] = self.names.code[event["destination"]]
        return row

    # --- telling ------------------------------------------------------------------------------------
    def send_events(self, by, folder):
        """All events of a member that are told at once, as a file of JSON lines."""
        events = [event for event in self.events if event["by"] == by and event["how"] == "import"]
        file = folder / f"events_of_{by}.jsonl"
        with open(file, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(self.event_row(event), ensure_ascii=False) + "\n" for event in events)
        rows = self.keys[by].run("import", "events", file).rows
        bad = [row for row in rows if row["outcome"] != "ROW_OUTCOME_ACCEPTED"]
        if bad or len(rows) != len(events):
            raise Failed(f"{len(bad)} of {len(rows)} events of {file} were not accepted; the first: {bad[:1]}")
        self.stored.update(row["name"] for row in rows)
        objects = sum(len(event["objects"]) for event in events)
        kinds = ", ".join(f"{sum(event['kind'] == kind for event in events)} {kind}"
                          for kind in dict.fromkeys(event["kind"] for event in events))
        return f"{len(events)} events with {objects} objects imported: {kinds}"

    def send_events_again(self, folder):
        """The same file once more: everything is there already."""
        rows = self.keys["warehouse"].run("import", "events", folder / "events_of_warehouse.jsonl").rows
        if any(row["outcome"] != "ROW_OUTCOME_DUPLICATE" for row in rows):
            raise Failed("a file of events that was imported twice was stored twice")
        return f"the same file once more: {len(rows)} times \"already there\""

    def send_by_hand(self, kind):
        """The events of a kind that people tell one by one."""
        events = [event for event in self.events if event["kind"] == kind and event["how"] == "verb"]
        for event in events:
            row = self.tell(self.keys[event["by"]].run, event).row
            if row["duplicate"]:
                raise Failed(f"{event['id']} was there before: {row}")
            self.stored.add(row["event"]["name"])
        told = {"ship": "on their way", "receive": "received", "return": "taken back"}.get(kind, "by the customer")
        return f"{len(events)} times `radyab event {kind}` ({sum(len(e['objects']) for e in events)} objects {told})"

    def tell(self, run, event):
        """Runs the verb of an event."""
        words = ["event", event["kind"], *[self.word(item) for item in event["objects"]]]
        for item in event["objects"]:
            if "lot" in item:
                words += ["--quantity", " ".join(self.quantity(item).values())]
        words += ["--at", event["time"], "--event-id", event["id"]]
        for flag in ("place", "reference"):
            if event.get(flag):
                words += [f"--{flag}", event[flag]]
        for flag, name in (("--from", "source"), ("--to", "destination")):
            if name in event:
                words += [flag, self.names.code[event[name]]]
        if "container" in event:
            words += ["--container", self.word(event)]
        return run(*words)

    def try_impossible(self):
        """Tries to deliver what another customer holds already."""
        event = next(event for event in reversed(self.events)
                     if event["kind"] == "deliver" and "unit" in event["objects"][-1])
        again = {**event, "id": "again", "objects": event["objects"][-1:], "reference": "again"}
        return self.tell(self.keys["warehouse"].try_out, again)

    def counts(self):
        """Units and events, as the registry has counted them."""
        audit = self.keys["admin"].run("admin", "audit", "list").rows
        events = {row["resource"] for row in audit if row["resource"].startswith("events/")}
        if events != self.stored:
            raise Failed(f"the audit trail knows {len(events)} events, {len(self.stored)} were stored")
        units = 0
        for key, lot in self.plan["lots"].items():
            if "units" in lot:
                rows = self.keys["admin"].run("trace", "forward", self.word({"lot": key})).rows
                units += sum(row["unit_count"] for row in rows)
        return {"units": units, "events": len(events)}
