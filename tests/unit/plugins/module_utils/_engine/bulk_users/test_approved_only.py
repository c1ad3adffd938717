# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Over generated accounts, lists and interferences between plan and apply: what changes was approved, and all that was approved
is done where nobody interfered."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any, cast

from ansible_collections.itops.ringcentral.tests.support.examples import FEW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..recorded import Json, Names, Recorded
from .accounts import SITES

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import plan_file
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.matching import find
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.problems import Problem
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import apply, next_steps
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import BulkRun
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import extension

OPTIONS: Json = {
    "server_url": "https://platform.example.com",
    "send_welcome_email": False,
    "check_licenses": "no",
    "strategy": "auto",
    "on_error": "continue",
    "records": "all",
    "limits": {"max_percent": 100, "max_deletions": 99},
    "plan_max_age": 7,
}
MOST = 6


class Killed(Exception):
    """The process ended here."""


class Account(Recorded):
    """An account whose extensions are here, and what this client has kept."""

    def __init__(self, extensions: dict[str, Json]) -> None:
        super().__init__()
        self.extensions = extensions
        self.born = 0


class Played(BulkRun):
    """A run whose steps are done on the account here."""

    CONFIRMS = False
    account: Account
    steps_left = 1000

    def _read(self, first: bool = False) -> list[Problem]:
        self.extensions = copy.deepcopy(list(self.account.extensions.values()))
        self.everyone = self.users = len(self.extensions)
        problems = find(self.people, self.extensions, final=not first)
        for person in self.people:
            person.complete = person.record is not None
        return problems

    def _execute(self, executor: Any) -> None:
        for _round in range(12):
            names = self._context.names
            steps = next_steps(self.people, [], self._rate_limits(), names, "auto")
            if not steps:
                return
            for step in steps:
                if not self.steps_left:
                    raise Killed
                self.steps_left -= 1
                ids = {person.index: person.id for person in step.people}
                apply(step, [], names)
                for person in step.people:
                    self._settle(person, ids[person.index])

    def _settle(self, person: Any, was: str) -> None:
        if person.record is None:
            self.account.extensions.pop(was, None)
            person.action = "deleted"
            return
        if not was:
            self.account.born += 1
            person.record["id"] = f"9{self.account.born}"
        person.action = person.action if person.action != "none" else "updated" if was else "created"
        self.account.extensions[person.id] = copy.deepcopy(person.record)


def run(account: Account, users: list[Json], check: bool = False, steps: int = 1000, **options: Any) -> Result | None:
    """One run; None where it was killed."""
    context = Context(cast(Any, account), cast(Any, Places()), check, lambda text: None)
    played = Played(context, {**OPTIONS, "users": users, **options})
    played.account, played.steps_left = account, steps
    try:
        return played.run()
    except Killed:
        return None


