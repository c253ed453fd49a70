"""Complaints of the story: opened, answered, followed by the complainant."""

from programs import Failed

# What takes a case to each stage: the verb and its words.
STEPS = {
    "ACKNOWLEDGED": ["advance", "acknowledged", "--delivery-id", "sms-4471"],
    "INVESTIGATING": ["advance", "investigating", "--owner", "نرگس صادقی"],
    "RESPONSE_DRAFTED": ["draft", "--text", "از شما پوزش می‌خواهیم. زنجیره سرد در راه شکسته بود؛ کالا عوض می‌شود."],
    "DECISION_COMMUNICATED": ["advance", "decision_communicated", "--delivery-id", "call-2208", "--channel", "phone"],
    "CLOSED": ["advance", "closed", "--reason", "replaced, the customer is content"],
}
STAGES = ["RECEIVED", *STEPS]


class Complaints:
    """`case_codes` gets the tracking code of every case that was opened."""

    def __init__(self, plan, keys, observer, case_codes):
        self.plan, self.keys, self.observer, self.case_codes = plan, keys, observer, case_codes
        self.scanned = {}  # object word -> the symbol that was read in a photograph

    def subject_word(self, subject):
        if "unit" in subject:
            return self.observer.unit_word(subject["unit"])
        if "lot" in subject:
            return self.observer.lot_word(subject["lot"])
        return self.observer.names.code[subject["item"]]

    def open(self, key):
        """Opens a case; a scanned subject comes from what the scanner read. Answers tracking code and token."""
        case = self.plan["cases"][key]
        word = self.subject_word(case["subject"])
        if case["match"] == "scan":
            word = self.scanned[word]["resolution"]["object"]
        words = ["--type", case["type"], "--channel", case["channel"], "--match", case["match"], "--subject", word,
                 "--language", case["language"], "--narrative", case["narrative"]]
        if case["complainant"]:
            words += ["--complainant", self.observer.names.code[case["complainant"]]]
        else:
            words += ["--anonymous"]
        row = self.keys["desk"].run("case", "open", *words).row
        self.case_codes[key] = row["case"]["code"]
        return row["case"]["code"], row["token"]

    def advance(self, code, stage):
        verb, *words = STEPS[stage]
        self.keys["desk"].run("case", verb, code, *words)

    def track(self, code, token, stage, secrets):
        """Follows a case as the complainant does; answers what is told to come next."""
        answered = self.keys["nobody"].run("case", "track", code, "--token", token)
        if answered.row["state"] != f"CASE_STATE_{stage}":
            raise Failed(f"case {code} should be {stage}; the public page says {answered.row['state']}")
        if any(secret and secret in answered.out for secret in secrets):
            raise Failed(f"the public page of {code} shows personal data: {answered.out}")
        return answered.row["next_step"]["en"]

    def to_its_stage(self, key):
        wanted = self.plan["cases"][key]["state"]
        code, token = self.open(key)
        for stage in STAGES[1 : STAGES.index(wanted) + 1]:
            self.advance(code, stage)
        self.track(code, token, wanted, [])
        return f"{self.plan['cases'][key]['type']} {code}: {wanted.lower()}"

    def to_the_end(self, key):
        case = self.plan["cases"][key]
        customer = self.plan["customers"][case["complainant"]]
        secrets = [customer["name_fa"], customer["name_en"], case["narrative"],
                   self.observer.names.code[case["complainant"]]]
        symbol = self.scanned[self.subject_word(case["subject"])]
        offered = [word for word, _, _ in self.observer.received(case["complainant"])]
        word = self.observer.name_of_object(symbol["resolution"]["object"])
        if word not in offered:
            raise Failed(f"{word} was delivered to the complainant, but the desk is offered {offered}")
        code, token = self.open(key)
        lines = [f"scanned: {symbol['symbology']} {symbol['text'][:70]}",
                 f"{customer['name_fa']} really got it; the case has the tracking code {code}"]
        early = self.keys["desk"].try_out("case", "advance", code, "closed", "--reason", "too early")
        if early.code != 1 or early.error["reason"] != "ILLEGAL_TRANSITION":
            raise Failed(f"a case could be closed before it was looked at: {early!r}")
        lines.append(f"closing it at once is refused: {early.error['message']}")
        for stage in STAGES:
            if stage != "RECEIVED":
                self.advance(code, stage)
            lines.append(f"{stage.lower()}: the customer reads \"{self.track(code, token, stage, secrets)}\"")
        self.refuse_wrong_guesses(code, token)
        return [*lines, "a wrong token and a wrong code look the same: not found"]

    def refuse_wrong_guesses(self, code, token):
        wrong_token = self.keys["nobody"].try_out("case", "track", code, "--token", token[:-1] + ("0" if token[-1] != "0" else "1"))
        wrong_code = self.keys["nobody"].try_out("case", "track", "2050500017000710", "--token", token)
        if (wrong_token.code, wrong_code.code) != (3, 3) or wrong_token.error["reason"] != wrong_code.error["reason"]:
            raise Failed(f"wrong guesses differ: {wrong_token!r}, {wrong_code!r}")
