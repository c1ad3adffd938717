# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to variables has all of them, and says what the argument specs say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2.nativetypes import NativeEnvironment
from tools.docsite import variables

NAMESPACE = "itops.ringcentral"
LISTS = ("rc_bulk_users", "rc_offboard_users", "rc_scim_user")
PLAYBOOKS = sorted((variables.ROOT / "playbooks").glob("*.yml"))


def test_the_page_is_up_to_date() -> None:
    assert variables.PAGE.read_text(encoding="utf-8") == variables.page(), "run python -m tools.docsite.variables"


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.stem)
def test_every_variable_of_a_playbook_is_described(playbook: Path) -> None:
    text = playbook.read_text(encoding="utf-8")
    prefixes = (
        "awx",
        "check_account",
        "drift",
        "export",
        "people",
        "leavers",
        "report",
        "scim_token",
        "template",
        "trial",
    )
    used = set(re.findall(rf"\b((?:{'|'.join(prefixes)})_\w+) \| default\(", text))
    used -= set(re.findall(r"(?:register|set_fact): (\w+)", text)) | {
        "awx_job_id",
        "awx_user_name",
        "check_account_tried",
    }
    if playbook.stem == "awx_setup":
        own = set(re.findall(r"^    (awx_\w+):", text, re.MULTILINE))
        used |= own - {"awx_scim_is_missing", "awx_made_templates", "awx_lookup"}
        used -= {"awx_notify_ids"}
    known = set(re.findall(r"^\| `(\w+)` \|", variables.page(), re.MULTILINE))
    assert used <= known


TASKS = sorted([*PLAYBOOKS, *(variables.ROOT / "roles").glob("*/tasks/*.yml")])


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8").replace("!unsafe ", ""))


def _options(found: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary of a file, so every module's options too."""
    if isinstance(found, dict):
        yield found
    for value in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _options(value)


@pytest.mark.parametrize("option", ["protected", "hold"])
def test_who_names_people_to_leave_alone_can_allow_that_they_are_gone(option: str) -> None:
    given = [(path, found) for path in TASKS for found in _options(_read(path))]
    with_it = [(path, found) for path, found in given if option in found]
    assert with_it
    assert [path for path, found in with_it if f"{option}_missing_ok" not in found] == []


def test_who_suspends_people_by_a_list_can_protect_some() -> None:
    given = [(path, found) for path in TASKS for found in _options(_read(path))]
    lists = {path for path, found in given for name in LISTS if f"{NAMESPACE}.{name}" in found}
    assert len(lists) > 4
    protecting = {path for path, found in given if "protected" in found}
    assert [path.name for path in lists - protecting] == ["rehire.yml"], "which suspends nobody"


VARS = sorted((variables.ROOT / "roles").glob("*/vars/main.yml"))


@pytest.mark.parametrize(
    ("given", "handed_on"),
    [
        ({}, "omitted"),
        ({"": None}, "omitted"),
        ({"": ""}, ""),
        ({"": "  "}, "  "),
        ({"": {}}, {}),
        ({"": "/plan.json"}, "/plan.json"),
    ],
)
@pytest.mark.parametrize(
    "path", [path for path in VARS if "_approved_plan" in path.read_text(encoding="utf-8")], ids=str
)
def test_a_blank_approved_plan_is_handed_on_and_refused(path: Path, given: dict[str, Any], handed_on: Any) -> None:
    """Blank is what a pipeline passes of a variable that is not set: it must not come to a run without approval."""
    role = path.parents[1].name
    names = {f"{role}_approved_plan": value for value in given.values()}
    environment = NativeEnvironment()
    environment.filters |= {"expanduser": str, "realpath": str, "splitext": lambda text: text.rpartition(".")[::2]}
    for name, text in _read(path).items():
        if name.endswith("approved_path"):
            names[name] = environment.from_string(text).render(**names, omit="omitted")
            assert (
                isinstance(handed_on, str)
                and handed_on.startswith("/")
                and "second" in name
                or names[name] == handed_on
            )
