# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscriptions: what is done about each, and that months of runs leave no moment without a live one."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.subscriptions import (
    Decision,
    Wanted,
    after_refusal,
    decide,
    decide_absent,
    in_words,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import Json
from ansible_collections.itops.ringcentral.tests.support.examples import up_to

HOUR, DAY = 3600.0, 86400.0
NOW = 1_800_000_000.0
HERE = "https://hooks.example.com/ringcentral"
USERS, PRESENCE = "/restapi/v1.0/account/~/extension", "/restapi/v1.0/account/~/extension/~/presence"
WANTED = Wanted(HERE, (USERS,), 2 * DAY)


def _record(key: str = "a", left: float = 5 * DAY, filters: tuple[str, ...] = (USERS,), **more: Any) -> Json:
    mode = {"transportType": "WebHook", "address": more.pop("address", HERE)}
    end = datetime.fromtimestamp(NOW + left, timezone.utc).isoformat()
    return {
        "id": key,
        "eventFilters": list(filters),
        "expirationTime": end,
        "status": "Active",
        "deliveryMode": mode,
        **more,
    }


DEAD = {
    "status": "Blacklisted",
    "blacklistedData": {"blacklistedAt": "2026-11-20T05:24:00.720Z", "reason": "timed out"},
}


@pytest.mark.parametrize(
    ("records", "action", "steps"),
    [
        ([], "created", ["create "]),
        ([_record(address="https://other.example.com/")], "created", ["create "]),
        ([{**_record(), "deliveryMode": {"transportType": "WebSocket"}}], "created", ["create "]),
        ([_record()], "none", []),
        ([_record(left=2 * DAY + 1)], "none", []),
        ([_record(left=2 * DAY - 1)], "renewed", ["renew a"]),
        ([{**_record(), "expirationTime": None}], "renewed", ["renew a"]),
        ([_record(filters=(PRESENCE,))], "updated", ["update a"]),
        ([_record(left=HOUR, filters=(PRESENCE,))], "updated", ["update a"]),
        ([_record(**DEAD)], "recreated", ["create ", "delete a"]),
        ([_record(**DEAD, filters=(PRESENCE,))], "recreated", ["create ", "delete a"]),
        ([_record(**DEAD), _record("b")], "none", ["delete a"]),
        ([_record(**DEAD, filters=(PRESENCE,)), _record("b")], "none", []),
    ],
)
def test_one_request_where_one_will_do(records: list[Json], action: str, steps: list[str]) -> None:
    found = decide(records, WANTED, NOW)
    told = {"none": "reduced"}.get(action, action) if steps and action == "none" else action
    assert (found.action, [f"{verb} {key}" for verb, key in found.steps]) == (told, steps)


def test_time_that_is_asked_for_can_only_be_said_in_an_update() -> None:
    assert decide([_record(left=HOUR)], replace(WANTED, expires_in=7 * 86400), NOW).steps == (("update", "a"),)


@pytest.mark.parametrize(("unique", "steps", "left"), [(False, (), ["a"]), (True, (("delete", "a"),), [])])
def test_duplicates_are_found_and_removed_where_asked(unique: bool, steps: Any, left: list[str]) -> None:
    records = [
        _record("a", left=3 * DAY),
        _record("b", left=4 * DAY),
        _record("c", address="https://other.example.com/"),
    ]
    found = decide(records, replace(WANTED, unique=unique), NOW)
    assert (found.action, found.steps) == ("reduced" if unique else "none", steps)
    assert [record["id"] for record in found.duplicates] == left


def test_among_several_the_one_with_these_filters_is_meant() -> None:
    records = [_record("a", left=9 * DAY, filters=(PRESENCE,)), _record("b")]
    assert decide(records, WANTED, NOW).action == "none"
    assert (decide(records, replace(WANTED, filters=(PRESENCE,)), NOW).record or {})["id"] == "a"
    both = decide(records, replace(WANTED, filters=(PRESENCE, USERS + "/7")), NOW)
    assert (both.action, (both.record or {})["id"]) == ("updated", "a")


