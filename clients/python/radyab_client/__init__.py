"""The Python client of Radyab: every method of the API, safe repeats, lists, and streams of rows."""

from radyab_client.client import Client, Tls
from radyab_client.failure import ClientError, FieldFault
from radyab_client.repeats import RepeatPolicy
from radyab_client.times import timestamp

__all__ = ["Client", "ClientError", "FieldFault", "RepeatPolicy", "Tls", "timestamp"]
