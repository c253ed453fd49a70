#!/usr/bin/env python3
"""The closing line of `./dev test` tells the truth: run by ctest as house.closing_line."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name("closing_line.py")

CTEST_GOOD = """<testsuite name="release" tests="2" failures="0">
<testcase name="A.Runs" classname="A.Runs" status="run"><system-out>fine</system-out></testcase>
<testcase name="B.Runs" classname="B.Runs" status="run"><system-out/></testcase>
</testsuite>"""
CTEST_BAD = """<testsuite name="release" tests="4" failures="1">
<testcase name="A.Runs" classname="A.Runs" status="run"/>
<testcase name="A.Breaks" classname="A.Breaks" status="fail"><failure message=""/><system-out>the reason</system-out></testcase>
<testcase name="A.Sleeps" classname="A.Sleeps" status="disabled"><skipped message="Disabled"/></testcase>
<testcase name="b_tests_NOT_BUILT" classname="x" status="notrun"><skipped message="x"/></testcase>
</testsuite>"""
GTEST_BAD = """<testsuites tests="4" failures="1" disabled="1"><testsuite name="S">
<testcase name="Runs" status="run" result="completed" classname="S"/>
<testcase name="Breaks" status="run" result="completed" classname="S"><failure message="want 1"/></testcase>
<testcase name="Skips" status="run" result="skipped" classname="S"><skipped message="s"/></testcase>
<testcase name="DISABLED_Sleeps" status="notrun" result="suppressed" classname="S"/>
</testsuite></testsuites>"""


class ClosingLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def report(self, text):
        path = pathlib.Path(self.folder.name, f"{len(list(pathlib.Path(self.folder.name).iterdir()))}.xml")
        path.write_text(text, encoding="utf-8")
        return str(path)

    def closing(self, *arguments):
        done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
        return done.stdout.splitlines()[-1], done.returncode, done.stdout

    def test_counts_every_part(self):
        line, status, _ = self.closing("a", "0", self.report(CTEST_GOOD), "b", "0", self.report(CTEST_GOOD))
        self.assertEqual((line, status), ("4 passed, 0 failed", 0))

    def test_a_test_that_did_not_run_is_a_failure(self):
        line, status, text = self.closing("a", "8", self.report(CTEST_BAD))
        self.assertEqual((line, status), ("1 passed, 3 failed", 1))
        self.assertIn("the reason", text)
        line, status, text = self.closing("a", "1", self.report(GTEST_BAD))
        self.assertEqual((line, status), ("1 passed, 3 failed", 1))
        self.assertIn("S.Breaks", text)

    def test_a_program_that_dies_after_its_report_is_a_failure(self):
        line, status, _ = self.closing("a", "1", self.report(CTEST_GOOD))
        self.assertEqual((line, status), ("2 passed, 1 failed", 1))

    def test_a_missing_torn_or_empty_report_is_a_failure(self):
        for report in ("/nonexistent.xml", self.report("<testsuite"), self.report("<testsuite/>")):
            line, status, _ = self.closing("a", "0", self.report(CTEST_GOOD), "b", "0", report)
            self.assertEqual((line, status), ("2 passed, 1 failed", 1), report)

    def test_a_part_without_report_counts_only_when_it_fails(self):
        good = self.report(CTEST_GOOD)
        self.assertEqual(self.closing("o", "0", "-", "a", "0", good)[:2], ("2 passed, 0 failed", 0))
        self.assertEqual(self.closing("o", "3", "-", "a", "0", good)[:2], ("2 passed, 1 failed", 1))

    def test_no_test_at_all_is_no_success(self):
        self.assertEqual(self.closing("o", "0", "-")[:2], ("0 passed, 0 failed", 1))


if __name__ == "__main__":
    unittest.main()