def test_another_token_means_another_subscription_without_a_gap() -> None:
    steps = (("create", ""), ("delete", "a"))
    assert decide([_record()], WANTED, NOW, lambda _id: False).steps == steps
    assert decide([_record()], WANTED, NOW, lambda _id: True).action == "none"
    assert decide([_record()], WANTED, NOW, lambda _id: True, replace_token=True).steps == steps
    # A run that was killed before the old one ended: the new one stays.
    found = decide([_record("a"), _record("b")], replace(WANTED, unique=True), NOW, {"a": False, "b": True}.get)
    assert found.steps == (("delete", "a"),)


def test_an_account_that_is_full_loses_only_what_is_dead() -> None:
    dead, alive = [_record(**DEAD)], [_record()]
    assert after_refusal(decide(dead, WANTED, NOW), dead, WANTED, NOW, True) == (("delete", "a"), ("create", ""))
    assert after_refusal(decide(dead, WANTED, NOW), dead, WANTED, NOW, False) == ()
    assert after_refusal(decide(alive, WANTED, NOW, lambda _id: False), alive, WANTED, NOW, True) == ()


def test_what_can_not_be_changed_is_kept_alive() -> None:
    records = [_record(left=HOUR, filters=(PRESENCE,))]
    assert after_refusal(decide(records, WANTED, NOW), records, WANTED, NOW, False) == (("renew", "a"),)


def test_own_ids_are_the_same_as_the_tilde() -> None:
    listed = ("/restapi/v1.0/account/37439510/extension/101/presence",)
    wanted = replace(WANTED, filters=(PRESENCE,), own_id="101")
    assert decide([_record(filters=listed)], wanted, NOW).action == "none"
    assert decide([_record(filters=listed)], replace(wanted, own_id="102"), NOW).action == "updated"


def test_what_is_not_served_is_not_asked_for_again_and_again() -> None:
    record = _record(disabledFilters=[{"filter": PRESENCE, "reason": "NoPermission"}])
    assert decide([record], replace(WANTED, filters=(USERS, PRESENCE)), NOW).action == "none"
    assert decide([record], WANTED, NOW).action == "none"  # what the info module returns


def test_absent_means_nothing_of_that_address() -> None:
    records = [
        _record("a"),
        _record("b", **DEAD, filters=(PRESENCE,)),
        _record("c", address="https://other.example.com"),
    ]
    assert decide_absent(records, HERE).steps == (("delete", "a"), ("delete", "b"))
    assert decide_absent(records[2:], HERE) == Decision("none")


def test_reasons_are_for_people() -> None:
    dead = decide([_record(**DEAD)], WANTED, NOW)
    assert dead.reasons == (
        "RingCentral blacklisted it since 2026-11-20T05:24:00.720Z: timed out; events since then are lost",
    )
    assert decide([_record(left=DAY + HOUR)], WANTED, NOW).reasons == ("it would have ended in 1 day",)
    assert [in_words(seconds) for seconds in (0.5, 61, 7200)] == ["no time", "1 minute", "2 hours"]


# --- months of runs ------------------------------------------------------------------------------


@dataclass
class RingCentral:
    """Its rules for subscriptions, and its clock."""

    grants: list[float]  # how long each creation or renewal lasts, in turn
    strangers: int = 0
    now: float = NOW
    subscriptions: dict[str, Json] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def here(self) -> list[Json]:
        return [record for record in self.subscriptions.values() if _ends(record) > self.now]

    def live(self) -> list[Json]:
        return [record for record in self.here() if record["status"] == "Active"]

    @property
    def has_room(self) -> bool:
        return len(self.here()) + self.strangers < 30

    def carry_out(self, step: tuple[str, str], wanted: Wanted, token: int) -> None:
        verb, key = step
        if verb == "delete":
            del self.subscriptions[key]
            return
        if verb == "create":
            assert self.has_room
            self.made += 1
            key = str(self.made)
            self.tokens[key] = token
            self.subscriptions[key] = _record(key, filters=wanted.filters)
        record = self.subscriptions[key]
        dead = record["status"] == "Blacklisted" or _ends(record) <= self.now
        assert verb == "create" or not dead, "what has ended can't be renewed"
        if verb == "update":
            record["eventFilters"] = list(wanted.filters)
        self.grants.append(self.grants.pop(0))
        end = datetime.fromtimestamp(self.now + self.grants[-1], timezone.utc)
        self.subscriptions[key] = {**record, "expirationTime": end.isoformat()}


