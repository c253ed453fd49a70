'use strict';
// Rows up, one answer a row down, over one stream after another until every row is answered.

const grpc = require('@grpc/grpc-js');
const { ClientError } = require('./failure');
const { waitOrThrow } = require('./repeats');

const ROWS_IN_FLIGHT_MAX = 1000;

// Rows taken from the source and not yet answered. They stay here when the way breaks and are sent again over a new
// stream: the server knows items by their request_id and events by their event_id or content, and answers DUPLICATE for
// what it has.
class OpenRows {
  constructor(source, inFlightMax) {
    this.source = source;
    this.inFlightMax = inFlightMax;
    this.unanswered = [];
    this.ended = false;
    this.taking = null; // the one row that is being taken from the source
    this.roomMade = () => {};
  }

  answered() {
    this.unanswered.shift();
    this.roomMade();
  }

  async take() {
    const { done, value } = await this.source.next();
    if (done) this.ended = true;
    else this.unanswered.push(value);
  }

  // Waits until there is a row that the stream of `state` has not sent, or no more to come, or that stream is over.
  async more(state) {
    while (!state.over && this.unanswered.length <= state.sent && !this.ended) {
      if (this.unanswered.length >= this.inFlightMax) {
        await new Promise((resolve) => { this.roomMade = resolve; });
      } else {
        this.taking ??= this.take().finally(() => { this.taking = null; });
        await this.taking;
      }
    }
  }
}

// Sends on one stream, beginning with the first unanswered row. `state.sent` counts rows sent and not answered.
async function sendRows(call, open, state) {
  for (;;) {
    await open.more(state);
    if (state.over) return;
    if (state.sent === open.unanswered.length) break;
    const room = call.write(open.unanswered[state.sent++]);
    if (!room) await new Promise((resolve) => { call.once('drain', resolve); state.wake = resolve; });
    if (state.over) return;
  }
  call.end();
}

async function* oneStream(client, described, open) {
  const call = client.channel.makeBidiStreamRequest(
    described.path, described.requestSerialize, described.responseDeserialize, client.metadata, {});
  const state = { sent: 0, over: false, wake: () => {} };
  const sending = sendRows(call, open, state).catch((error) => {
    state.sourceError = error; // of the caller's own source: told to the caller
    call.cancel();
  });
  try {
    for await (const answer of call) {
      open.answered();
      --state.sent;
      yield answer;
    }
    await sending;
  } catch (error) {
    if (state.sourceError) throw Object.assign(state.sourceError, { ofSource: true });
    throw error;
  } finally {
    state.over = true;
    state.wake();
    open.roomMade();
    call.cancel();
  }
}

async function* streamRows(client, described, source, { inFlightMax = ROWS_IN_FLIGHT_MAX } = {}) {
  const open = new OpenRows(source, inFlightMax);
  for (let failures = 0, patienceEnd = 0; ;) {
    try {
      for await (const answer of oneStream(client, described, open)) {
        failures = 0;
        yield answer;
      }
      break;
    } catch (error) {
      if (error.ofSource) throw error;
      if (failures++ === 0) patienceEnd = Date.now() + client.policy.deadlineMs;
      await waitOrThrow(client.policy, client.failures.failureOf(error), failures, patienceEnd);
    }
  }
  if (open.unanswered.length > 0 || !open.ended) {
    throw new ClientError(grpc.status.INTERNAL, 'the server ended the stream before every row was answered');
  }
}

module.exports = { streamRows };
