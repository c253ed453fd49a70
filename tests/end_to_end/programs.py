"""The programs under test, run as a user runs them: radyabd over a folder, radyab as a command."""

import json
import os
import select
import signal
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("RADYAB_BIN", ROOT / "build" / "release" / "bin"))
START_SECONDS_MAX = 60
CALL_SECONDS_MAX = 120


class Failed(Exception):
    """Something did not go as it must; the text says what."""


def need_programs(*names):
    for name in names:
        if not (BIN / name).exists():
            raise Failed(f"{BIN / name} is not there: run ./dev build first")


class Server:
    """One radyabd at a time over one folder, on a free port that each start chooses anew; `listen` says otherwise."""

    def __init__(self, folder, log, options=(), environment=None):
        self.folder = Path(folder)
        self.log = Path(log)
        self.options = list(options)
        self.environment = environment or {}
        self.listen = "127.0.0.1:0"
        self.process = None
        self.address = ""

    def start(self):
        """Starts it and waits until it says where it listens; answers the seconds that took."""
        begun = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BIN / "radyabd", "--data", self.folder, "--listen", self.listen, *self.options],
                env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        line = self._first_line()
        if not line.startswith("radyabd: listening on "):
            self.kill()
            raise Failed(f"radyabd did not start: {line!r}; the end of its log: {self.log_end()}")
        self.address = line.split()[-1]
        return time.monotonic() - begun

    def _first_line(self):
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS_MAX)
        return self.process.stdout.readline().decode().strip() if ready else "silence"

    def log_end(self):
        return self.log.read_text(errors="replace")[-2000:]

    def kill(self):
        """SIGKILL: it gets no chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self):
        """SIGTERM: it drains and ends; answers its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how):
        if self.process is None:
            return None
        self.process.send_signal(how)
        code = self.process.wait(START_SECONDS_MAX)
        self.process.stdout.close()
        self.process = None
        return code


class Answered:
    """What one command said."""

    def __init__(self, words, code, out, err):
        self.words, self.code, self.out, self.err = words, code, out, err

    def __repr__(self):
        words = " ".join(word if len(word) < 60 else word[:57] + "…" for word in self.words)
        return f"`radyab {words}` ended with {self.code}: {self.err.strip()[:1500]}"

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self):
        rows = self.rows
        if len(rows) != 1:
            raise Failed(f"{self!r}: {len(rows)} answers, want 1")
        return rows[0]

    @property
    def error(self):
        """The error object that --json writes to standard error."""
        return json.loads(self.err.strip().splitlines()[-1])["error"]


class Cli:
    """radyab with one key. `server` gives the address of each call. Any thread."""

    calls = 0
    seconds = 0.0
    lock = threading.Lock()

    def __init__(self, server, key=""):
        self.server = server
        self.key = key

    def try_out(self, *words, stdin=None, json_form=True):
        """Runs one command and answers whatever it said."""
        words = [os.fspath(word) if isinstance(word, Path) else word for word in words]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RADYAB_")}
        environment["RADYAB_SERVER"] = self.server.address
        if self.key:
            environment["RADYAB_KEY"] = self.key
        begun = time.monotonic()
        done = subprocess.run(
            [BIN / "radyab", *(["--json"] if json_form else []), *words], env=environment,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True, timeout=CALL_SECONDS_MAX)
        with Cli.lock:
            Cli.calls += 1
            Cli.seconds += time.monotonic() - begun
        return Answered([word if isinstance(word, str) else repr(word) for word in words], done.returncode,
                        done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    def run(self, *words, stdin=None):
        """Runs one command that must succeed."""
        answered = self.try_out(*words, stdin=stdin)
        if answered.code != 0:
            raise Failed(repr(answered))
        return answered