def _ends(record: Json) -> float:
    return datetime.fromisoformat(record["expirationTime"]).timestamp()


@dataclass(frozen=True)
class Day:
    """What is between two runs, and how the second one goes."""

    share: float  # of the longest time that two runs may be apart
    blacklists: bool
    filters: tuple[str, ...]
    token: int
    refused: bool  # RingCentral takes neither filters nor address
    killed_after: int  # requests; a run that is killed before its first one is a run that was missed


UNHARMED = 9


def _between(chance: random.Random, least: float, most: float) -> float:
    """Any number between two, and these two often enough."""
    return chance.choice((least, most, *(chance.uniform(least, most) for _time in range(4))))


def _day(chance: random.Random) -> Day:
    return Day(
        share=_between(chance, 0.05, 1.0),
        blacklists=chance.randrange(10) == 0,
        filters=chance.choice([(USERS,), (USERS,), (PRESENCE,)]),
        token=chance.choice([0, 0, 0, 1]),
        refused=chance.choice([False, False, False, True]),
        killed_after=chance.choice([UNHARMED, UNHARMED, UNHARMED, 1]),
    )


@pytest.mark.parametrize("start", range(0, up_to(400), 100))
def test_no_moment_without_a_live_subscription(start: int) -> None:
    """A hundred times two to four months of runs; a number reports which months they were."""
    for number in range(start, start + 100):
        chance = random.Random(number)
        days = [_day(chance) for _run in range(chance.randint(60, 120))]
        grants = [_between(chance, 30 * HOUR, 14 * DAY) for _grant in range(chance.randint(1, 4))]
        renew_before = _between(chance, 26 * HOUR, 4 * DAY)
        strangers = chance.choice([0, 0, 28, 29])
        try:
            _live(days, grants, renew_before, strangers, chance.random() < 0.5, chance.random() < 0.5)
        except AssertionError as error:
            raise AssertionError(f"months number {number}: {error}") from error


def _live(days: list[Day], grants: list[float], renew_before: float, strangers: int, unique: bool, asks: bool) -> None:
    """As long as no two runs are further apart than `renew_before` and the shortest time that is granted.

    Runs are late, missed, killed; tokens and filters change; RingCentral grants less than it was asked, refuses, has no room
    for one more. Only from a blacklisting until RingCentral takes the address again nothing can be delivered.
    """
    world = RingCentral(list(grants), strangers)
    longest = min(renew_before, *grants) - 1
    blacklisted = True
    for day in days:
        world.now += day.share * longest
        was_live = bool(world.live())
        assert was_live or blacklisted, "it lapsed"
        wanted = Wanted(HERE, day.filters, renew_before, 1_209_600 if asks else None, unique)
        has_token = {key: token == day.token for key, token in world.tokens.items()}
        decision = decide(world.here(), wanted, world.now, has_token.get)
        steps = decision.steps
        full = steps[:1] == (("create", ""),) and not world.has_room
        refused = bool(steps) and steps[0][0] in ("create", "update") and (full or day.refused)
        if refused:
            steps = after_refusal(decision, world.here(), wanted, world.now, full)
        for step in steps if refused else steps[: day.killed_after]:
            world.carry_out(step, wanted, day.token)
            assert world.live() or not was_live, "there was a gap within a run"
        if day.killed_after == UNHARMED:
            assert world.live() or refused, "a run left nothing alive"
            assert len(world.here()) == 1 or refused or not unique, "duplicates were left"
        stays_dead = refused and (decision.record or DEAD)["status"] == "Blacklisted"
        blacklisted = day.blacklists or stays_dead
        if day.blacklists:
            for record in world.live():
                record.update(DEAD)
