"""Opens very many connections that do nothing or next to nothing, and looks whether honest calls are served beside them.

    connections.py [--idle N] [--slow N] [--seconds N] [--rate N] [--served-min F] [--memory-mb-max N]

Idle ones are ready and ask nothing. Slow ones, in turns: never a word; nothing behind the preface; the preface byte by
byte; a request whose head never ends; a request whose body never ends; a request whose answer is never read (a window
of zero). Each gets a byte a second at most, and those that the server closes are opened
again within ten seconds. Honest calls (durable CreateItem) go on all the time, over connections that are opened after all those.
"""

import argparse
import itertools
import json
import os
import random
import resource
import selectors
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "end_to_end"))

from programs import BIN, Cli, Failed, Server, need_programs  # noqa: E402

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FILES_BESIDE = 200
DEADLINE_MS = 1000
LOAD_SECONDS_MAX = 900
OPENED_A_SECOND_MAX = 2000
OPEN_AGAIN_SECONDS = 10
SETTINGS, HEADERS, DATA, CONTINUATION = 4, 1, 0, 9


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def field(name, value):
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


HEAD = b"".join(field(name, value) for name, value in (
    (":method", "POST"), (":scheme", "http"), (":path", "/radyab.v1.CodeService/Check"), (":authority", "slow"),
    ("te", "trailers"), ("content-type", "application/grpc")))
READY = PREFACE + frame(SETTINGS, 0, 0)
NO_WINDOW = PREFACE + frame(SETTINGS, 0, 0, struct.pack(">HI", 4, 0))

IDLE = READY
# What is sent at once, and what byte by byte, again and again.
SLOW = (
    (b"", b""),
    (PREFACE, b""),
    (b"", READY),
    (READY + frame(HEADERS, 0, 1, HEAD), frame(CONTINUATION, 0, 1, field("x", "y"))),
    (READY + frame(HEADERS, 4, 1, HEAD) + struct.pack(">I", 60_000)[1:] + bytes([DATA, 0]) + struct.pack(">I", 1), b"\0"),
    (NO_WINDOW + frame(HEADERS, 4, 1, HEAD) + frame(DATA, 1, 1, b"\0\0\0\0\0"), b""),
)


class Crowd:
    """Connections by number; each is what its number says."""

    def __init__(self, address, idle, slow):
        host, port = address.rsplit(":", 1)
        self.address = (host, int(port))
        self.idle, self.slow = idle, slow
        self.sockets = {}
        self.sent = {}
        self.opened = self.closed = 0
        self.due = {}  # when a closed one is opened again
        self.selector = selectors.DefaultSelector()

    def open_missing(self, count_max):
        now = time.monotonic()
        missing = (number for number in range(self.idle + self.slow)
                   if number not in self.sockets and self.due.get(number, 0) <= now)
        for number in itertools.islice(missing, count_max):
            one = socket.socket()
            try:
                one.connect(self.address)
                first = IDLE if number < self.idle else SLOW[number % len(SLOW)][0]
                if first:
                    one.sendall(first)
            except OSError:
                one.close()
                self.closed += 1
                continue
            one.setblocking(False)
            self.sockets[number] = one
            self.sent[number] = 0
            self.opened += 1
            self.selector.register(one, selectors.EVENT_READ, number)

    def drop(self, number):
        one = self.sockets.pop(number)
        self.selector.unregister(one)
        one.close()
        self.closed += 1
        self.due[number] = time.monotonic() + random.uniform(0, OPEN_AGAIN_SECONDS)

    def read(self, seconds):
        """What the server says is thrown away, but for the slow ones, who do not read."""
        for key, _ in self.selector.select(seconds):
            try:
                if not key.fileobj.recv(65536):
                    self.drop(key.data)
            except BlockingIOError:
                pass
            except OSError:
                self.drop(key.data)

    def dribble(self):
        for number in range(self.idle, self.idle + self.slow):
            drops = SLOW[number % len(SLOW)][1]
            if number not in self.sockets or not drops:
                continue
            at = self.sent[number] % len(drops)
            try:
                self.sockets[number].send(drops[at:at + 1])
                self.sent[number] += 1
            except BlockingIOError:
                pass
            except OSError:
                self.drop(number)


