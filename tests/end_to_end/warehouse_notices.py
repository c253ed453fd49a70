"""Scenes of the day of a warehouse (warehouse_story.py) with shipping notices of the registry."""

from scanning import ANSWER_SECONDS_MAX, want


class NoticeScenes:
    """What a warehouse does with a notice; the class that has them brings the warehouse."""

    def receive_by_a_notice_of_the_registry(self):
        """What the maker announced is expected; what arrives by the session is seen on the notice."""
        cream, butter = self.items[4], self.items[3]
        self.commission(f"{cream}/lot/C1", "--quantity", "10", "--expires", "2040-01-31")
        self.commission(f"{butter}/serial/N1", f"{butter}/serial/N2")
        shipped = self.maker_cli.run("event", "ship", f"{cream}/lot/C1", f"{butter}/serial/N1", f"{butter}/serial/N2",
                                     "--quantity", "10", "--quantity", "", "--quantity", "", "--to", self.store_party).row
        notice = self.maker_cli.run("notice", "create", "--number", "DN 2", "--event", shipped["event"]["name"]).row["name"]
        scanning = self.scanning("receive", "--notice", notice)
        want(scanning.scan(f"{cream}/lot/C1", "counted")["expected"], "10", "announced")
        scanning.scan(f"{cream}/lot/C9", "wrong_lot")
        scanning.scan(f"{butter}/serial/N1", "counted")
        scanning.finish(1, "missing", "missing", "event_recorded")
        lines = self.cli.run("notice", "get", notice).row["lines"]
        want([(line["object"], line["outstanding"]["amount"]) for line in lines],
             [(f"{cream}/lot/C1", "9"), (f"{butter}/serial/N1", "0"), (f"{butter}/serial/N2", "1")], "what is outstanding")
        rest = self.scanning("receive", "--notice", notice)
        rest.command("TIMES:9", "times_set")
        rest.scan(f"{cream}/lot/C1", "counted")
        rest.scan(f"{butter}/serial/N1", "unexpected")
        rest.scan(f"{butter}/serial/N2", "counted")
        rest.finish(1, "event_recorded")
        want(self.cli.run("notice", "close", notice).row["state"], "SHIPPING_NOTICE_STATE_RECEIVED", "the notice")
        want(self.scanning("receive", "--notice", notice).process.wait(ANSWER_SECONDS_MAX), 1, "a notice that is closed")

    def receive_a_pallet_of_a_notice(self):
        """A pallet stands for what is inside; what is scanned out of it is announced there, and recorded with it."""
        butter, cream = self.items[3], self.items[4]
        loose, units = f"{cream}/lot/C2", [f"{butter}/serial/P1", f"{butter}/serial/P2"]
        self.commission(loose, "--quantity", "6")
        self.commission(*units)
        pallet = "sscc/" + self.maker_cli.run("sscc", "mint").row["ssccs"][0]
        self.maker_cli.run("event", "pack", loose, *units, "--quantity", "6", "--quantity", "", "--quantity", "",
                           "--container", pallet)
        shipped = self.maker_cli.run("event", "ship", pallet, "--to", self.store_party).row["event"]["name"]
        notice = self.maker_cli.run("notice", "create", "--number", "DN 3", "--event", shipped).row["name"]
        scanning = self.scanning("receive", "--notice", notice)
        want(scanning.scan(units[0], "counted")["reason"], f"announced inside {pallet}", "a unit before its pallet")
        scanning.scan(pallet, "counted")
        want(scanning.scan(units[1], "counted")["reason"], f"inside {pallet}, which was counted", "and one after it")
        scanning.command("TIMES:7", "times_set")
        scanning.scan(loose, "too_many")
        scanning.command("TIMES:6", "times_set")
        want(scanning.scan(loose, "counted")["expected"], "6", "what is inside")
        event = self.cli.run("event", "get", scanning.finish(1, "event_recorded")[1]["object"]).row
        want([thing["object"] for thing in event["objects"]], [pallet], "the pallet takes along what is inside")
        want(self.cli.run("notice", "close", notice).row["state"], "SHIPPING_NOTICE_STATE_RECEIVED", "all has arrived")
