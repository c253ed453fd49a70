"""What a test does to the disk and the clock of a server: the library fault_layer, and mounts of its own."""

import os
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "end_to_end"))

from programs import BIN  # noqa: E402

OWN_MOUNTS = "RADYAB_OWN_MOUNTS"


class FaultLayer:
    """Faults that begin and end while the server runs."""

    def __init__(self, path):
        self.path = Path(path)
        self.set()

    @property
    def environment(self):
        return {"LD_PRELOAD": os.fspath(BIN / "fault_layer.so"), "RADYAB_FAULTS": os.fspath(self.path)}

    def set(self, write_errno=0, sync_errno=0, clock_seconds=0):
        with open(self.path, "r+b" if self.path.exists() else "wb") as file:
            file.write(struct.pack("=qqq", write_errno, sync_errno, clock_seconds))


def take_own_mounts():
    """Runs this program once more where its mounts are its own. Answers whether it may mount."""
    if OWN_MOUNTS in os.environ:
        return os.environ[OWN_MOUNTS] == "yes"
    as_root = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    # Where the root is no mount of its own (a chroot), its propagation cannot be set.
    for unshare in (as_root, [*as_root, "--propagation", "unchanged"]):
        tried = subprocess.run([*unshare, "sh", "-c", "mount -t tmpfs none /mnt && umount /mnt"], capture_output=True)
        if tried.returncode == 0:
            os.environ[OWN_MOUNTS] = "yes"
            os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])
    os.environ[OWN_MOUNTS] = "no"
    os.execvp(sys.executable, [sys.executable, *sys.argv])


def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


def unmount(path):
    subprocess.run(["umount", path], check=True)
