# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unit tests of plugins as contributors to other collections do: `ansible-test units`, with one ansible-core.

Where there is no Python for that, pytest alone runs them. Other unit tests are left to pytest: ansible-test forks for each
test, and those of the sandbox would start a server each.
"""

from __future__ import annotations

import re
import sys

from tools.lint import BIN, CORES, ansible_test, find_python, run

CORE = "2.19"
PARTS = ("tests/unit/extensions/", "tests/unit/plugins/")


def main(jobs: str = "2") -> int:
    """Run them, and say how it went."""
    python = find_python(CORES[CORE])
    if python is None:
        print(f"left out: ansible-test units on ansible-core {CORE}: no Python {' or '.join(CORES[CORE])} here")
        good, text = run(BIN / "python", "-m", "pytest", "-q", "-n", jobs, *PARTS)
        print(text)
        return 0 if good else 1
    good, text = ansible_test(CORE, python, "units", "--num-workers", jobs, *PARTS)
    # Of parts that modules reach, and of those that only the controller does.
    passed = re.findall(r"^=+ (\d+) passed", text, re.MULTILINE)
    good = good and len(passed) == 2
    print(f"ansible-test units on ansible-core {CORE}: {' and '.join(passed)} passed" if good else text)
    print(*re.findall(r"^SKIPPED .*\n", text, re.MULTILINE) if good else (), sep="", end="")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
