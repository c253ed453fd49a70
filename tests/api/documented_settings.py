"""docs/operating.md explains every setting of radyabd, shows its default, and every event of the log."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from programs import BIN, Failed, need_programs  # noqa: E402

PAGE = ROOT / "docs" / "operating.md"
NO_SETTINGS = {"help", "version", "config", "restore", "generation", "drill", "scrub"}  # of the command line alone


def settings():
    """{name: default or ""} of every flag of radyabd that may stand in its INI file."""
    said = subprocess.run([BIN / "radyabd", "--help"], capture_output=True, text=True, timeout=60, check=True).stdout
    found = {}
    for line in said.splitlines():
        flag = re.match(r"\s+(?:-\w,)?--([\w-]+)\s*(.*)", line)
        if flag and flag.group(1) not in NO_SETTINGS:
            default = re.search(r"=(\S+)", flag.group(2))
            found[flag.group(1)] = default.group(1) if default else ""
    if len(found) < 10:
        raise Failed(f"radyabd --help tells only of {sorted(found)}: the search is wrong")
    return found


def events():
    """The names of all events that the server's sources log."""
    found = set()
    for source in sorted((ROOT / "grpc").glob("*.cc")):
        found |= set(re.findall(r'LogEvent\(\s*[\w:]+(?:\([^)]*\))?,\s*"(\w+)"', source.read_text()))
    if len(found) < 5:
        raise Failed(f"only {sorted(found)} are logged: the search is wrong")
    return found


def faults(page):
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*)$", page, re.M))
    for name, default in settings().items():
        if name not in rows:
            yield f"the setting {name} has no row"
        elif default and not rows[name].startswith(f"`{default}` |"):
            yield f"the setting {name}: its row must show its default, {default}"
    for name in sorted(events() - set(rows)):
        yield f"the event {name} has no row"


def main():
    try:
        need_programs("radyabd")
        page = PAGE.read_text()
        found = list(faults(page))
        # The check itself: without the row of a setting or of an event it must fail.
        for row in ("`drain-ms`", "`unhealthy`"):
            shorter = "\n".join(line for line in page.splitlines() if not line.startswith(f"| {row}"))
            if shorter != page.rstrip("\n") and not list(faults(shorter)):
                found.append(f"a page without {row} passed")
    except Failed as failure:
        found = [str(failure)]
    print("\n".join(found) or "documented settings: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
