"""A disk that refuses, under load, over gRPC: a full one, one with EIO, one that became read-only, the soft limit.

    bad_disk.py [--seed N]

In every scene 32 callers change things while the disk begins to refuse. The server refuses in clear words and goes on,
or ends with code 3; once the disk is well it comes back by itself with every acknowledged change, whole and equal, and
changes that were in flight are there once. Where no file system can be mounted, errors of the disk come from the
library fault_layer alone, and it is said.
"""

import errno
import os
import sys
import time

from faults import FaultLayer, mount, take_own_mounts, unmount
from fault_scene import STORE_FAILED_CODE, Scene, play, wanted_seed
from programs import Cli, Failed

SMALL_MB, LARGE_MB = 44, 600  # two files of the log, and little beside them
SOFT_LIMIT = 12 << 20
SITE_KB, SITE_SCANS_MAX = 128, 2_000
MEMBERS_MAX = 9_000  # that may still fit below the soft limit
CALM_SECONDS = 0.3  # of load before the disk refuses


def disk_error(scene, layer, **fault):
    scene.set_up()
    load = scene.begin_load()
    time.sleep(CALM_SECONDS)
    layer.set(**fault)
    scene.end_load(load, "STORE_FAILED")
    scene.expect_failed()
    scene.expect_time_to_tell()
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


def full_site(scene):
    """The queue of a site without a network on a disk that fills up: what was confirmed is kept, and sent once."""
    scene.set_up()
    admin = Cli(scene.server, scene.environment["ADMIN_KEY"])
    for key_code in ("98", "9801"):
        admin.run("class", "create", key_code, "--name-en", f"Class {key_code}")
    cli = Cli(scene.server, scene.environment["MEMBER_KEY"])
    lot = cli.run("item", "create", "--class", "9801", "--name-en", "Goods").row["code"] + "/lot/L1"
    site = scene.folder / "site"
    site.mkdir()
    mount("-t", "tmpfs", "-o", f"size={SITE_KB}k,mode=700", "none", site)
    kept, refused = 0, None
    while refused is None:
        scan = cli.try_out("event", "commission", lot, "--quantity", "1", "--reference", f"{kept:0>100}", "--offline", site)
        if scan.code == 0:
            kept += 1
        else:
            refused = scan
        if kept > SITE_SCANS_MAX:
            raise Failed("the disk of the site was never full")
    for words in (refused, cli.try_out("queue", "send", "--offline", site)):
        if words.code != 0 and "OFFLINE_FULL" not in words.err:
            raise Failed(f"a full disk is not called so: {words}")
    mount("-o", f"remount,size={SITE_KB * 16}k", site)
    cli.run("event", "commission", lot, "--quantity", "1", "--reference", "the last", "--offline", site)
    sent = cli.try_out("queue", "send", "--offline", site)
    if sent.code != 0:
        raise Failed(f"{sent.out}{cli.run('queue', 'refused', '--offline', site, '--limit', '1').out}")
    stored = len(cli.run("event", "list", lot).rows)
    print(f"    {kept} scans until the disk was full, {stored} events in the end")
    if stored != kept + 1 or cli.run("queue", "list", "--offline", site).rows:
        raise Failed("lost, doubled, or not sent")
    unmount(site)
    scene.server.stop()


def soft_limit(scene):
    scene.server.options = ["--file-bytes-max", str(SOFT_LIMIT)]
    scene.set_up()
    load = scene.begin_load()
    if "STORE_FULL" not in scene.end_load(load, "STORE_FULL"):
        raise Failed("the soft limit was never reached")
    admin = Cli(scene.server, scene.environment["ADMIN_KEY"])
    admin.run("member", "list")
    # What one change needs may still fit where that of 32 did not; a fold makes some room again, too.
    said = scene.check("fill", "--changes", str(MEMBERS_MAX))
    print(f"    members made until one was refused: {said}")
    if not said.endswith(" STORE_FULL"):
        raise Failed(f"changes beyond the limit: {said}")
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
        yield f"a site's disk of {SITE_KB} kB", lambda folder, seed: full_site(Scene(folder, seed))
    else:
        print("no file system can be mounted here: the full disk is that of fault_layer")


def main():
    may_mount = take_own_mounts()
    seed = wanted_seed(__doc__)
    for name, scene in scenes(may_mount):
        begun = time.monotonic()
        print(f"{name}:", flush=True)
        if not play(lambda folder, scene=scene: scene(folder, seed), f"bad disk: failed: {name}"):
            return 1
        print(f"    ok, {time.monotonic() - begun:.1f} s", flush=True)
    print("bad disk: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
