# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept of users: which file is written, and which is never replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import kept_snapshots, snapshot
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import RateLimit
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.tests.support.clients import refusal

Json = dict[str, Any]
LIMITS = {"Light": 50, "Medium": 40, "Heavy": 10}


class Client:
    """An account with users, of whom each is in the first queue."""

    def __init__(self, users: dict[str, Json], queues: int = 1, fails: str = "") -> None:
        self.users, self.queues, self.fails = users, queues, fails
        self.calls: list[str] = []

    def limit_of(self, name: str) -> RateLimit:
        plan = OPERATIONS[name].plan
        return RateLimit(plan, LIMITS[plan], 60.0)

    def call(self, name: str, **what: Any) -> Any:
        self.calls.append(name)
        if name == self.fails:
            raise api_error(OPERATIONS[name], "", 400, {"errorCode": "CMN-101"}, "")
        if name == "readExtension":
            user = self.users.get(what["extensionId"])
            if user is None:
                raise refusal(name, 404, "CMN-102")
            return {"id": what["extensionId"], "contact": {}, **user}
        return {}

    def pages(self, name: str, query: Any = None, **what: Any) -> Any:
        self.calls.append(name)
        if name == self.fails:
            raise api_error(OPERATIONS[name], "", 400, {"errorCode": "CMN-101"}, "")
        if name == "listCallQueues":
            count = 1 if query else self.queues
            return iter([{"id": str(9000 + number), "name": f"Queue {number}"} for number in range(count)])
        if name == "listExtensions":
            return iter(
                [{"id": key, "contact": {}, **user} for key, user in self.users.items() if "unlisted" not in user]
            )
        if name == "listCallQueueMembers":
            return iter([{"id": key} for key in self.users] if what["groupId"] == "9000" else [])
        return iter([])


def run(client: Client, directory: Path | None, check_mode: bool = False, **more: Any) -> Any:
    no_names: Any = None
    context = Context(cast(Any, client), no_names, check_mode, print)
    options = {
        "extension_ids": list(client.users),
        "directory": directory,
        "parts": ["queues"],
        "complete": True,
        **more,
    }
    return kept_snapshots.user_snapshot(context, options)


@pytest.mark.parametrize(("users", "queues", "expected"), [
    (1, 100, ["listCallQueues"]),
    (20, 3, ["listCallQueues", *["listCallQueueMembers"] * 3]),
    (3, 40, ["listCallQueues", *["listCallQueues"] * 3]),
])  # fmt: skip
def test_queues_are_read_the_cheaper_way(users: int, queues: int, expected: list[str]) -> None:
    client = Client({str(key): {"status": "Enabled"} for key in range(1, users + 1)}, queues)
    found = snapshot.take(cast(Any, client), {key: key for key in client.users}, ["queues"])
    assert sorted(client.calls) == sorted(expected)
    assert all([queue["id"] for queue in one.parts["queues"]] == ["9000"] for one in found.values())


@pytest.mark.parametrize(("users", "expected"), [
    (25, ["readExtension"] * 25),
    (30, ["listExtensions", "readExtension", "readExtension"]),
])  # fmt: skip
def test_who_need_not_be_complete_is_read_the_cheaper_way(users: int, expected: list[str]) -> None:
    everybody: dict[str, Json] = {str(key): {"status": "Enabled", "roles": []} for key in range(1, users + 1)}
    everybody["1"]["unlisted"] = True
    del everybody["2"]["roles"]
    client = Client(everybody)
    rows = run(client, None, parts=[], complete=False).values["snapshots"]
    assert client.calls == expected
    assert [row["extension_id"] for row in rows if row["now"]["extension"]["status"] == "Enabled"] == [*everybody]
    assert not [row for row in rows if row["now"]["failed"] or not row["exists"]]


def test_what_is_kept_is_complete(tmp_path: Path) -> None:
    client = Client({"1": {"status": "Enabled"}})
    with pytest.raises(InvalidInput, match="leave out complete"):
        run(client, tmp_path, complete=False)
    assert not client.calls


def test_a_file_is_written_once_and_replaced_only_while_the_user_works(tmp_path: Path) -> None:
    client = Client({"1": {"status": "Enabled"}})
    place = tmp_path / "deep/place"
    assert run(client, place, check_mode=True).changed
    assert not place.exists()
    assert run(client, place).changed
    path = place / "1.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not run(client, place).changed
    client.users["1"]["extensionNumber"] = "2042"
    assert run(client, place).changed
    text = path.read_text()
    client.users["1"].update({"status": "Disabled", "extensionNumber": "1"})
    result = run(client, place)
    assert not result.changed
    assert path.read_text() == text
    [row] = result.values["snapshots"]
    assert row["before"]["extension"]["extension_number"] == "2042"
    assert row["now"]["extension"]["extension_number"] == "1"


def test_who_takes_over_is_noted_also_of_a_suspended_user(tmp_path: Path) -> None:
    client = Client({"1": {"status": "Enabled"}})
    run(client, tmp_path, handed_to={"1": ["7"]})
    client.users["1"]["status"] = "Disabled"
    assert run(client, tmp_path, handed_to={"1": ["8"]}).changed
    kept = json.loads((tmp_path / "1.json").read_text())
    assert kept["handed_to"] == ["7", "8"]
    assert kept["extension"]["status"] == "Enabled"
    assert run(client, tmp_path, restored=["1"]).changed
    assert "restored_at" in json.loads((tmp_path / "1.json").read_text())
    assert not run(client, tmp_path, restored=["1"]).changed


def test_what_could_not_be_read_whole_is_not_kept(tmp_path: Path) -> None:
    client = Client({"1": {"status": "Enabled"}}, fails="listCallQueues")
    [row] = run(client, tmp_path).values["snapshots"]
    assert "CMN-101" in row["now"]["failed"]["queues"]
    assert not (tmp_path / "1.json").exists()


def test_a_user_who_is_gone_is_said_to_be(tmp_path: Path) -> None:
    client = Client({"1": {"status": "Enabled"}})
    [_one, gone] = run(client, tmp_path, extension_ids=["1", "2"]).values["snapshots"]
    assert not gone["exists"]
    assert not (tmp_path / "2.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}'])
def test_a_file_that_can_t_be_used_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "1.json").write_text(content)
    [row] = run(Client({"1": {"status": "Enabled"}}), tmp_path).values["snapshots"]
    assert "1.json" in row["now"]["failed"]["file"]
    assert row["before"] is None
    assert (tmp_path / "1.json").read_text() == content


def test_ids_are_numbers() -> None:
    with pytest.raises(InvalidInput, match="must be numbers, not ../../etc"):
        run(Client({}), None, extension_ids=["../../etc"])


def test_where_queues_do_not_tell_their_members_each_user_is_asked() -> None:
    class Lacking(Client):
        def pages(self, name: str, query: Any = None, **what: Any) -> Any:
            if name == "listCallQueueMembers":
                self.calls.append(name)
                raise refusal(name, 404, "AGW-404")
            return super().pages(name, query, **what)

    users: dict[str, Json] = {str(number): {"status": "Enabled"} for number in range(20)}
    client = Lacking(users, queues=3)
    found = run(client, None).values["snapshots"]
    asked = [name for name in client.calls if name != "readExtension"]
    assert asked == ["listCallQueues", *["listCallQueueMembers"] * 3, *["listCallQueues"] * 20]
    assert not any(row["now"]["failed"] or row["now"]["unavailable"] for row in found)
