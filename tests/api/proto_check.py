"""Holds the protos to buf: lint, and nothing broken of the last release.

    proto_check.py lint|breaking|bites|record

`record` writes the present protos down as released (tests/golden/released_api.json): run once at each release.
`bites` plants faults in a copy of the protos and wants each to be found.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUF = ROOT / "tests" / "api" / "node_modules" / ".bin" / "buf"
PROTOS = ROOT / "grpc" / "proto"
RELEASED = ROOT / "tests" / "golden" / "released_api.json"
SECONDS_MAX = 120

# (what it plants, file, text, its replacement, the command that must fail, what it must say)
PLANTS = (
    ("a renumbered field", "catalog.proto", "string code = 2;", "string code = 20;", "breaking",
     'Previously present field "2" with name "code"'),
    ("a field of another type", "common.proto", "string amount = 1;", "double amount = 1;", "breaking",
     'on message "Quantity" changed type'),
    ("a method that is gone", "code_service.proto", "rpc Check(CheckRequest)", "rpc CheckText(CheckRequest)", "breaking",
     'Previously present RPC "Check"'),
    ("an enum value that is gone", "trace.proto", "EVENT_KIND_RETURN = 7", "EVENT_KIND_RETURN = 8", "breaking",
     "enum value"),
    ("a field without a comment", "common.proto", "  // Persian.\n", "", "lint", 'Field "fa" should have a non-empty comment'),
    ("a field named in another style", "common.proto", "string amount = 1;", "string theAmount = 1;", "lint", "lower_snake_case"),
)


def buf(words, protos=PROTOS):
    """Runs buf; answers its exit code and what it said. It needs no network and no home."""
    with tempfile.TemporaryDirectory(prefix="radyab-buf-") as cache:
        done = subprocess.run([BUF, *words], cwd=protos, env={**os.environ, "BUF_CACHE_DIR": cache},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=SECONDS_MAX)
    return done.returncode, done.stdout


COMMANDS = {
    "lint": ["lint"],
    "breaking": ["breaking", "--against", f"{RELEASED}"],
    "record": ["build", "--exclude-source-info", "-o", f"{RELEASED}"],
}


def check(command, protos=PROTOS):
    return buf(COMMANDS[command], protos)


def bites():
    """Answers what was planted and not found."""
    missed = []
    for what, name, text, planted, command, wanted in PLANTS:
        with tempfile.TemporaryDirectory(prefix="radyab-protos-") as folder:
            protos = Path(folder) / "proto"
            shutil.copytree(PROTOS, protos)
            file = protos / "radyab" / "v1" / name
            before = file.read_text()
            if text not in before:
                missed.append(f"{what}: {name} has no {text!r} to plant it in")
                continue
            file.write_text(before.replace(text, planted, 1))
            code, said = check(command, protos)
        if code == 0 or wanted not in said:
            missed.append(f"{what}: buf {command} ended with {code} and did not say {wanted!r}:\n{said}")
    return missed


def main():
    command = sys.argv[1]
    if not BUF.exists():
        print(f"{BUF} is missing: run tests/install_modules.sh")
        return 1
    if command == "bites":
        missed = bites()
        print("\n".join(missed) if missed else f"{len(PLANTS)} planted faults were found")
        return 1 if missed else 0
    code, said = check(command)
    print(said, end="")
    return code


if __name__ == "__main__":
    sys.exit(main())
