"""One registry under load while its disk or its clock goes wrong, and the frame of a test that plays such scenes."""

import argparse
import random
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import faults  # noqa: F401  the way to the programs
from crash_rounds import LOAD_END_SECONDS_MAX, CrashRounds
from programs import Failed, Server, need_programs

STORE_FAILED_CODE = 3
TELL_SECONDS_MIN = 0.3


class Scene(CrashRounds):
    """One registry under load on one disk."""

    last = None

    def __init__(self, folder, seed, options=(), layer=None):
        super().__init__(folder, seed)
        self.server = Server(folder / "registry", folder / "radyabd.log", options, layer.environment if layer else None)
        Scene.last = self

    def begin_load(self):
        log = self.folder / f"load_{len(self.logs)}.log"
        self.logs.append(log)
        load = subprocess.Popen([*self.words("load"), "--log", log, "--round", str(len(self.logs))],
                                env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.wait_for_first_answer(load, log)
        return load

    def end_load(self, load, *reasons):
        """Waits until every caller was refused; for no other reason than these, or that the server is gone."""
        said, _ = load.communicate(timeout=LOAD_END_SECONDS_MAX)
        for line in said.splitlines():
            if line.startswith("crash_load:") and line.split()[-1] not in reasons:
                raise Failed(f"a change met something else than {reasons}: {line}")
        return said

    def ended(self):
        """The exit code of a server that ends by itself; nothing while it lives on."""
        try:
            code = self.server.process.wait(5)
        except subprocess.TimeoutExpired:
            return None
        self.server.process.stdout.close()
        self.server.process = None
        return code

    def expect_failed(self):
        code = self.ended()
        if code != STORE_FAILED_CODE:
            raise Failed(f"radyabd ended with {code}, want {STORE_FAILED_CODE}: {self.server.log_end()}")
        if not self.said_why():
            raise Failed(f"its last words are not clear: {self.server.log_end()}")

    def expect_time_to_tell(self):
        """The server goes on telling callers that the store failed for a moment, before it cuts them off."""
        times = {words[2]: datetime.fromisoformat(words[0]) for words in
                 (line.split() for line in self.server.log.read_text(encoding="utf-8", errors="replace").splitlines())
                 if len(words) > 2 and words[2] in ("store_failed", "stop")}
        waited = (times["stop"] - times["store_failed"]).total_seconds()
        if waited < TELL_SECONDS_MIN:
            raise Failed(f"the failed store was told of for {waited} s, want {TELL_SECONDS_MIN} s")

    def said_why(self):
        """Whether the log tells that the store failed; lines of calls that it refused since may stand behind."""
        return "the store failed" in self.server.log.read_text(encoding="utf-8", errors="replace")

    def expect_all_there(self):
        self.server.start()
        said = self.check("verify", "--log", self.logs[-1])
        if re.match(r"0 acknowledged", said):
            raise Failed("the disk refused before anything was acknowledged: nothing was tried")
        print(f"    back: {said}")
        self.whole()
        self.server.stop()


def wanted_seed(doc):
    """The seed on the command line, or a fresh one; all that a scene runs is there."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    seed = parser.parse_args().seed
    need_programs("radyabd", "radyab", "crash_load", "fault_layer.so")
    return seed


def play(scene, failed_words):
    """Runs scene(folder) in a folder of its own. One that fails is told with these words and leaves the folder."""
    folder = Path(tempfile.mkdtemp(prefix="radyab-scene-"))
    try:
        scene(folder)
    except Failed as failure:
        print(f"{failed_words}: {failure}")
        print(f"what it left is in {folder}")
        return False
    finally:
        if Scene.last is not None:
            Scene.last.server.kill()
    shutil.rmtree(folder)
    return True
