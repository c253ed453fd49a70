"""When a call that failed on the way is sent once more."""

import random
import time
from dataclasses import dataclass

import grpc

from radyab_client.failure import failure_of, may_repeat


@dataclass(frozen=True)
class RepeatPolicy:
    """Times in seconds. Only what is safe to repeat comes here: reads, changes with a request_id, rows of imports."""

    deadline: float = 10.0  # of a call, all attempts and waits together; of a stream: how long it is opened anew in vain
    backoff_first: float = 0.1  # before the second attempt; doubled each time
    backoff_max: float = 1.0
    attempts_max: int = 0  # 0: as often as the deadline allows; 1: never repeat

    def wait_before_repeat(self, failure, attempt):
        """Seconds to wait after this attempt (from 1), or None when the failure is to be told."""
        if not may_repeat(failure) or attempt == self.attempts_max:
            return None
        whole = min(self.backoff_first * 2 ** min(attempt - 1, 30), self.backoff_max)
        # Half of it by chance: clients that failed together do not come back together.
        return max(random.uniform(whole / 2, whole), failure.retry_after or 0.0)


class Repeats:
    """The repeats of the calls on one channel."""

    def __init__(self, channel, policy):
        self._channel, self._policy = channel, policy

    def patience_end(self):
        return time.monotonic() + self._policy.deadline

    def send(self, attempt):
        """The answer of `attempt(timeout)`, sent as often as it takes; raises the last ClientError."""
        end, number = self.patience_end(), 0
        while True:
            number += 1
            try:
                return attempt(max(end - time.monotonic(), 0.0))
            except grpc.RpcError as error:
                failure = failure_of(error)
            self.wait_or_raise(failure, number, end)

    def wait_or_raise(self, failure, attempt, end):
        """Returns when it is time for the next attempt; raises the failure when there is to be none before `end`."""
        failure.attempts = attempt
        wait = self._policy.wait_before_repeat(failure, attempt)
        if wait is None or time.monotonic() + wait >= end:
            raise failure
        time.sleep(wait)
        if failure.code != grpc.StatusCode.RESOURCE_EXHAUSTED:
            self._wait_for_connection(failure, end)

    def _wait_for_connection(self, failure, end):
        # Calls on a broken channel fail at once, and between them nobody would look after its new connection.
        ready = grpc.channel_ready_future(self._channel)
        try:
            ready.result(timeout=max(end - time.monotonic(), 0.0))
        except grpc.FutureTimeoutError:
            raise failure from None
        finally:
            ready.cancel()
