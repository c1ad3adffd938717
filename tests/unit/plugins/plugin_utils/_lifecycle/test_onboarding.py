# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans and reports of the role onboard_users: who needs what, what stands against it, what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.onboarding import (
    OnboardingSettings,
    plan,
    users_of,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.onboarding_outcome import outcome

ROOT = Path(__file__).resolve().parents[5]
ROLES = [{"id": "1", "name": "Standard (International)"}, {"id": "5", "name": "Standard"}, {"id": "7", "name": "Agent"}]
ACCOUNT: dict[str, Any] = {
    "licenses": {"included_phone_lines": 100, "users": 90, "seats": 4, "free": 6},
    "max_extension_number_length": 5,
    "sites": [{"id": "9", "name": "London", "code": "LON"}],
}


def person(name: str = "zoe", line: int = 2, **more: Any) -> dict[str, Any]:
    basic = {"first_name": name.title(), "last_name": "N", "email": f"{name}@example.com", "line": line}
    return {**basic, **more}


def extension(name: str = "zoe", extension_id: str = "77", roles: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "extension_id": extension_id,
        "type": "User",
        "status": "Enabled",
        "first_name": name.title(),
        "last_name": "N",
        "email": f"{name}@example.com",
        "read_only": {"name": f"{name.title()} N", "roles": list(roles), "site_id": "9"},
        **more,
    }


def role(number: int, auto_assigned: bool = False) -> dict[str, Any]:
    name = next(role["name"] for role in ROLES if role["id"] == str(number))
    return {"id": str(number), "name": name, "auto_assigned": auto_assigned}


def planned(people: list[Any], extensions: list[Any] | None = None, **settings: Any) -> dict[str, Any]:
    account = {**ACCOUNT, **settings.pop("account", {})}
    return plan(people, extensions or [], account, ROLES, OnboardingSettings(**settings))


def action(*arguments: Any, **settings: Any) -> str:
    made = planned([arguments[0]], list(arguments[1:]), **settings)
    assert made["problems"] == []
    return str(made["entries"][0]["action"])


def test_who_is_not_there_is_created() -> None:
    made = planned([person(roles=["agent"], extension_number="2001", site="London")])
    assert made["problems"] == []
    assert made["counts"] == {"create": 1, "update": 0, "compare": 0, "none": 0}
    assert "  create  Zoe N <zoe@example.com> (ext. 2001; Agent; London)" in made["lines"]


def test_who_is_as_asked_costs_nothing() -> None:
    asked = person(email="ZOE@example.com", business_phone="+14155550100", site="LONDON", roles=["Standard"])
    there = extension(business_phone="+1 (415) 555-0100", site="London", roles=[role(5)])
    made = planned([asked], [there])
    assert users_of(made["entries"], [{}] * 99) == []
    assert made["lines"][0] == "1 person: 1 already as asked."


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ({"department": "Sales"}, {}, "update"),
        ({"department": "Sales"}, {"department": "sales"}, "update"),
        ({"department": ""}, {}, "none"),
        ({"extension_number": "2001"}, {"extension_number": "2001"}, "none"),
        ({"business_address": {"city": "Rome"}}, {"business_address": {"city": "Rome", "zip": "1"}}, "none"),
        ({"business_address": {"city": "Rome"}}, {"business_address": {"city": "Bonn"}}, "update"),
        ({"site": "9"}, {"site": "London"}, "none"),
        ({"site": "LON"}, {"site": "London"}, "compare"),  # a code: only RingCentral's list can tell
        ({"regional_settings": {"timezone": "US/Pacific"}}, {}, "compare"),  # a list of extensions lacks it
        ({"custom_fields": {"Badge": "1"}}, {}, "compare"),
        ({"hidden": False}, {}, "none"),
        ({"password": "correct horse"}, {}, "none"),  # set at creation only
        ({"status_reason": "Voluntarily"}, {}, "none"),  # kept of disabled users only
    ],
)
def test_comparison(asked: dict[str, Any], there: dict[str, Any], expected: str) -> None:
    assert action(person(**asked), extension(**there)) == expected


def test_people_are_found_by_employee_id_first() -> None:
    made = planned([person("anna", employee_id="E1")], [extension("old", "1", employee_id="E1"), extension("ben", "2")])
    assert made["problems"] == []
    assert made["entries"][0]["extension_id"] == "1"
    assert made["entries"][0]["changes"] == ["email", "first_name"]
    # Who has the e-mail, and no id yet, gets it.
    assert action(person(employee_id="E1"), extension()) == "update"


