"""Pastes every call of docs/api.md, in order, into a shell with a fresh server, and wants each method to be called well.

A page with a call that fails, a method without a call, or one without its row in a table, fails here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from programs import BIN, Failed, Server, need_programs  # noqa: E402

PAGE = ROOT / "docs" / "api.md"
PROTOS = ROOT / "grpc" / "proto" / "radyab" / "v1"
PYTHON = "/usr/bin/python3"
SECONDS_MAX = 300


def methods():
    """`CatalogService.GetItem` of every method of the protos."""
    found = []
    for proto in sorted(PROTOS.glob("*_service.proto")):
        text = proto.read_text()
        service = re.search(r"^service (\w+)", text, re.M).group(1)
        found += [f"{service}.{name}" for name in re.findall(r"^  rpc (\w+)\(", text, re.M)]
    if not found:
        raise Failed("the protos have no methods: the search is wrong")
    return found


def script(page):
    """The fenced blocks of the page as one script; a Python block is what Python reads."""
    lines = ["set -euo pipefail"]
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", page, re.M | re.S):
        if language == "sh":
            lines.append(block)
        elif language == "python":
            lines.append(f"{PYTHON} - <<'END_OF_PYTHON'\n{block}END_OF_PYTHON\n")
    return "\n".join(lines)


def called(log):
    """The methods that the server's log says were answered well."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return {line["method"] for line in lines if line["event"] == "call"}


def check(page, folder):
    server = Server(folder / "registry", folder / "radyabd.log", ["--log-level", "debug", "--log-form", "json"])
    server.start()
    try:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RADYAB_")}
        environment |= {
            "DATA": str(server.folder), "RADYAB_SERVER": server.address, "PATH": f"{BIN}:{os.environ['PATH']}",
            "PYTHONPATH": str(BIN.parent / "python"), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(["bash", "-x", "-c", script(page)], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS_MAX)
        if done.returncode != 0:
            raise Failed(f"a call of the page failed (exit {done.returncode}):\n{done.stdout[-3000:]}")
    finally:
        server.stop()
    wanted = methods()
    missing = [method for method in wanted if method not in called(server.log)]
    if missing:
        raise Failed(f"no call of the page reaches {', '.join(missing)}")
    for method in wanted:
        service, name = method.split(".")
        section = page.partition(f"## {service}\n")[2].partition("\n## ")[0]
        if not re.search(rf"^\| {name}( \(stream\))? \|", section, re.M):
            raise Failed(f"{method} has no row in the table of its service")
    return len(wanted)


def main():
    folder = Path(tempfile.mkdtemp(prefix="radyab-calls-"))
    page = PAGE.read_text()
    try:
        need_programs("radyabd", "radyab")
        count = check(page, folder)
        # The check itself: a page without one of its calls must fail.
        line = next(line for line in page.splitlines() if line.endswith("# ListDeliveries"))
        shorter = folder / "shorter"
        shorter.mkdir()
        try:
            check(page.replace(line, ""), shorter)
        except Failed as found:
            if "TraceService.ListDeliveries" not in str(found):
                raise
        else:
            raise Failed("a page without a call for ListDeliveries passed")
    except Failed as failure:
        print(f"documented calls: failed: {failure}")
        print(f"what it left is in {folder}")
        return 1
    shutil.rmtree(folder)
    print(f"documented calls: ok, all {count} methods are called")
    return 0


if __name__ == "__main__":
    sys.exit(main())
