# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role onboard_users reports of the result of it. What it plans is the module's, see bulk_users/test_whole_list.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import from_results

ROOT = Path(__file__).resolve().parents[5]


def record(name: str = "zoe", line: int | None = 2, **more: Any) -> dict[str, Any]:
    return {
        "line": line,
        "label": f"{name.title()} N <{name}@example.com>",
        "name": f"{name.title()} N",
        "email": f"{name}@example.com",
        "extension_id": "77",
        "extension_number": None,
        "extension_status": "Enabled",
        "roles": ["Standard"],
        "action": "none",
        "changed": False,
        "status": "ok",
        "errors": [],
        **more,
    }


def done(*records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"records": list(records), "api": {"calls": {"Medium": 2}, "retries": 1, "waited": 0.5}, **more}


def outcome(done: dict[str, Any], others: list[dict[str, Any]], check_mode: bool) -> dict[str, Any]:
    return from_results.outcome([done, *others], check_mode)


def failures(report: dict[str, Any]) -> list[str]:
    lines: list[str] = report["lines"]
    return [line.strip() for line in lines[lines.index("Failed:") + 1 : lines.index("", lines.index("Failed:"))]]


def test_report_of_a_run() -> None:
    changed = {"before": {"department": "Support"}, "after": {"department": "Sales"}}
    wrong = {"code": "CMN-406", "message": "number taken", "parameter": "extensionNumber"}
    role_diff = {"before": {"roles": ["Standard (International)"]}, "after": {"roles": ["Standard"]}}
    report = outcome(
        done(
            record("a", 2, action="created", status="failed", extension_id="9", errors=[{"message": "No such role."}]),
            record("b", 3, action="updated", changed=True, diff=changed, extension_number="2001"),
            record("c", 4),
            record("d", 5, action="updated", changed=True, diff=role_diff, extension_status="Disabled"),
            record("e", 6, status="failed", errors=[wrong], extension_id=None),
        ),
        [{"api": {"calls": {"Light": 2}, "retries": 0, "waited": 0}}],
        check_mode=False,
    )
    assert [row["result"] for row in report["people"]] == ["failed", "changed", "unchanged", "changed", "failed"]
    assert report["people"][0]["errors"] == ["the user was created, but not all was done: No such role."]
    assert report["people"][0]["extension_id"] == "9"
    assert report["people"][1]["changes"] == ["department: Support → Sales"]
    assert report["people"][3]["changes"] == ["roles: Standard (International) → Standard"]
    assert report["counts"] == {"created": 0, "updated": 2, "unchanged": 1, "failed": 2}
    assert "API requests: 2 Light, 2 Medium; 1 retried; 0 seconds waited for rate limits." in report["lines"]
    assert failures(report)[1] == "line 6, E N <e@example.com>: CMN-406 number taken (parameter extensionNumber)."
    table = "\n".join(report["lines"])
    assert all(failure in table for failure in failures(report))
    assert "5 people: 2 updated, 1 unchanged, 2 failed." in table
    assert "the user is Disabled" in table
    told = report["people"]
    assert [row["result_label"] for row in told] == ["failed", "updated", "unchanged", "updated", "failed"]
    assert [row["stages"]["user"]["state"] for row in told] == ["failed", "ok", "ok", "ok", "failed"]
    assert told[3]["notes"] == ["is Disabled"]


def test_report_of_a_check() -> None:
    would = record(action="created", changed=True, extension_number="2001", extension_id=None)
    estimate = {"calls": {"Heavy": 1}, "minutes": 2.0}
    report = outcome(done(would, estimate=estimate), [], True)
    assert "Doing it takes 1 Heavy request, and about 2 minutes of waiting for rate limits." in report["lines"]
    assert report["people"][0]["stages"]["roles"]["note"] == "Standard"
    assert report["people"][0]["extension_number"] == "2001"
    assert "would be created" in report["lines"][2]
    for minutes, words in ((0, "no waiting"), (0.04, "less than a minute of"), (1.2, "about 1 minute of")):
        made_of = done(would, estimate={**estimate, "minutes": minutes})
        assert any(words in line for line in outcome(made_of, [], True)["lines"])
    assert "nothing was changed" in report["lines"][-1]


def test_who_was_not_reached_is_no_success() -> None:
    left = record(status="skipped", errors=[{"code": "", "message": "was not reached", "parameter": None}])
    report = outcome(done(left), [], False)
    assert report["people"][0]["result"] == "failed"
    assert failures(report) == ["line 2, Zoe N <zoe@example.com>: was not reached."]


def test_whoever_is_of_no_file_is_called_by_name_as_well() -> None:
    left = record(line=None, label="zoe@example.com", errors=[{"message": "No."}], status="failed")
    assert failures(outcome(done(left), [], False)) == ["Zoe N <zoe@example.com>: No."]


def test_columns_line_up_whatever_the_letters() -> None:
    failed = {"status": "failed", "errors": [{"message": "No."}]}
    records = [record("a", 2, **failed), record("b", 3, **failed), record("c", 4, **failed)]
    records[0]["name"], records[1]["name"] = "小龍 李", "Adébáyọ̀ N"
    lines = outcome(done(*records), [], False)["lines"]
    assert lines[2].index("failed") + 3 == lines[4].index("failed")  # three characters are two columns wide
    assert lines[3].index("failed") - 1 == lines[4].index("failed")  # one mark is none


def test_the_role_documents_its_defaults() -> None:
    options = yaml.safe_load((ROOT / "roles/onboard_users/meta/argument_specs.yml").read_text())
    options = options["argument_specs"]["main"]["options"]
    defaults = yaml.safe_load((ROOT / "roles/onboard_users/defaults/main.yml").read_text())
    said = {name: option["default"] for name, option in options.items() if "default" in option}
    assert {name: value for name, value in defaults.items() if "{{" not in str(value)} == said
    assert set(defaults) <= set(options)
