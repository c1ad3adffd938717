# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guard rails: when a list is refused, who is left out, and what a person is advised to do about it."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from .accounts import existing, newcomer
from ..recorded import Recorded

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.caps_over_time import CapsOverTime
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.exceptions import Exceptions
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users import guard
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.licenses import Licenses
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

OWN = "1850100002"
MANY = 10_000  # users of the account, where the share does not matter


def crowd(disables: int, deletions: int) -> list[Person]:
    gone = [existing(index, goal="absent") for index in range(deletions)]
    return gone + [existing(1000 + index, goal="disabled") for index in range(disables)]


def refused(people: list[Person], limits: dict[str, Any], users: int = MANY) -> str:
    """What the refusal says; empty when nothing is refused."""
    try:
        guard.within_caps(people, limits, users, CapsOverTime(cast(Any, Recorded()), limits, False))
    except InvalidInput as error:
        return str(error)
    return ""


# --- whom it harms -----------------------------------------------------------------------------


def test_who_loses_access() -> None:
    gone, off, asked = existing(0, goal="absent"), existing(1, goal="disabled"), existing(2, status="Disabled")
    frozen, kept = existing(3, status="Frozen"), existing(4, status="Enabled", department="Sales")
    asleep, thawed = existing(5, goal="disabled"), existing(6, status="Disabled")
    for person, status in ((asleep, "Disabled"), (thawed, "Frozen")):
        assert person.record is not None
        person.record["status"] = status
    failed, nobody = existing(7, goal="absent"), Person(8, {"email": "no@example.com"}, goal="absent")
    failed.error = [{"code": "", "message": "no", "parameter": None}]
    again, waits = existing(10, status="NotActivated"), existing(11, status="NotActivated")
    assert waits.record is not None
    waits.record["status"] = "Disabled"
    harm = guard.harm_of([gone, off, asked, frozen, kept, asleep, thawed, failed, nobody, newcomer(9), again, waits])
    assert harm.deletions == [gone]
    assert harm.disables == [off, asked, frozen, again]


# --- what RingCentral would refuse -------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "others", "refused_option"),
    [
        ({"email": "User1@example.com"}, [], "email"),
        ({"extension_number": "2001"}, [], "extension_number"),
        ({"extension_number": "2009", "email": "user0@example.com"}, [], None),
        ({"email": "user1@example.com"}, [{"email": "moved@example.com"}], None),
        ({"email": "user1@example.com"}, [{"email": "user1@example.com"}], "email"),
        ({"email": "user1@example.com"}, [{"department": "Sales"}], "email"),
    ],
)
def test_what_somebody_else_has_and_keeps(
    wanted: dict[str, Any], others: list[dict[str, Any]], refused_option: str | None
) -> None:
    ann, bo = existing(0, **wanted), existing(1)
    assert ann.record is not None and bo.record is not None
    bo.record["extensionNumber"] = "2001"
    records = [ann.record, bo.record, {"id": "9", "contact": {}}]
    for other in others:
        bo.wanted = other
    guard.foresee([ann, *([bo] if others else [])], records)
    assert [error["parameter"] for error in ann.error] == ([refused_option] if refused_option else [])
    assert not bo.error
    bo.record["status"] = "Unassigned"  # a seat that waits, for this very user perhaps
    new = newcomer(7, extension_number="2001")
    guard.foresee([new], records)
    assert not new.error
    bo.record["status"] = "Disabled"
    guard.foresee([new], records)
    assert "is that of Ana <user1@example.com> (ext. 2001, id 1), so RingCentral" in new.error[0]["message"]