@pytest.mark.parametrize(
    ("asked", "there", "said"),
    [
        (person(employee_id="E1"), [extension(employee_id="E2")], "whose employee id is E2, not E1"),
        (
            person(employee_id="E1"),
            [extension("other", "1", employee_id="E1"), extension("zoe", "2")],
            "the e-mail address zoe@example.com is that of Zoe N (id 2), whose employee id is not set",
        ),
        (person(), [extension("zoe", "1"), extension("zoe", "2")], "Zoe N (id 1) and Zoe N (id 2); it must be one's"),
        (person(), [extension(type="Department")], "which is a Department, not a person"),
        (person(type="VirtualUser"), [extension()], "a User; the type can't be changed to VirtualUser"),
        (
            person(extension_number="2001"),
            [extension("ben", "1", extension_number="2001")],
            "line 2: the extension number 2001 is that of Ben N (ext. 2001, id 1)",
        ),
        (person(extension_number="123456"), [], "have at most 5 digits"),
    ],
)
def test_what_stands_against_a_plan(asked: dict[str, Any], there: list[Any], said: str) -> None:
    problems = planned([asked], there)["problems"]
    assert len(problems) == 1
    assert said in problems[0]


def test_numbers_may_move_within_the_list() -> None:
    there = [extension("ben", "1", extension_number="2001"), extension("zoe", "2", extension_number="2002")]
    asked = [person("ben", extension_number="2003"), person("zoe", extension_number="2001")]
    assert planned(asked, there)["problems"] == []


