"""A way to the server that can hold its answers back: calls are carried out, and nobody hears of it."""

import socket
import threading

CHUNK_BYTES = 65536


class AnswerHolder:
    """Listens on a port of its own and passes bytes to `server.address` of the moment."""

    def __init__(self, server):
        self._server = server
        self._holding = threading.Event()
        self._lock, self._open = threading.Lock(), set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self):
        """From now on requests pass and answers do not."""
        self._holding.set()

    def cut(self):
        """Ends every connection and passes answers again; the held ones are gone."""
        self._holding.clear()  # first: no connection of later may miss a byte
        with self._lock:
            for connection in self._open:
                connection.shutdown_quietly()

    def close(self):
        self._listener.close()
        self.cut()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            host, port = self._server.address.rsplit(":", 1)
            try:
                server = socket.create_connection((host, int(port)))
            except OSError:
                client.close()  # the server is away: so is this way to it
                continue
            connection = _Connection(client, server, self._holding)
            with self._lock:
                self._open.add(connection)
            connection.start(self._forget)

    def _forget(self, connection):
        with self._lock:
            self._open.discard(connection)


class _Connection:
    def __init__(self, client, server, holding):
        self._client, self._server, self._holding = client, server, holding
        self._left = 2
        self._lock = threading.Lock()

    def start(self, done):
        for source, target, may_hold in ((self._client, self._server, False), (self._server, self._client, True)):
            threading.Thread(target=self._pass, args=(source, target, may_hold, done), daemon=True).start()

    def shutdown_quietly(self):
        for end in (self._client, self._server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _pass(self, source, target, may_hold, done):
        try:
            while data := source.recv(CHUNK_BYTES):
                if not (may_hold and self._holding.is_set()):
                    target.sendall(data)
        except OSError:
            pass
        self.shutdown_quietly()
        with self._lock:
            self._left -= 1
            last = self._left == 0
        if last:
            done(self)
            self._client.close()
            self._server.close()