# --- how many ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("disables", "deletions", "limits", "users", "told"),
    [
        (0, 0, {}, 0, []),
        (0, 0, {"max_disables": 0, "max_deletions": 0, "max_percent": 0}, 10, []),
        (3, 0, {"max_disables": 3}, MANY, []),
        (4, 0, {"max_disables": 3}, MANY, ["suspend 4 users", "limits.max_disables is 3"]),
        (1, 0, {"max_disables": 0}, MANY, ["suspend 1 user,", "limits.max_disables is 0"]),
        (0, 4, {"max_disables": 3, "max_deletions": 9}, MANY, []),
        (0, 1, {}, MANY, ["delete 1 user,", "voicemail", "limits: {max_deletions: 1}"]),
        (0, 7, {"max_disables": 7}, MANY, ["delete 7 users", "limits: {max_deletions: 7}"]),
        (0, 7, {"max_deletions": None}, MANY, ["limits: {max_deletions: 7}"]),
        (0, 7, {"max_deletions": 0}, MANY, ["delete 7 users, and limits.max_deletions is 0"]),
        (0, 7, {"max_deletions": 7}, MANY, []),
        (0, 8, {"max_deletions": 7}, MANY, ["delete 8 users", "limits.max_deletions is 7"]),
        (9, 0, {"max_deletions": 7}, MANY, []),
        # 10 percent, unless something else is said.
        (10, 0, {}, 100, []),
        (11, 0, {}, 100, ["11 of 100 users", "11 %", "limits.max_percent is 10"]),
        (11, 0, {"max_percent": None}, 100, ["limits.max_percent is 10"]),
        (11, 0, {"max_percent": 11}, 100, []),
        (12, 0, {"max_percent": 11}, 100, ["12 of 100 users", "12 %", "limits.max_percent is 11"]),
        (6, 5, {"max_deletions": 5}, 100, ["11 of 100 users", "limits.max_percent is 10"]),
        (5, 5, {"max_deletions": 5}, 100, []),
        (100, 0, {"max_percent": 100}, 100, []),
        (2, 0, {"max_percent": 0}, 100, ["2 of 100 users", "2 %", "limits.max_percent is 0"]),
        (2, 0, {}, 5, ["2 of 5 users", "40 %"]),
        (1, 0, {}, 5, []),  # one user is no mass suspension, however small the account
    ],
)
def test_a_list_is_refused_past_a_limit(
    disables: int, deletions: int, limits: dict[str, Any], users: int, told: list[str]
) -> None:
    text = refused(crowd(disables, deletions), limits, users)
    assert bool(text) == bool(told), text
    for part in told:
        assert part in text
    if told:
        assert text.endswith("Nothing was sent. Raise the limit if that is what you want.")


COUNT = st.integers(0, 12)


@given(COUNT, COUNT, st.none() | COUNT, st.none() | COUNT, st.none() | st.integers(0, 100), st.integers(1, 60))
def test_refused_exactly_when_a_cap_is_passed(
    disables: int,
    deletions: int,
    max_disables: int | None,
    max_deletions: int | None,
    max_percent: int | None,
    users: int,
) -> None:
    limits = {"max_disables": max_disables, "max_deletions": max_deletions, "max_percent": max_percent}
    harm = disables + deletions
    passed = (
        (max_disables is not None and disables > max_disables)
        or deletions > (max_deletions or 0)
        or (harm > 1 and harm * 100 > users * (10 if max_percent is None else max_percent))
    )
    assert bool(refused(crowd(disables, deletions), limits, users)) == passed


def test_every_limit_that_is_passed_is_named_at_once() -> None:
    text = refused(crowd(20, 20), {"max_disables": 5, "max_deletions": 6}, 50)
    for part in ("max_disables is 5", "max_deletions is 6", "40 of 50 users, 80 %"):
        assert part in text


# --- who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    ["*@board.example.com", "ann@board.example.com", "ANN@Board.Example.COM", "*@BOARD.*", "a?n@*", "4711", "*"],
)
@pytest.mark.parametrize("goal", ["disabled", "absent"])
def test_whoever_is_protected_stays(pattern: str, goal: str) -> None:
    ann, bo = existing(4711, goal=goal), existing(1, goal=goal)
    assert ann.record is not None
    ann.record["contact"]["email"] = "Ann@board.EXAMPLE.com"
    guard.protect([ann, bo], Exceptions("protected", [pattern]), OWN)
    (error,) = ann.error
    assert error["code"] == "protected"
    verb = {"disabled": "suspended", "absent": "deleted"}[goal]
    assert f"is not {verb}: it is protected by '{pattern}'" in error["message"]
    assert "id 4711" in error["message"], "the message reports who it is"
    assert bool(bo.error) == (pattern == "*"), "the others continue"