class Places(Names):
    """Sites by name."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return SITES.get(name, name)


# --- what is generated -----------------------------------------------------------------------------------------

FIELDS = {
    "first_name": st.sampled_from(["Ana", "Zoë", "Bo"]),
    "department": st.sampled_from(["Sales", "Support", ""]),
    "job_title": st.sampled_from(["Chief", "Engineer"]),
    "site": st.sampled_from(sorted(SITES)),
    "status": st.sampled_from(["Enabled", "Disabled", "Frozen"]),
    "custom_fields": st.just({"4011": "B-1"}),
    "roles": st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=2, unique=True),
    "password": st.sampled_from(["not-a-real-one", "another-not-real"]),
}
WANTED = st.fixed_dictionaries({}, optional=FIELDS)
RECORD = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["Enabled", "Disabled", "Frozen"]),
        "roles": st.sampled_from([["1"], ["2", "3"]]),
        "department": st.sampled_from(["Sales", "Legal"]),
    }
)


def user_of(number: int, wanted: Json) -> Json:
    return {"email": f"user{number}@example.com", "first_name": "Ana", **wanted}


def record_of(number: int, values: Json, extension_id: str = "") -> Json:
    contact = {"firstName": "Old", "department": values["department"], "email": f"user{number}@example.com"}
    roles = [{"id": role} for role in values["roles"]]
    key = extension_id or str(10 + number)
    uri = f"https://platform.example.com/restapi/v1.0/account/1/extension/{key}"
    return {"id": key, "uri": uri, "type": "User", "status": values["status"], "contact": contact, "roles": roles}


NUMBERS = st.integers(0, MOST - 1)
# What happens between plan and apply: to the account, or to the list.
INTERFERENCE = st.one_of(
    st.tuples(st.just("change"), NUMBERS, RECORD),
    st.tuples(st.just("status"), NUMBERS, st.sampled_from(["Enabled", "Disabled", "Frozen"])),
    st.tuples(st.just("name"), NUMBERS, st.sampled_from(["Old", "Ana", "Zoë"])),
    st.tuples(st.just("delete"), NUMBERS, st.none()),
    st.tuples(st.just("create"), NUMBERS, RECORD),
    st.tuples(st.just("other list"), NUMBERS, WANTED),
    st.tuples(st.just("out of the list"), NUMBERS, st.none()),
    st.tuples(st.just("into the list"), NUMBERS, WANTED),
)
STORY = st.fixed_dictionaries(
    {
        "there": st.lists(st.none() | RECORD, min_size=MOST, max_size=MOST),
        "asked": st.lists(st.none() | WANTED, min_size=MOST, max_size=MOST),
        "state": st.sampled_from(["present", "present", "present", "disabled", "absent"]),
        "interferences": st.lists(INTERFERENCE, max_size=4),
        "kill": st.none() | st.integers(0, 4),
    }
)


def interfere(account: Account, users: dict[int, Json], story: Json) -> set[str]:
    """Do what happens in between; returns the e-mail addresses of those that it is about."""
    for kind, number, value in story["interferences"]:
        there = [key for key, record in account.extensions.items() if record["contact"]["email"] == _email(number)]
        if kind == "change" and there:
            account.extensions[there[0]] = record_of(number, value, there[0])
        elif kind == "status" and there:
            account.extensions[there[0]]["status"] = value
        elif kind == "name" and there:
            account.extensions[there[0]]["contact"]["firstName"] = value
        elif kind == "delete":
            for key in there:
                del account.extensions[key]
        elif kind == "create" and not there:
            account.extensions[f"5{number}"] = record_of(number, value, f"5{number}")
        elif kind == "other list" and number in users:
            users[number] = user_of(number, value)
        elif kind == "out of the list":
            users.pop(number, None)
        elif kind == "into the list":
            users.setdefault(number, user_of(number, value))
    return {_email(number) for _kind, number, _value in story["interferences"]}


def _email(number: int) -> str:
    return f"user{number}@example.com"


def _shown(account: Account) -> dict[str, Json]:
    """Everybody, by e-mail address: the id, and each field with dots."""
    return {
        record["contact"]["email"]: {
            "id": record["id"],
            **plan_file.plain(plan_file.changes_between({}, extension.as_returned(record))),
            "roles": {"was": None, "now": sorted(role["id"] for role in record["roles"])},
        }
        for record in account.extensions.values()
    }


def hold(story: Json, directory: Path) -> None:
    account = Account(
        {str(10 + n): record_of(n, values) for n, values in enumerate(story["there"]) if values is not None}
    )
    # An account has more people than a list.
    account.extensions["99"] = record_of(99, {"status": "Enabled", "roles": ["1"], "department": "Legal"}, "99")
    users = {n: user_of(n, wanted) for n, wanted in enumerate(story["asked"]) if wanted is not None}
    path = str(directory / "plan.json")
    options = {"state": story["state"], "plan_key": "not-a-real-key-of-plans"}
    untouched, planned = copy.deepcopy(account.extensions), _shown(account)
    run(account, list(users.values()), check=True, plan_file=path, **options)
    assert account.extensions == untouched
    _plan, entries = plan_file.read(Path(path).read_text())
    text = Path(path).read_text()
    assert "not-a-real-one" not in text and "another-not-real" not in text

    touched = interfere(account, users, story)
    before = _shown(account)
    told = run(account, list(users.values()), check=True, approved_plan=path, **options)
    assert _shown(account) == before
    last = None
    if story["kill"] is not None:
        last = run(account, list(users.values()), steps=story["kill"], approved_plan=path, **options)
    if last is None:
        last = run(account, list(users.values()), approved_plan=path, **options)
    assert last is not None and told is not None
    after = _shown(account)

    by_email = {entry.key.partition(":")[2]: entry for entry in entries.values()}
    for email in before.keys() | after.keys():
        was, now = before.get(email), after.get(email)
        if was == now:
            continue
        entry = by_email[email]  # nobody outside the plan is touched
        if was and email in planned:  # and nobody who is another by now
            assert all(was.get(name) == planned[email].get(name) for name in ("id", "status", "first_name")), entry
        if entry.action == "deleted":
            assert now is None and was and was["id"] == entry.id
        elif was is None:
            assert entry.action == "created"
        else:
            assert entry.action in ("updated", "suspended") and was["id"] == now["id"] == entry.id
            assert now is not None
            for name in was.keys() | now.keys():
                if was.get(name) == now.get(name) or name.startswith("read_only"):
                    continue
                change = {side: SITES.get(str(value), value) for side, value in entry.changes.get(name, {}).items()}
                # What a field is cleared by is shown as one or the other.
                assert (was.get(name) or {}).get("now") == change.get("was") or not change.get("was"), (name, entry)
                assert (now.get(name) or {}).get("now") == change.get("now") or not change.get("now"), (name, entry)
                assert change, (name, entry)
    rows = {row["email"]: row for row in last.values["records"]}
    for email, entry in by_email.items():
        if email in touched:
            continue
        assert rows[email]["status"] == "ok", rows[email]
        if entry.action == "deleted":
            assert email not in after
        else:
            assert after[email]["status"]["now"] == entry.changes.get("status", after[email]["status"])["now"]
    if not touched:
        plain = run(account, list(users.values()), check=True, **options)
        assert plain is not None and not plain.changed
        assert told.values["summary"]["failed"] == 0


@settings(max_examples=50 if FEW else 2000, suppress_health_check=list(HealthCheck))
@given(STORY)
def test_only_what_was_approved_is_done(story: Json) -> None:
    with tempfile.TemporaryDirectory() as directory:
        hold(story, Path(directory))
