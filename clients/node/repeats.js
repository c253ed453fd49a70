'use strict';
// When a call that failed on the way is sent once more. Only what is safe to repeat comes here: reads, changes with a
// request_id, rows of imports.

const { setTimeout: wait } = require('node:timers/promises');
const { mayRepeat } = require('./failure');

function repeatPolicy(wanted) {
  return {
    deadlineMs: 10000, // of a call, all attempts and waits together; of a stream: how long it is opened anew in vain
    backoffFirstMs: 100, // before the second attempt; doubled each time
    backoffMaxMs: 1000,
    attemptsMax: 0, // 0: as often as the deadline allows; 1: never repeat
    ...wanted,
  };
}

// Milliseconds to wait after this attempt (from 1), or null when the failure is to be told.
function waitBeforeRepeat(policy, failure, attempt) {
  if (!mayRepeat(failure) || attempt === policy.attemptsMax) return null;
  const whole = Math.min(policy.backoffFirstMs * 2 ** (attempt - 1), policy.backoffMaxMs);
  // Half of it by chance: clients that failed together do not come back together.
  return Math.max(whole / 2 + Math.random() * (whole / 2), failure.retryAfterMs ?? 0);
}

// Waits before the next attempt; throws the failure when there is to be none before `deadline` (of Date.now()).
async function waitOrThrow(policy, failure, attempt, deadline) {
  failure.attempts = attempt;
  const waitMs = waitBeforeRepeat(policy, failure, attempt);
  if (waitMs === null || Date.now() + waitMs >= deadline) throw failure;
  await wait(waitMs);
}

// The answer of `attempt(deadline)`, sent as often as it takes.
async function send(client, attempt) {
  const deadline = Date.now() + client.policy.deadlineMs;
  for (let number = 1; ; ++number) {
    try {
      return await attempt(deadline);
    } catch (error) {
      await waitOrThrow(client.policy, client.failures.failureOf(error), number, deadline);
    }
  }
}

module.exports = { repeatPolicy, send, waitOrThrow };
