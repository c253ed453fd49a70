"""A session of scans while it runs, for stories."""

import json
import os
import select
import signal
import subprocess
import time

from programs import BIN, Failed

ANSWER_SECONDS_MAX = 30


def want(seen, wanted, what):
    if seen != wanted:
        raise Failed(f"{what}: {seen!r}, want {wanted!r}")


class Scanning:
    """radyab scan --session while it runs: a label in, a verdict out."""

    def __init__(self, server, key, state, *words):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RADYAB_")}
        environment.update(RADYAB_SERVER=server.address, RADYAB_KEY=key, XDG_STATE_HOME=str(state))
        self.process = subprocess.Popen([BIN / "radyab", "--json", "--timeout", "2", "scan", "--session", *words],
                                        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.rest = b""

    def send(self, *texts):
        self.process.stdin.write("".join(text + "\n" for text in texts).encode())
        self.process.stdin.flush()

    def verdict(self):
        """The next verdict; waits for it."""
        ends = time.monotonic() + ANSWER_SECONDS_MAX
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, ends - time.monotonic()))
            part = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not part:
                raise Failed(f"no verdict in {ANSWER_SECONDS_MAX} s; it said {self.rest!r}")
            self.rest += part
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def scan(self, text, wanted):
        """Scans one label and answers its verdict, which must be of that kind."""
        self.send(text)
        verdict = self.verdict()
        want(verdict["verdict"], wanted, f"the verdict on {text!r} ({verdict['reason']})")
        return verdict

    def command(self, words, wanted):
        return self.scan(f"RADYAB:{words}", wanted)

    def end(self, wanted):
        """Ends its input; answers what it still said."""
        out, err = self.process.communicate(timeout=ANSWER_SECONDS_MAX)
        if self.process.returncode != wanted:
            raise Failed(f"the session ended with {self.process.returncode}, want {wanted}: {err.decode()}")
        return [json.loads(line) for line in (self.rest + out).splitlines()], err.decode()

    def finish(self, exit_code=0, *more):
        """Scans FINISH; the verdicts of the end, behind `more` others."""
        self.send("RADYAB:FINISH")
        verdicts, _ = self.end(exit_code)
        want([v["verdict"] for v in verdicts], ["finishing", *more], "verdicts at the end")
        return verdicts

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
