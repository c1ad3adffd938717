# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles and playbooks write: what is there keeps its mode, and what can't be written hides nothing."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox

PEOPLE = "first_name,last_name,email\nZoë,Nguyễn,zoe@example.com\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def onboard(controller: Controller, sandbox: Sandbox, directory: Path) -> Any:
    given = {"people_csv": PEOPLE, "onboard_users_report_dir": str(directory)}
    return controller.play(sandbox, "itops.ringcentral.onboard", "-e", json.dumps(given))


@pytest.mark.parametrize("bits", [0o700, 0o1777, 0o2770])
def test_a_report_directory_keeps_its_mode(platform: Sandbox, controller: Controller, bits: int) -> None:
    directory = controller.directory / "reports"
    directory.mkdir()
    directory.chmod(bits)
    (directory / "onboarding-report.json").write_text("{}")
    (directory / "onboarding-report.json").chmod(0o640)
    played = onboard(controller, platform, directory)
    assert played.code == 0, played.output
    assert mode(directory) == bits
    modes = {path.name: mode(path) for path in directory.iterdir()}
    assert modes.pop("onboarding-report.json") == 0o640
    assert set(modes.values()) == {0o600}


def test_what_can_not_be_written_is_said_before_anything_is_sent(platform: Sandbox, controller: Controller) -> None:
    directory = controller.directory / "reports"
    directory.mkdir()
    os.mkfifo(directory / "onboarding-report.html")
    played = onboard(controller, platform, directory)
    assert played.code == 2 and "onboarding-report.html can't be written: it is not a regular file" in played.output
    assert {row["method"] for row in platform.requests() if row["plan"] != "Auth"} <= set(READS)


def test_a_report_that_can_not_be_written_hides_nothing(platform: Sandbox, controller: Controller) -> None:
    directory = controller.directory / "reports"
    directory.mkdir()
    os.mkfifo(directory / "onboarding-report.csv")
    played = onboard(controller, platform, directory)
    assert played.code == 2
    assert platform.extension("zoe@example.com")
    [row] = [row for row in played.rows if row["result"].get("files")]
    told = "\n".join(row["result"]["msg"])
    assert "1 created" in told
    assert f"The report can't be written to {directory}: it is not a regular file. All changes were made." in told
    assert row["result"]["files"] == [str(directory / "onboarding-report.json")]


def test_private_file(platform: Sandbox, controller: Controller) -> None:
    for name in ("other", "public"):
        (controller.directory / name).write_text("old")
        (controller.directory / name).chmod(0o644)
    (controller.directory / "link").symlink_to("other")
    os.mkfifo(controller.directory / "pipe")

    def task(name: str, path: str, **more: Any) -> dict[str, Any]:
        keywords = {key: more.pop(key) for key in ("ignore_errors", "check_mode") if key in more}
        return {"name": name, "itops.ringcentral.private_file": {"path": path, **more}, **keywords}

    played = controller.play(
        platform,
        [
            task("foreseen", "new", content="text\n", check_mode=True),
            task("made", "new", content="text\n"),
            task("again", "new", content="text\n"),
            task("there", "public", content="Zoë"),
            task("link", "link", content="text\n"),
            task("line", "lines", content="one", state="appended"),
            task("more", "lines", content="two", state="appended"),
            task("writable", "some/where/new", state="writable"),
            task("pipe", "pipe", content="", ignore_errors=True),
            task("lines of a pipe", "pipe", content="", state="appended", ignore_errors=True),
            task("nothing", "new", ignore_errors=True),
        ],
    )
    results = {row["task"]: row["result"]["changed"] if row["outcome"] != "failed" else "failed" for row in played.rows}
    assert results == {
        "foreseen": True, "made": True, "again": False, "there": True, "link": True, "line": True, "more": True,
        "writable": False, "pipe": "failed", "lines of a pipe": "failed", "nothing": "failed",
    }  # fmt: skip
    place = controller.directory
    assert [(place / name).read_text() for name in ("new", "public", "link", "other", "lines")] == [
        "text\n", "Zoë", "text\n", "old", "one\ntwo\n",
    ]  # fmt: skip
    assert [mode(place / name) for name in ("new", "public", "link", "other", "lines")] == [
        0o600, 0o644, 0o600, 0o644, 0o600,
    ]  # fmt: skip
    assert (place / "some/where").is_dir() and not list((place / "some/where").iterdir())


def test_names_act_on_nothing(platform: Sandbox, controller: Controller) -> None:
    """In what a screen shows, and in each form of the report."""
    name = "Z\u202eo\x1b[2J\x9bë\nfail"
    played = controller.play(
        platform,
        [
            {
                "name": "Create",
                "itops.ringcentral.rc_bulk_users": {
                    "users": [{"first_name": name, "last_name": "Nguyễn", "email": "zoe@example.com", "label": name}]
                },
                "register": "created",
            },
            {
                "name": "Report",
                "itops.ringcentral.report": {"name": "names", "results": ["created"]},
            },
        ],
    )
    assert played.code == 0, played.output
    shown = ["\n".join(row["result"].get("plan_lines") or []) for row in played.rows]
    shown += ["\n".join(row["result"]["msg"]) for row in played.rows if isinstance(row["result"].get("msg"), list)]
    shown += [
        (controller.directory / f"names-report.{form}").read_text("utf-8-sig") for form in ("json", "csv", "html")
    ]
    assert "Zoë" in shown[0]
    for text in shown:
        assert not set(text) & set("\u202e\x1b\x9b")
    assert "\nfail" not in shown[0]
