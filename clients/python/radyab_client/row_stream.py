"""Rows up, one answer a row down, over one stream after another until every row is answered."""

import threading
from collections import deque

import grpc

from radyab_client.failure import ClientError, failure_of


class RowStream:
    """Sends the rows of an iterable and gives their answers in order: iterate over it, once.

    Rows stay here until they are answered. When the way breaks they are sent again over a new stream: the server
    knows items by their request_id and events by their event_id or content, and answers DUPLICATE for what it has.
    """

    def __init__(self, open_stream, rows, in_flight_max, repeats):
        self._open_stream = open_stream  # takes an iterator of rows, gives the call
        self._source, self._source_lock = iter(rows), threading.Lock()
        self._source_ended, self._source_error = False, None
        self._in_flight_max, self._repeats = in_flight_max, repeats
        self._change = threading.Condition()
        self._unanswered, self._answered = deque(), 0

    def __iter__(self):
        failures, patience_end = 0, 0.0
        while True:
            try:
                for reply in self._one_stream():
                    failures = 0
                    yield reply
                break
            except grpc.RpcError as error:
                failure = failure_of(error)
            failures += 1
            if failures == 1:
                patience_end = self._repeats.patience_end()
            self._repeats.wait_or_raise(failure, failures, patience_end)
        if self._source_error:
            raise self._source_error
        if self._unanswered or not self._source_ended:
            raise ClientError(grpc.StatusCode.INTERNAL, "the server ended the stream before every row was answered")

    def _one_stream(self):
        over = threading.Event()
        call = self._open_stream(self._rows(over))
        try:
            for reply in call:
                with self._change:
                    self._unanswered.popleft()
                    self._answered += 1
                    self._change.notify_all()
                yield reply
        finally:
            with self._change:
                over.set()
                self._change.notify_all()
            call.cancel()

    def _rows(self, over):
        """The rows of one stream, on a thread of gRPC: first those that another stream left unanswered."""
        with self._change:
            number = self._answered
        while True:
            with self._change:
                self._change.wait_for(lambda: over.is_set() or self._source_ended or self._has(number)
                                      or len(self._unanswered) < self._in_flight_max)
                if over.is_set():
                    return
                row = self._unanswered[number - self._answered] if self._has(number) else None
                if row is None and self._source_ended:
                    return
            if row is None:
                self._take_row(number)
            else:
                number += 1
                yield row

    def _has(self, number):
        return number < self._answered + len(self._unanswered)

    def _take_row(self, number):
        """Takes one row of the source, unless another stream's thread took it meanwhile."""
        with self._source_lock:
            with self._change:
                if self._has(number) or self._source_ended:
                    return
            row = None
            try:
                row = next(self._source, None)
            except Exception as error:  # of the caller's own source: told to the caller, on his thread
                self._source_error = error
            with self._change:
                if row is None:
                    self._source_ended = True
                else:
                    self._unanswered.append(row)
                self._change.notify_all()