def test_the_guide_shows_what_is_said_of_licences() -> None:
    licenses = {"included_phone_lines": 40, "users": 26, "seats": 3, "free": 11}
    made = planned([person(f"p{number}") for number in range(25)], account={"licenses": licenses})
    assert f"```text\n{made['licenses']['line']}\n```" in (ROOT / "docs/onboarding.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("free", "seats", "missing"), [(6, 4, 0), (0, 10, 0), (6, 3, 1), (0, 0, 10), (None, 0, 0)])
def test_licenses(free: int | None, seats: int, missing: int) -> None:
    licenses = {"included_phone_lines": 100, "users": 90, "seats": seats, "free": free}
    people = [person(f"p{number}") for number in range(10)]
    made = planned(people, account={"licenses": licenses})
    assert made["licenses"]["missing"] == missing
    assert bool(made["problems"]) == bool(missing)
    if missing:
        assert all(text in made["problems"][0] for text in ("10 needed", "90 users", f"{missing} too few"))
    assert planned(people, account={"licenses": licenses}, check_licenses=False)["problems"] == []


def test_a_seat_needs_a_number() -> None:
    people = [person(f"p{number}") for number in range(7)]
    assert any("have no extension number" in line for line in planned(people)["lines"])
    assert not any("have no extension number" in line for line in planned(people[:6])["lines"])


def test_defaults_are_for_new_users_and_take_nothing_away() -> None:
    defaults = {"default_role": "standard", "default_site": "London", "default_status": "Enabled"}
    entry = planned([person()], **defaults)["entries"][0]
    assert (entry["roles"], entry["options"]["site"], entry["options"]["status"]) == (["Standard"], "London", "Enabled")
    for roles, wanted in (([role(1, True)], ["5"]), ([role(7)], []), ([role(1, True), role(7)], [])):
        entry = planned([person()], [extension(roles=roles)], **defaults)["entries"][0]
        assert entry["role_ids"] == wanted
        assert "site" not in entry["options"]
        assert "status" not in entry["options"]
    assert planned([person()], default_role="Standrad")["problems"] == [
        "onboard_users_default_role: there is no role 'Standrad'. Did you mean 'Standard'?"
    ]
    assert "onboard_users_default_site" in planned([person()], default_site="Paris")["problems"][0]


def test_no_secret_is_in_a_plan() -> None:
    made = planned([person(password="correct horse", ivr_pin="4711471147")])
    assert "correct horse" not in str(made)
    assert "4711471147" not in str(made)


def record(**more: Any) -> dict[str, Any]:
    return {"action": "none", "changed": False, "status": "ok", "errors": [], **more}


def done(*records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"records": list(records), "api": {"calls": {"Medium": 2}, "retries": 1, "waited": 0.5}, **more}


def test_only_who_needs_something_is_handed_over() -> None:
    people = [person(name, roles=["Standard"]) for name in ("new", "same", "other")]
    people[0]["password"] = "correct horse"
    there = [extension("same", "1", [role(5)]), extension("other", "2", [role(1, True)])]
    users = users_of(planned(people, there)["entries"], people)
    assert [(user["email"], user.get("extension_id"), user["roles"]) for user in users] == [
        ("new@example.com", None, ["5"]),
        ("other@example.com", "2", ["5"]),
    ]
    assert users[0]["password"] == "correct horse"


def test_report_of_a_run() -> None:
    people = [person(name, line, roles=["Standard"]) for line, name in enumerate(("a", "b", "c", "d", "e"), 2)]
    people[1]["department"] = "Sales"
    there = [
        extension("b", "1", [role(5)], department="Support", extension_number="2001"),
        extension("c", "2", [role(5)]),
        extension("d", "3", [role(1, True)], status="Disabled"),
    ]
    made = planned(people, there)
    changed = {"before": {"department": "Support"}, "after": {"department": "Sales"}}
    wrong = {"code": "CMN-406", "message": "number taken", "parameter": "extensionNumber"}
    role_diff = {"before": {"roles": ["Standard (International)"]}, "after": {"roles": ["Standard"]}}
    report = outcome(
        made["entries"],
        done(
            record(action="created", status="failed", extension_id="9", errors=[{"message": "No such role."}]),
            record(action="updated", changed=True, diff=changed),
            record(action="updated", changed=True, diff=role_diff, extension_status="Disabled"),
            record(status="failed", errors=[wrong]),
        ),
        [{"api": {"calls": {"Light": 2}, "retries": 0, "waited": 0}}],
        check_mode=False,
    )
    assert [row["result"] for row in report["rows"]] == ["failed", "updated", "unchanged", "updated", "failed"]
    assert report["rows"][0]["error"] == "the user was created, but not all was done: No such role."
    assert report["rows"][0]["extension_id"] == "9"
    assert report["rows"][1]["changed"] == ["department: Support → Sales"]
    assert report["rows"][3]["changed"] == ["roles: Standard (International) → Standard", "(the user is Disabled)"]
    assert report["counts"] == {"created": 0, "updated": 2, "unchanged": 1, "failed": 2}
    assert {key: report["api"][key] for key in ("calls", "retries", "waited")} == {
        "calls": {"Light": 2, "Medium": 2},
        "retries": 1,
        "waited": 0.5,
    }
    assert report["failures"][1] == "line 6, E N <e@example.com>: CMN-406 number taken (parameter extensionNumber)."
    table = "\n".join(report["lines"])
    assert all(failure in table for failure in report["failures"])
    assert "5 people: 2 updated, 1 unchanged, 2 FAILED." in table
    told = report["people"]
    assert [row["result_label"] for row in told] == ["failed", "updated", "unchanged", "updated", "failed"]
    assert [row["stages"]["user"]["state"] for row in told] == ["failed", "ok", "ok", "ok", "failed"]
    assert told[3]["notes"] == ["is Disabled"]


def test_report_of_a_check() -> None:
    made = planned([person(roles=["Standard"], extension_number="2001")])
    would = record(action="created", changed=True, extension_number="2001")
    estimate = {"calls": {"Heavy": 1}, "minutes": 2.0}
    report = outcome(made["entries"], done(would, estimate=estimate), [], True)
    assert "Doing it takes 1 Heavy request, and about 2 minutes of waiting for rate limits." in report["lines"]
    assert report["rows"][0]["roles"] == ["Standard"]
    assert report["rows"][0]["extension_number"] == "2001"
    assert "would be created" in report["lines"][2]
    for minutes, words in ((0, "no waiting"), (0.04, "less than a minute of"), (1.2, "about 1 minute of")):
        made_of = done(would, estimate={**estimate, "minutes": minutes})
        assert any(words in line for line in outcome(made["entries"], made_of, [], True)["lines"])
    assert "nothing was changed" in report["lines"][-1]


def test_who_was_not_reached_is_no_success() -> None:
    made = planned([person()])
    report = outcome(made["entries"], {}, [], False)
    assert report["rows"][0]["result"] == "failed"
    assert report["failures"] == ["line 2, Zoe N <zoe@example.com>: was not reached"]


def test_columns_line_up_whatever_the_letters() -> None:
    people = [person("a", first_name="小龍", last_name="李"), person("b", first_name="Adébáyọ̀"), person("c")]
    made = planned(people)
    lines = outcome(made["entries"], {}, [], False)["lines"]
    assert lines[2].index("FAILED") + 3 == lines[4].index("FAILED")  # three characters are two columns wide
    assert lines[3].index("FAILED") - 1 == lines[4].index("FAILED")  # one mark is none


def test_the_role_documents_its_defaults() -> None:
    options = yaml.safe_load((ROOT / "roles/onboard_users/meta/argument_specs.yml").read_text())
    options = options["argument_specs"]["main"]["options"]
    defaults = yaml.safe_load((ROOT / "roles/onboard_users/defaults/main.yml").read_text())
    said = {name: option["default"] for name, option in options.items() if "default" in option}
    assert {name: value for name, value in defaults.items() if "{{" not in str(value)} == said
    assert set(defaults) <= set(options)