@pytest.mark.parametrize("pattern", ["board.example.com", "471", "47*", "ann", "bob@board.example.com", ""])
def test_a_pattern_is_for_whole_addresses_and_whole_ids(pattern: str) -> None:
    ann = existing(4711, goal="absent")
    assert ann.record is not None
    ann.record["contact"]["email"] = "ann@board.example.com"
    guard.protect([ann], Exceptions("protected", [pattern]), OWN)
    assert not ann.error


def test_the_automations_own_user_stays() -> None:
    own, other = existing(int(OWN), goal="absent"), existing(1, goal="absent")
    guard.protect([own, other], Exceptions("protected", []), OWN)
    assert "the user whose credential this automation uses" in own.error[0]["message"]
    assert not other.error


def test_the_first_administrator_stays() -> None:
    first, other = existing(2, goal="absent"), existing(22, goal="absent")
    for person in (first, other):
        assert person.record is not None
        person.record["uri"] = f"https://example.com/restapi/v1.0/account/2/extension/{person.id}"
    guard.protect([first, other], Exceptions("protected", []), OWN)
    assert "first administrator" in first.error[0]["message"]
    assert not other.error


def test_protection_is_from_harm_only() -> None:
    people = [existing(int(OWN), department="Sales"), existing(1, status="Enabled"), newcomer(2)]
    guard.protect(people, Exceptions("protected", ["*"]), OWN)
    assert not any(person.error for person in people)


def test_whoever_is_protected_does_not_count_as_harm() -> None:
    people = crowd(0, 2)
    guard.protect(people, Exceptions("protected", ["user0@example.com"]), OWN)
    assert refused(people, {"max_deletions": 1}) == ""


# --- licences ----------------------------------------------------------------------------------


def test_enough_licences() -> None:
    people = [newcomer(n) for n in range(5)]
    guard.within_licenses(people, Licenses(100, users=95, seats=2), "yes")
    assert not any(person.error for person in people)


@pytest.mark.parametrize("check", ["yes", "partial", "no"])
def test_a_deficit(check: str) -> None:
    people = [newcomer(n) for n in range(8)]
    known = Licenses(100, users=95, seats=2)
    if check == "yes":
        with pytest.raises(InvalidInput) as caught:
            guard.within_licenses(people, known, check)
        text = str(caught.value)
        for part in ("8 licences", "room for 5", "100 lines", "95 users", "2 unassigned paid seats", "3 are missing"):
            assert part in text
        assert "Nothing was sent" in text and "check_licenses: partial to take the first 5" in text
        return
    guard.within_licenses(people, known, check)
    left_out = [person.index for person in people if person.error]
    assert left_out == ([5, 6, 7] if check == "partial" else [])
    for person in people[5:] if check == "partial" else []:
        assert person.error[0]["code"] == "no_license"
        assert "8 licences are needed, and there is room for 5" in person.error[0]["message"]


@pytest.mark.parametrize("check", ["yes", "partial", "no"])
@pytest.mark.parametrize("lines", [None, 0, 40, 94, 97])
def test_lines_that_are_no_count_refuse_nobody(lines: int | None, check: str) -> None:
    """Accounts of the new billing include 0 lines, and old ones what was bought first."""
    people = [newcomer(n) for n in range(8)]
    known = Licenses(lines, users=95, seats=3)
    assert known.free is None and known.doubtful(8) and not known.doubtful(3)
    guard.within_licenses(people, known, check)
    assert not any(person.error for person in people)


def test_who_needs_a_licence() -> None:
    failed = newcomer(0)
    failed.error = [{"code": "", "message": "no", "parameter": None}]
    people = [failed, existing(1), newcomer(2, type="VirtualUser"), Person(3, {}, goal="absent"), newcomer(4)]
    assert [person.index for person in guard.newcomers(people)] == [4]
    guard.within_licenses(people, Licenses(2, 1, 0), "yes")
    with pytest.raises(InvalidInput):
        guard.within_licenses(people, Licenses(1, 1, 0), "yes")


@given(st.integers(0, 12), st.integers(0, 5), st.integers(0, 20), st.integers(0, 20))
def test_as_many_as_fit_go_on(new: int, seats: int, included: int, users: int) -> None:
    people = [newcomer(n) for n in range(new)]
    guard.within_licenses(people, Licenses(included, users, seats), "partial")
    room = included - users if included and included >= users + seats else new
    assert [bool(person.error) for person in people] == [n >= room for n in range(new)]
