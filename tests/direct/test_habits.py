# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that nobody has seen: they mean what RingCentral means, in another form, and everything works anyway."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.sandbox.behaviours import ALL
from ansible_collections.itops.ringcentral.tests.sandbox.habits import OPTIONAL
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import check, people
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

USERS = 8
NUMBER = itertools.count()
HABITS = st.fixed_dictionaries(
    {
        "codes": st.sampled_from(["", "lower", "upper"]),
        "groups": st.sampled_from(["", "title", "upper"]),
        "ids": st.sampled_from(["", "text", "number"]),
        "page_size": st.sampled_from([0, 1, 3, 7, 100]),
        "without": st.lists(st.sampled_from(OPTIONAL), unique=True),
        "unknown": st.booleans(),
        "empty_lists": st.sampled_from(["", "left out", "added"]),
        "nulls": st.booleans(),
        "reverse": st.booleans(),
        "errors_with_200": st.booleans(),
    }
)
EVERYTHING = {
    "codes": "lower", "groups": "upper", "ids": "text", "page_size": 3, "without": list(OPTIONAL), "unknown": True,
    "empty_lists": "left out", "nulls": True, "reverse": True,
    "errors_with_200": True,
}  # fmt: skip


class Server:
    """One that has these habits, with an account and a controller of its own."""

    def __init__(
        self, sandbox: Sandbox, directory: Path, habits: dict[str, Any], behaviours: Iterable[str] = ()
    ) -> None:
        # Small pages are many requests: the limits are room enough, for what is tried here is the form.
        limits = "Light=900/60,Medium=900/60,Heavy=90/60"
        sandbox.reset(time_scale=600, users=USERS, limits=limits, habits=habits, behave=",".join(behaviours))
        self.sandbox = sandbox
        self.before = len(sandbox.extensions())
        self.modules = Modules(sandbox, directory / str(next(NUMBER)))

    def done(self, module: str, changed: bool = True, **options: Any) -> dict[str, Any]:
        """Check mode expects it, it is done, and a second run has nothing to do."""
        foreseen = self.modules.run(module, check_mode=True, **options)
        assert (foreseen["outcome"], foreseen["result"]["changed"]) == ("ok", changed), foreseen
        result = self.modules.done(module, **options)
        assert result["changed"] is changed, result
        assert not self.modules.done(module, **options)["changed"]
        return result


def bulk(server: Server) -> None:
    """Many users: created with roles, changed, given other roles, deleted."""
    users = people(12)
    assert server.done("rc_bulk_users", users=users)["summary"]["created"] == len(users)
    for user in users[::2]:
        user["department"] = "Success"
    users[1]["roles"] = ["Sales Manager", "Standard"]
    server.done("rc_bulk_users", users=users)
    check(server.sandbox, users)
    gone = [{"email": user["email"]} for user in users[:4]]
    server.done("rc_bulk_users", users=gone, state="absent", limits={"max_deletions": 4, "max_percent": 100})
    check(server.sandbox, users[4:])
    assert len(server.sandbox.extensions()) == server.before + len(users) - len(gone)


def singles(server: Server) -> None:
    """One user: created, found, changed, given a role, a number and a presence, suspended, deleted."""
    kim = {"email": "kim@example.com", "first_name": "Kim", "employee_id": "E7", "site": "London"}
    made = server.done("rc_extension", **kim)["extension"]
    server.done("rc_extension", changed=False, extension_id=made["extension_id"], first_name="Kim")
    server.done("rc_extension", employee_id="E7", department="Sales", custom_fields={"Badge": "B 7"})
    server.done("rc_extension_role", email="kim@example.com", roles={"set": ["Support Agent"]})
    server.done("rc_phone_number", phone_number="+14155550190", extension_id=made["extension_id"])
    server.done("rc_presence", email="kim@example.com", dnd_status="DoNotAcceptAnyCalls")
    [told] = server.modules.done("rc_extension_info", email=["kim@example.com"], details=True)["extensions"]
    assert (told["extension_id"], told["department"], told["site"]) == (made["extension_id"], "Sales", "London")
    server.done("rc_extension", email="kim@example.com", status="Disabled")
    assert (server.sandbox.extension("kim@example.com") or {})["status"] == "Disabled"
    refused = server.modules.run("rc_extension", extension_id=made["extension_id"], extension_number="101")
    assert refused["outcome"] == "failed" and "extensionNumber" in refused["result"]["msg"], refused
    server.done("rc_extension", email="kim@example.com", state="absent")
    missing = server.modules.run("rc_extension", extension_id=made["extension_id"], first_name="Kim")
    assert missing["outcome"] == "failed" and "There is no extension" in missing["result"]["msg"], missing
    assert server.sandbox.extension("kim@example.com") is None
    assert not server.sandbox.door("GET", "stats")["429s"]


BEHAVIOURS = st.lists(st.sampled_from(sorted(ALL)), unique=True)
STORIES = pytest.mark.parametrize("story", [bulk, singles], ids=lambda story: story.__name__)
BESIDE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@STORIES
@settings(max_examples=up_to(2), suppress_health_check=BESIDE)
@example(habits=EVERYTHING, behaviours=sorted(ALL))
@given(habits=HABITS, behaviours=BEHAVIOURS)
def test_a_server_with_other_habits(
    platform: Sandbox, tmp_path: Path, story: Any, habits: dict[str, Any], behaviours: list[str]
) -> None:
    story(Server(platform, tmp_path, habits, behaviours))


@pytest.mark.story
@STORIES
@settings(max_examples=up_to(25), suppress_health_check=BESIDE)
@given(habits=HABITS, behaviours=BEHAVIOURS)
def test_many_servers_with_other_habits(
    platform: Sandbox, tmp_path: Path, story: Any, habits: dict[str, Any], behaviours: list[str]
) -> None:
    story(Server(platform, tmp_path, habits, behaviours))


@pytest.mark.story
@pytest.mark.parametrize("habit", sorted(EVERYTHING))
def test_a_server_with_one_other_habit(platform: Sandbox, tmp_path: Path, habit: str) -> None:
    server = Server(platform, tmp_path, {habit: EVERYTHING[habit]})
    bulk(server)
