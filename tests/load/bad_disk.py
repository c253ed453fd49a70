"""A disk that refuses, under load, over gRPC: a full one, one with EIO, one that became read-only, the soft limit.

    bad_disk.py [--seed N]

In every scene 32 callers change things while the disk begins to refuse. The server refuses in clear words and goes on,
or ends with code 3; once the disk is well it comes back by itself with every acknowledged change, whole and equal, and
changes that were in flight are there once. Where no file system can be mounted, errors of the disk come from the
library fault_layer alone, and it is said.
"""

import argparse
import errno
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from faults import FaultLayer, mount, take_own_mounts, unmount
from crash_rounds import LOAD_END_SECONDS_MAX, CrashRounds
from programs import Cli, Failed, Server, need_programs

STORE_FAILED_CODE = 3
COULD_NOT_START_CODE = 2
SMALL_MB, LARGE_MB = 44, 600  # two files of the log, and little beside them
SOFT_LIMIT = 12 << 20
MEMBERS_MAX = 2_000  # that may still fit below the soft limit
CALM_SECONDS = 0.3  # of load before the disk refuses


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


def disk_error(scene, layer, **fault):
    scene.set_up()
    load = scene.begin_load()
    time.sleep(CALM_SECONDS)
    layer.set(**fault)
    scene.end_load(load, "STORE_FAILED")
    scene.expect_failed()
    layer.set()
    scene.expect_all_there()


def full_disk(scene):
    registry = scene.server.folder
    registry.mkdir()
    mount("-t", "tmpfs", "-o", f"size={SMALL_MB}m,mode=700", "none", registry)
    scene.set_up()
    load = scene.begin_load()
    said = scene.end_load(load, "STORE_FULL", "STORE_FAILED")
    code = scene.ended()
    if code is None:
        print("    it refuses, and lives")
        scene.server.stop()
        if "STORE_FULL" not in said:
            raise Failed(f"the disk was never full: {said}")
    elif code != STORE_FAILED_CODE or not scene.said_why():
        raise Failed(f"it ended with {code}, and its last words are not clear: {scene.server.log_end()}")
    mount("-o", f"remount,size={LARGE_MB}m", registry)
    scene.expect_all_there()
    unmount(registry)


def soft_limit(scene):
    scene.server.options = ["--file-bytes-max", str(SOFT_LIMIT)]
    scene.set_up()
    load = scene.begin_load()
    if "STORE_FULL" not in scene.end_load(load, "STORE_FULL"):
        raise Failed("the soft limit was never reached")
    admin = Cli(scene.server, scene.environment["ADMIN_KEY"])
    admin.run("member", "list")
    # A fold makes some room again: a few changes may still find it.
    for _ in range(MEMBERS_MAX):
        refused = admin.try_out("member", "create", "--name-en", "One too many")
        if refused.code != 0:
            break
    if refused.code == 0 or refused.error.get("reason") != "STORE_FULL":
        raise Failed(f"a change beyond the limit: {refused!r}")
    if scene.server.stop() != 0:
        raise Failed("the full server did not end as asked")
    scene.server.options = []
    scene.expect_all_there()


def read_only(scene, may_mount):
    scene.set_up()
    load = scene.begin_load()
    time.sleep(CALM_SECONDS)
    scene.server.kill()
    scene.end_load(load)
    registry = scene.server.folder
    if may_mount:
        mount("--bind", registry, registry)
        mount("-o", "remount,bind,ro", registry)
    else:
        registry.chmod(0o500)
        (registry / "LOCK").chmod(0o400)
    try:
        scene.server.start()
        raise Failed("radyabd started on a read-only file system")
    except Failed as failure:
        words = scene.server.log_end()
        if "did not start" not in str(failure) or str(registry) not in words.splitlines()[-1]:
            raise Failed(f"not refused in clear words: {failure}") from failure
        print(f"    refused: {words.splitlines()[-1]}")
    if may_mount:
        unmount(registry)
    else:
        registry.chmod(0o700)
        (registry / "LOCK").chmod(0o600)
    scene.expect_all_there()


def scenes(may_mount):
    def with_layer(**fault):
        return lambda folder, seed: disk_error(
            Scene(folder, seed, layer=(layer := FaultLayer(folder / "faults"))), layer, **fault)

    yield "EIO from a sync", with_layer(sync_errno=errno.EIO)
    yield "EIO from a write", with_layer(write_errno=errno.EIO)
    yield "no space for a write", with_layer(write_errno=errno.ENOSPC)
    yield "a file system that became read-only", with_layer(write_errno=errno.EROFS, sync_errno=errno.EROFS)
    yield "the soft limit", lambda folder, seed: soft_limit(Scene(folder, seed))
    if may_mount or os.geteuid() != 0:
        yield ("a file system that is read-only at the start",
               lambda folder, seed: read_only(Scene(folder, seed), may_mount))
    else:
        print("no file system can be mounted here, and root writes whatever a folder permits: none is read-only")
    if may_mount:
        yield f"a disk of {SMALL_MB} MB", lambda folder, seed: full_disk(Scene(folder, seed))
    else:
        print("no file system can be mounted here: the full disk is that of fault_layer")


def main():
    may_mount = take_own_mounts()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    need_programs("radyabd", "radyab", "crash_load", "fault_layer.so")
    for name, play in scenes(may_mount):
        begun = time.monotonic()
        print(f"{name}:", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="radyab-disk-"))
        try:
            play(folder, options.seed)
        except Failed as failure:
            print(f"bad disk: failed: {name}: {failure}")
            print(f"what it left is in {folder}")
            return 1
        finally:
            Scene.last.server.kill()
        shutil.rmtree(folder)
        print(f"    ok, {time.monotonic() - begun:.1f} s", flush=True)
    print("bad disk: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
