# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page shows once for many people, and that nothing is lost by it."""

from __future__ import annotations

from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import (
    Report,
    ReportRow,
    Stage,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import page
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.shared import FEWEST, shared
from ansible_collections.itops.ringcentral.tests.support import reports

STAGES = (("snapshot", "Snapshot"), ("user", "User"), ("roles", "Roles"))


def row(number: int, result: Any = "done", **more: Any) -> ReportRow:
    label = {"done": "created", "failed": "failed"}[result]
    values: dict[str, Any] = {
        "name": f"Name {number}",
        "email": f"name{number}@example.com",
        "line": number,
        "extension_number": str(3000 + number),
        "extension_id": str(1850100000 + number),
        "stages": {
            "snapshot": Stage("ok", f"/snapshots/{1850100000 + number}.json"),
            "user": Stage("failed" if result == "failed" else "ok", label),
            "roles": Stage("ok", "Standard"),
        },
        "changes": ["department: Sales", f"employee_id: E{number}"],
        "errors": ["It did not work."] if result == "failed" else [],
        **more,
    }
    return ReportRow(result=result, result_label=label, **values)


def report(*rows: ReportRow) -> Report:
    return reports.report_of(rows, *STAGES)


def test_what_is_the_same_for_everybody_is_said_once() -> None:
    same = shared(report(*map(row, range(1, 10))))
    assert same.columns == []
    [line] = same.lines
    assert (line.who, line.result) == ("All 9 people, created", "")
    assert line.states == [
        ("ok", "Snapshot", "/snapshots/(extension id).json"),
        ("ok", "User", ""),
        ("ok", "Roles", "Standard"),
    ]
    assert line.texts == ["department: Sales"]
    text = "".join(page(report(*map(row, range(1, 10)))))
    assert text.count("department: Sales") == text.count("/snapshots/") == text.count("<bdi>Standard</bdi>") == 1
    assert all(f"employee_id: E{number}" in text for number in range(1, 10))


def test_what_is_the_same_for_those_with_one_result_is_said_of_them() -> None:
    people = [*map(row, range(1, 10)), row(10, "failed"), row(11, "failed", changes=["department: Support"])]
    whole = report(*people)
    same = shared(whole)
    assert [stage["key"] for stage in same.columns] == ["user"]
    everybody, created = same.lines
    assert [label for _state, label, _note in everybody.states] == ["Snapshot", "Roles"]
    assert (created.who, created.result) == ("9 created", "created")
    assert created.texts == ["Snapshot: /snapshots/(extension id).json", "Roles: Standard", "department: Sales"]
    text = "".join(page(whole))
    assert text.count("It did not work.") == 2
    assert text.count("department: Sales") == 2  # of those who were created, and of the one who failed
    assert text.count("/snapshots/1850100010.json") == 1


def test_few_rows_are_complete() -> None:
    people = [row(number) for number in range(1, FEWEST)]
    assert shared(report(*people)).lines == ()
    text = "".join(page(report(*people)))
    assert text.count("department: Sales") == len(people)


def test_a_stage_that_everybody_failed_has_its_column() -> None:
    same = shared(report(*(row(number, "failed") for number in range(1, 10))))
    assert [stage["key"] for stage in same.columns] == ["user"]


def test_those_without_details_are_named_and_codes_are_for_machines() -> None:
    comment = "status_comment: nothing \u2192 Left 2026-11-24 [itops.ringcentral 2026-11-24 a4e66efe:0123456789abcde"
    people = [row(number, "failed", changes=[f"{comment}{number}]", "queues: Sales"]) for number in range(1, 7)]
    people.append(row(7, "failed", stages={}, changes=[]))
    same = shared(report(*people))
    [line] = same.lines
    assert line.who == "7 failed, except Name 7"
    assert "status_comment: nothing \u2192 Left 2026-11-24" in line.texts
    text = "".join(page(report(*people)))
    assert text.count("Left 2026-11-24") == text.count("queues: Sales") == 1 and "a4e66efe" not in text
