# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People files of each format: CPU time and memory of reading them as a table, and of understanding all of it.

`python tests/bench/people_files.py [PEOPLE …]`
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = (
    "Employee ID,First Name,Last Name,E-mail,Ext.,Title,Department,Site,Roles,Phone,Mobile,Street,City,Zip,Country"
).split(",")


def write(path: Path, size: int) -> None:
    rows = [
        f"E{n:05},Zoë,Müller{n},p{n}@example.com,{100000 + n},Agent,Support,London,Support Agent; User Admin,"
        f"+1415555{n % 10000:04},,1 High St,London,E14 3AA,GB".split(",")
        for n in range(size)
    ]
    if path.suffix == ".json":
        path.write_text(json.dumps([dict(zip(COLUMNS, row)) for row in rows]), encoding="utf-8")
    elif path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("People")
        for row in (COLUMNS, *rows):
            sheet.append(row)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])


def child(path: str) -> None:
    """The work itself, in a process of its own, so that its memory is its own."""
    from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import people, read
    from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST

    moments = [time.process_time()]
    table = read.read_file(path, read.Reading(PEOPLE_LIST.option))
    moments.append(time.process_time())
    del table
    found = people.read_file(path, people.Rules())
    moments.append(time.process_time())
    reading, everything = (later - earlier for earlier, later in zip(moments, moments[1:]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    people_read = len(found.people) if not found.problems else 0
    print(f"{Path(path).suffix[1:]:6} {people_read:7} {reading:12.2f} {everything:10.2f} {memory:5.0f}", flush=True)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [50000]
    print("format  people  CPU s, table  CPU s, all   MiB", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            for ending in ("csv", "json", "xlsx"):
                path = Path(scratch) / f"people.{ending}"
                write(path, size)
                environment = {**os.environ, "PYTHONPATH": str(ROOT / ".venv/tree")}
                subprocess.run([sys.executable, __file__, "--child", str(path)], env=environment, check=True)


if __name__ == "__main__":
    child(sys.argv[2]) if sys.argv[1:2] == ["--child"] else main()
