"""What a partner's system does, over the Python client. It tells each step as a line of JSON and waits for a line
before the steps during which the server is killed. partner_program.js is the same over the Node client."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from radyab_client import Client, ClientError, RepeatPolicy, timestamp

ITEMS, EVENTS, IN_FLIGHT = 20, 600, 200
PATIENCE_SECONDS = 120
MOMENT = datetime(2026, 3, 1, 8, 0, tzinfo=timezone.utc)


def tell(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def wait_for_go():
    if not sys.stdin.readline():
        sys.exit("nobody says go")


def register(client, request_id):
    item = {"class_name": "classes/0104", "display_name": {"en": f"Cheese {request_id}"}}
    return client.catalog.create_item(item=item, request_id=request_id).code


def refusal_of(call, *arguments, **fields):
    try:
        call(*arguments, **fields)
    except ClientError as failure:
        return {"code": failure.code.name, "reason": failure.reason, "metadata": failure.metadata,
                "fields": [list(fault) for fault in failure.fields]}
    return None


def names_what_was_meant(client):
    for wrong, meant in ((lambda: client.catalog.creat_item, "create_item"), (lambda: client.parties, "party")):
        try:
            sys.exit(f"found what is not there: {wrong()}")
        except AttributeError as fault:
            if meant not in str(fault):
                sys.exit(f"not told what was meant: {fault}")


def lot_event(kind, lot, amount, event_id, **more):
    return {"event_id": event_id, "kind": f"EVENT_KIND_{kind}", "event_time": timestamp(MOMENT),
            "reference": event_id,  # what tells two shipments of one piece apart: the delivery note
            "objects": [{"object": lot, "quantity": {"amount": str(amount), "unit": "C62"}}], **more}


def main():
    other_party = os.environ["OTHER_PARTY"]
    policy = RepeatPolicy(deadline=PATIENCE_SECONDS)
    with Client(os.environ["RADYAB_SERVER"], key=os.environ["RADYAB_KEY"], policy=policy) as client:
        names_what_was_meant(client)
        calm = [register(client, f"calm-{number}") for number in range(ITEMS)]
        tell("calm", codes=calm)
        wait_for_go()

        ids = [f"burst-{number}" for number in range(ITEMS)]
        with ThreadPoolExecutor(ITEMS) as callers:
            burst = list(callers.map(lambda request_id: register(client, request_id), ids))
        tell("burst", codes=burst)
        tell("again", codes=[register(client, request_id) for request_id in ids])

        lot = f"{calm[0]}/lot/L1"
        client.trace.capture_event(event=lot_event("COMMISSION", lot, 1000, "made"))
        tell("lot", object=lot)
        wait_for_go()

        events = ({"event": lot_event("SHIP", lot, 1, f"ship-{number}", destination_party=other_party)}
                  for number in range(EVENTS))
        verdicts = list(client.trace.import_events(events, in_flight_max=IN_FLIGHT))
        tell("events", rows=[[verdict.outcome, verdict.name] for verdict in verdicts])

        bad = lot_event("SHIP", lot, 5000, "too much", destination_party=other_party)
        bad_row, good_row = client.trace.import_events([
            {"event": bad}, {"event": lot_event("SHIP", lot, 1, "ship-0", destination_party=other_party)}])
        wrong_gtin = {"scheme": "ALIAS_SCHEME_GTIN", "value": "9521001000019"}
        item = {"class_name": "classes/0104", "display_name": {"en": "Cheese"}}
        tell("refusals",
             gtin=refusal_of(client.catalog.create_item, item=item, aliases=[wrong_gtin]),
             reused=refusal_of(client.catalog.create_item, item=item, request_id="burst-0"),
             foreign=refusal_of(client.party.get_party, name="parties/7140800002667130"),
             role=refusal_of(client.admin.create_key, key={"display_name": "mine"}),
             row=[bad_row.outcome, bad_row.faults[0].reason], good_row=good_row.outcome)

        pages = list(client.catalog.list_items.pages(page_size=7))
        resolved = client.code.batch_resolve(texts=calm)
        custody = list(client.trace.get_custody(object=lot, page_size=1))
        tell("query",
             listed=[item.code for page in pages for item in page.items], pages=len(pages),
             resolved=[resolution.code for resolution in resolved.resolutions],
             streamed=[resolution.code for resolution in client.code.resolve_stream({"text": code} for code in burst)],
             custody=[[row.state, row.quantity.amount] for row in custody],
             events=sum(1 for _ in client.trace.list_events(object=lot)))


if __name__ == "__main__":
    main()
