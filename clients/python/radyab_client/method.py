"""One method of the API as a function of its request's fields."""

import uuid

from radyab_client.failure import ClientError
from radyab_client.row_stream import RowStream

ROWS_IN_FLIGHT_MAX = 1000


class UnaryMethod:
    """`method(field=value, …)`: one request, one answer. Messages may be given as dicts, enums by name. A change without
    a request_id gets one, kept for all attempts, so that it is done once however often it is sent."""

    def __init__(self, call, request_class, connection):
        self._call, self._request_class, self._connection = call, request_class, connection
        self._is_change = "request_id" in request_class.DESCRIPTOR.fields_by_name

    def request(self, fields):
        request = self._request_class(**fields)
        if self._is_change and not request.request_id:
            request.request_id = uuid.uuid4().hex
        return request

    def __call__(self, **fields):
        request = self.request(fields)
        try:
            return self._connection.repeats.send(lambda timeout: self._call(
                request, timeout=timeout, metadata=self._connection.metadata))
        except ClientError as failure:
            failure.request_id = getattr(request, "request_id", "")
            raise


class ListMethod(UnaryMethod):
    """`method(…)` gives the rows of a list, all of them, fetched page by page as they are wanted; `method.pages(…)` the
    pages as they come."""

    def __init__(self, call, request_class, connection, response):
        super().__init__(call, request_class, connection)
        self._rows_field = next(field.name for field in response.fields if field.message_type)

    def pages(self, **fields):
        while True:
            page = super().__call__(**fields)
            yield page
            if not page.next_page_token:
                return
            fields["page_token"] = page.next_page_token

    def __call__(self, **fields):
        return (row for page in self.pages(**fields) for row in getattr(page, self._rows_field))


class StreamMethod:
    """`method(rows)`: rows up (messages, or dicts of their fields), one answer a row down, in order."""

    def __init__(self, call, row_class, connection):
        self._call, self._row_class, self._connection = call, row_class, connection
        self._takes_id = "request_id" in row_class.DESCRIPTOR.fields_by_name

    def __call__(self, rows, in_flight_max=ROWS_IN_FLIGHT_MAX):
        return RowStream(lambda sent: self._call(sent, metadata=self._connection.metadata), map(self._row, rows),
                         in_flight_max, self._connection.repeats)

    def _row(self, row):
        if isinstance(row, dict):
            row = self._row_class(**row)
        if self._takes_id and not row.request_id:
            row.request_id = uuid.uuid4().hex
        return row
