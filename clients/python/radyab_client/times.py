"""Moments as the API takes them."""

from google.protobuf.timestamp_pb2 import Timestamp


def timestamp(moment):
    """The Timestamp of a `datetime` that knows its zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r}: want a moment with its zone, as in datetime.now(timezone.utc)")
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp
