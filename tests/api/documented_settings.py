"""docs/operating.md explains every setting of radyabd and shows its default."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from programs import BIN, Failed, need_programs  # noqa: E402

PAGE = ROOT / "docs" / "operating.md"
NO_SETTINGS = {"help", "version", "config"}  # of the command line alone


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


def faults(page):
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*)$", page, re.M))
    for name, default in settings().items():
        if name not in rows:
            yield f"the setting {name} has no row"
        elif default and not rows[name].startswith(f"`{default}` |"):
            yield f"the setting {name}: its row must show its default, {default}"


def main():
    try:
        need_programs("radyabd")
        page = PAGE.read_text()
        found = list(faults(page))
        # The check itself: without the row of a setting it must fail.
        shorter = "\n".join(line for line in page.splitlines() if not line.startswith("| `drain-ms`"))
        if not list(faults(shorter)):
            found.append("a page without drain-ms passed")
    except Failed as failure:
        found = [str(failure)]
    print("\n".join(found) or "documented settings: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