def memory_mb(process):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise Failed("the server has no RssAnon")


def set_up(server):
    admin = Cli(server, (server.folder / "admin.key").read_text().strip())
    for code in ("01", "0101"):
        admin.run("class", "create", code, "--name-en", f"Load {code}")
    member = admin.run("member", "create", "--name-en", "Load").row["name"]
    return admin.run("admin", "key", "create", "--role", "member", "--member", member, "--display-name", "load").row["secret"]


def start_honest(server, key, options):
    return subprocess.Popen(
        [BIN / "create_load", "offer", "--server", server.address, "--class", "classes/0101", "--run", "Honest",
         "--connections", "8", "--rate", str(options.rate), "--seconds", str(options.seconds),
         "--deadline-ms", str(DEADLINE_MS)],
        env={**os.environ, "MEMBER_KEY": key}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(server, options):
    server.start()
    key = set_up(server)
    before = memory_mb(server.process)
    crowd = Crowd(server.address, options.idle, options.slow)
    begun = time.monotonic()
    while crowd.opened < options.idle + options.slow:
        crowd.open_missing(OPENED_A_SECOND_MAX // 20)
        crowd.read(0.05)
    print(f"{len(crowd.sockets)} connections opened in {time.monotonic() - begun:.1f} s", flush=True)
    honest = start_honest(server, key, options)
    most = fewest = None
    next_second = time.monotonic()
    while honest.poll() is None:
        crowd.read(0.05)
        crowd.open_missing(OPENED_A_SECOND_MAX // 20)
        if time.monotonic() < next_second:
            continue
        next_second = time.monotonic() + 1
        crowd.dribble()
        most = max(most or 0, memory_mb(server.process))
        fewest = min(fewest or 10**9, len(crowd.sockets))
        if time.monotonic() - begun > LOAD_SECONDS_MAX:
            honest.kill()
    said = honest.stdout.read().strip()
    if honest.returncode != 0:
        raise Failed(f"the honest client: {said}")
    told = json.loads(said)
    served = told["in_time"] / max(1, told["sent"])
    print(f"honest calls: {said}")
    print(f"figure connections: {options.idle} idle and {options.slow} slow, at least {fewest} open, {crowd.closed} closed "
          f"and opened again; served {served:.4f} of {told['sent']} honest calls; memory {before:.0f} MB before, "
          f"{most:.0f} MB at most")
    faults = []
    if served < options.served_min:
        faults.append(f"{served:.4f} of the honest calls were served, want {options.served_min}")
    if most > options.memory_mb_max:
        faults.append(f"the server took {most:.0f} MB, want at most {options.memory_mb_max}")
    if fewest < options.idle:
        faults.append(f"only {fewest} connections were open at a time")
    if server.stop() != 0:
        faults.append("the server did not end as asked")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--slow", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--served-min", type=float, default=0.99)
    parser.add_argument("--memory-mb-max", type=float, default=1024)
    options = parser.parse_args()
    wanted = options.idle + options.slow + FILES_BESIDE
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard < wanted:
        print(f"connections: failed: {wanted} files are wanted at once, the hard limit is {hard}")
        return 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, wanted), hard))  # the server raises its own
    folder = Path(tempfile.mkdtemp(prefix="radyab-load-"))
    server = Server(folder / "registry", folder / "radyabd.log")
    start = server.start

    def start_and_raise():
        start()
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

    server.start = start_and_raise
    try:
        need_programs("radyabd", "radyab", "create_load")
        faults = run(server, options)
    except Failed as failure:
        faults = [str(failure)]
    finally:
        server.kill()
    for fault in faults:
        print(f"connections: failed: {fault}; the end of the server's log: {server.log_end()}")
    if faults:
        return 1
    shutil.rmtree(folder)
    print("connections: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
