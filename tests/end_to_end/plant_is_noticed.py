"""Runs the demo with a dropped delivery: it must fail, and say which holder of which lot differs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path


def main():
    demo = Path(__file__).resolve().parent / "demo.py"
    done = subprocess.run([sys.executable, demo, "--seed", "3", "--plant", "drop-event"], capture_output=True,
                          text=True)
    print(done.stdout)
    if done.returncode != 1 or "demo: ok" in done.stdout:
        print(f"planted fault not noticed: exit code {done.returncode} {done.stderr}")
        return 1
    wanted = {
        "it is the comparison that fails": r"demo: failed: the registry differs from what was worked out:",
        "it names lot and customer": r"\nholders > \w+ > \w+ > c\d\d DELIVERED",
        "it names what was not received": r"\nreceived > c\d\d: missing \[",
        "it counts the events": r"\ncounts > events: expected \d+, the registry says \d+",
    }
    missing = [what for what, pattern in wanted.items() if not re.search(pattern, done.stdout)]
    if missing:
        print(f"planted fault noticed, but not told: {missing}")
        return 1
    left = re.search(r"^what it left is in (/\S*/radyab-demo-\S+)$", done.stdout, re.MULTILINE)
    if not left:
        print("the demo does not say what it left")
        return 1
    shutil.rmtree(left[1])
    print("planted fault noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
