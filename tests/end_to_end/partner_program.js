'use strict';
// What a partner's system does, over the Node client: the same steps as partner_program.py.

const readline = require('node:readline');
const path = require('node:path');
const { Client } = require(path.join(process.env.RADYAB_CLIENTS, 'node'));

const ITEMS = 20;
const EVENTS = 600;
const IN_FLIGHT = 200;
const PATIENCE_MS = 120000;
const MOMENT = { seconds: Date.UTC(2026, 2, 1, 8) / 1000 };

const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }));
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function waitForGo() {
  if ((await lines.next()).done) throw new Error('nobody says go');
}

async function register(client, requestId) {
  const item = { class_name: 'classes/0104', display_name: { en: `Cheese ${requestId}` } };
  return (await client.catalog.createItem({ item, request_id: requestId })).code;
}

const CODES = Object.fromEntries(Object.entries(require(
  require.resolve('@grpc/grpc-js', { paths: [path.join(process.env.RADYAB_CLIENTS, 'node')] })).status)
  .map(([name, number]) => [number, name]));

async function refusalOf(promise) {
  try {
    await promise;
  } catch (failure) {
    const { code, reason, metadata, fields } = failure;
    return { code: CODES[code], reason, metadata, fields: fields.map((one) => [one.field, one.description]) };
  }
  return null;
}

const lotEvent = (kind, lot, amount, eventId, more = {}) => ({
  event_id: eventId, kind: `EVENT_KIND_${kind}`, event_time: MOMENT,
  reference: eventId, // what tells two shipments of one piece apart: the delivery note
  objects: [{ object: lot, quantity: { amount: String(amount), unit: 'C62' } }], ...more,
});

async function all(rows) {
  const list = [];
  for await (const row of rows) list.push(row);
  return list;
}

const numbers = (count) => [...Array(count).keys()];

// Enums as numbers, as partner_program.py tells them.
const OUTCOMES = ['ROW_OUTCOME_UNSPECIFIED', 'ROW_OUTCOME_ACCEPTED', 'ROW_OUTCOME_DUPLICATE', 'ROW_OUTCOME_REFUSED'];
const STATES = ['CUSTODY_STATE_UNSPECIFIED', 'CUSTODY_STATE_HELD', 'CUSTODY_STATE_IN_TRANSIT', 'CUSTODY_STATE_DELIVERED'];

async function run(client) {
  const otherParty = { destination_party: process.env.OTHER_PARTY };
  const calm = [];
  for (const number of numbers(ITEMS)) calm.push(await register(client, `calm-${number}`));
  tell('calm', { codes: calm });
  await waitForGo();

  const ids = numbers(ITEMS).map((number) => `burst-${number}`);
  const burst = await Promise.all(ids.map((id) => register(client, id)));
  tell('burst', { codes: burst });
  const again = [];
  for (const id of ids) again.push(await register(client, id));
  tell('again', { codes: again });

  const lot = `${calm[0]}/lot/L1`;
  await client.trace.captureEvent({ event: lotEvent('COMMISSION', lot, 1000, 'made') });
  tell('lot', { object: lot });
  await waitForGo();

  function* events() {
    for (const number of numbers(EVENTS)) yield { event: lotEvent('SHIP', lot, 1, `ship-${number}`, otherParty) };
  }
  const verdicts = await all(client.trace.importEvents(events(), { inFlightMax: IN_FLIGHT }));
  tell('events', { rows: verdicts.map((verdict) => [OUTCOMES.indexOf(verdict.outcome), verdict.name]) });

  const [badRow, goodRow] = await all(client.trace.importEvents([
    { event: lotEvent('SHIP', lot, 5000, 'too much', otherParty) },
    { event: lotEvent('SHIP', lot, 1, 'ship-0', otherParty) }]));
  const item = { class_name: 'classes/0104', display_name: { en: 'Cheese' } };
  const aliases = [{ scheme: 'ALIAS_SCHEME_GTIN', value: '9521001000019' }];
  tell('refusals', {
    gtin: await refusalOf(client.catalog.createItem({ item, aliases })),
    reused: await refusalOf(client.catalog.createItem({ item, request_id: 'burst-0' })),
    foreign: await refusalOf(client.party.getParty({ name: 'parties/7140800002667130' })),
    role: await refusalOf(client.admin.createKey({ key: { display_name: 'mine' } })),
    row: [OUTCOMES.indexOf(badRow.outcome), badRow.faults[0].reason], good_row: OUTCOMES.indexOf(goodRow.outcome),
  });

  const pages = await all(client.catalog.listItems.pages({ page_size: 7 }));
  const resolved = await client.code.batchResolve({ texts: calm });
  const custody = await all(client.trace.getCustody({ object: lot, page_size: 1 }));
  tell('query', {
    listed: pages.flatMap((page) => page.items.map((one) => one.code)), pages: pages.length,
    resolved: resolved.resolutions.map((resolution) => resolution.code),
    streamed: (await all(client.code.resolveStream(burst.map((text) => ({ text }))))).map((resolution) => resolution.code),
    custody: custody.map((row) => [STATES.indexOf(row.state), row.quantity.amount]),
    events: (await all(client.trace.listEvents({ object: lot }))).length,
  });
}

const client = new Client({
  address: process.env.RADYAB_SERVER, key: process.env.RADYAB_KEY, policy: { deadlineMs: PATIENCE_MS },
});
run(client).finally(() => { client.close(); process.stdin.destroy(); });
