# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unit tests as contributors to other collections do: `ansible-test units`, with one ansible-core."""

from __future__ import annotations

import re
import sys

from tools.lint import CORES, ansible_test, find_python

CORE = "2.19"


def main() -> int:
    """Run them, and say how it went."""
    python = find_python(CORES[CORE])
    if python is None:
        print(f"left out: ansible-test units on ansible-core {CORE}: no Python {' or '.join(CORES[CORE])} here")
        return 0
    good, text = ansible_test(CORE, python, "units", "--num-workers", *(sys.argv[1:] or ["2"]))
    # Of parts that modules reach, and of those that only the controller does.
    passed = re.findall(r"^=+ (\d+) passed", text, re.MULTILINE)
    good = good and len(passed) == 2
    print(f"ansible-test units on ansible-core {CORE}: {' and '.join(passed)} passed" if good else text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
