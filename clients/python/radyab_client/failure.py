"""Why there is no answer."""

from collections import namedtuple

import grpc

from radyab.error.v1 import error_details_pb2

DETAILS = "grpc-status-details-bin"

FieldFault = namedtuple("FieldFault", "field description")
FieldFault.__doc__ = "A field that broke its rule: its path in the request, and what was wanted."


class ClientError(Exception):
    """A call that failed. Programs look at `reason` (docs/errors.md), never at the message.

    code        grpc.StatusCode
    reason      "STALE_ETAG" …; empty when gRPC itself ended the call
    message     for people
    fields      FieldFault of every field at fault
    metadata    facts for programs: "refusal", "at", "length" …
    retry_after seconds to wait at least, or None
    attempts    how often the call was sent
    request_id  of a change: with it the same call may be sent again, and is done once
    """

    def __init__(self, code, message, reason=""):
        super().__init__(message)
        self.code, self.message, self.reason = code, message, reason
        self.fields, self.metadata, self.retry_after = [], {}, None
        self.attempts, self.request_id = 1, ""

    def __str__(self):
        return f"{self.reason or self.code.name}: {self.message}"


def failure_of(error):
    """The ClientError of a grpc.RpcError."""
    failure = ClientError(error.code(), error.details() or "")
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS:
            _read_details(value, failure)
    return failure


def _read_details(value, failure):
    for detail in error_details_pb2.Status.FromString(value).details:
        kind = detail.type_url.rpartition("/")[2]
        if kind == "google.rpc.ErrorInfo":
            info = error_details_pb2.ErrorInfo.FromString(detail.value)
            failure.reason, failure.metadata = info.reason, dict(info.metadata)
        elif kind == "google.rpc.BadRequest":
            bad = error_details_pb2.BadRequest.FromString(detail.value)
            failure.fields = [FieldFault(one.field, one.description) for one in bad.field_violations]
        elif kind == "google.rpc.RetryInfo":
            retry = error_details_pb2.RetryInfo.FromString(detail.value)
            failure.retry_after = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9


def may_repeat(failure):
    """Whether the same call may succeed when it is sent again. CANCELLED without a reason comes from a server that
    ends its connections."""
    return (failure.code == grpc.StatusCode.UNAVAILABLE
            or (failure.code == grpc.StatusCode.CANCELLED and not failure.reason)
            or (failure.code == grpc.StatusCode.RESOURCE_EXHAUSTED and failure.retry_after is not None))
