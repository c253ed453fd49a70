#!/usr/bin/env python3
"""Prints `N passed, N failed` alone on the last line, counted from the reports of the test programs.

    closing_line.py NAME EXIT REPORT [NAME EXIT REPORT]…

REPORT is a JUnit file of ctest or of a GoogleTest binary, or `-` for a part that has none. A test counts as
passed only when it ran and nothing in it failed: a skipped, disabled or unstarted test is a failure here. A part
whose program failed without a failed test in its report, or whose report is missing or empty, is one failure.
Exits 0 only when nothing failed and at least one test passed.
"""
import sys
import xml.etree.ElementTree as ElementTree

MESSAGE_LINES_MAX = 40


def passed(case):
    ran = case.get("status") == "run" and case.get("result", "completed") == "completed"
    return ran and not any(case.find(tag) is not None for tag in ("failure", "error", "skipped"))


def name_of(case):
    # ctest repeats the name as the class name; GoogleTest gives suite and test.
    suite, name = case.get("classname", ""), case.get("name", "")
    return name if suite in ("", name) else f"{suite}.{name}"


def message_of(case):
    texts = [element.text or element.get("message") or "" for element in case]
    lines = "\n".join(texts).strip().splitlines()
    shown = lines[-MESSAGE_LINES_MAX:]
    return "".join(f"    {line}\n" for line in shown)


def count_part(name, status, report):
    """(passed, [what failed]) of one part."""
    if report == "-":
        return 0, [f"{name}: its command failed (exit {status})\n"] if status else []
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))
    except (OSError, ElementTree.ParseError) as error:
        return 0, [f"{name}: no report: {error}\n"]
    failed = [f"{name}: {name_of(case)}\n{message_of(case)}" for case in cases if not passed(case)]
    if not cases:
        failed.append(f"{name}: no test ran\n")
    elif status and not failed:
        failed.append(f"{name}: every test passed, but its program failed (exit {status})\n")
    return sum(passed(case) for case in cases), failed


def main(arguments):
    if not arguments or len(arguments) % 3:
        sys.exit(__doc__)
    passed_count, failures = 0, []
    for at in range(0, len(arguments), 3):
        name, status, report = arguments[at:at + 3]
        part_passed, part_failures = count_part(name, int(status), report)
        if report != "-":
            print(f"{name}: {part_passed} passed, {len(part_failures)} failed")
        passed_count += part_passed
        failures += part_failures
    for failure in failures:
        print(f"FAILED {failure}", end="")
    print(f"{passed_count} passed, {len(failures)} failed")
    return 0 if passed_count and not failures else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
