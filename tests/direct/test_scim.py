# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM: the gap to REST, what goes wrong, a server that nobody here wrote, and a judge that nobody here wrote."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox, writes

TOKEN = "a-long-static-token-0123456789abcdef"
ZOE = {
    "user_name": "zoe@example.com",
    "given_name": "Zoë",
    "family_name": "O'Brien-Nguyễn",
    "external_id": "E1",
}


def _task(module: str = "rc_scim_user", name: str = "", **options: Any) -> dict[str, Any]:
    return {"name": name or module, f"itops.ringcentral.{module}": options, "ignore_errors": True}


def _said(played: Any, at: int = 0) -> str:
    return str(played.rows[at]["result"].get("msg"))


def test_a_lag_longer_than_the_patience_is_said(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, scim_lag=6000)
    played = modules.play([_task(**ZOE, wait_timeout=1), _task(**ZOE, wait_for_rest=False)])
    first, second = (row["result"] for row in played.rows)
    assert played.rows[0]["outcome"] == "failed"
    assert first["action"] == "created"
    assert "REST does not show the extension at all" in first["msg"]
    assert "wait_timeout" in first["msg"]
    assert not second["changed"]  # it was created anyway, once


def test_waiting_costs_few_light_requests(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=60, users=3, scim_lag=60)
    played = modules.play([_task(**ZOE)])
    assert played.rows[0]["outcome"] == "ok", played.output
    assert played.rows[0]["result"]["extension_id"] == played.rows[0]["result"]["user"]["id"]
    asked = [row for row in platform.requests() if row["operation"] == "readExtension"]
    assert 2 <= len(asked) <= 15
    assert {row["plan"] for row in asked} == {"Light"}
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_a_static_token_is_enough_and_nowhere_to_be_seen(platform: Sandbox, modules: Modules) -> None:
    token = platform.door("GET", "scim-token")["scim_token"]
    only = {"RC_APP_CLIENT_ID": "", "RC_APP_CLIENT_SECRET": "", "RC_USER_JWT": "", "RC_SCIM_TOKEN": token}
    tasks = [_task(**ZOE), _task(**ZOE, wait_for_rest=False), _task("rc_scim_user_info", user_name="zoe@example.com")]
    played = modules.play(tasks, **only)
    assert "wait_for_rest needs the REST interface as well" in _said(played)
    assert played.rows[1]["result"]["changed"]
    assert played.rows[2]["result"]["users"][0]["given_name"] == "Zoë"
    assert token not in played.output
    assert not [path for path in modules.state.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]

    platform.door("POST", "scim-token")  # somebody made a new one
    played = modules.play([_task("rc_scim_user_info")], **only)
    assert re.search(r"no longer accepts the scim token \(RC_SCIM_TOKEN\)", _said(played))


def test_created_in_one_enriched_in_the_other_at_once(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, scim_lag=60)
    roles = {"roles": {"set": ["Support Agent"]}, "wait_for_user": 120}
    found = {"email": "zoe@example.com", "job_title": "Agent", "wait_for_user": 120}
    tasks = [
        _task(**ZOE, wait_for_rest=False),
        _task("rc_extension", **found),
        _task("rc_extension_role", email="zoe@example.com", **roles),
        _task("rc_extension", **found),
        _task("rc_extension_role", email="zoe@example.com", **roles),
    ]
    foreseen = modules.play([{**task, "check_mode": True} for task in tasks[:3]])
    assert [row["result"]["changed"] for row in foreseen.rows] == [True] * 3, foreseen.output
    assert foreseen.rows[1]["result"]["action"] == "updated"
    assert "waits for the user" in foreseen.rows[1]["result"]["warnings"][0]
    assert not [row for row in platform.requests() if row["method"] not in READS and row["plan"] != "Auth"]
    played = modules.play(tasks)
    assert [row["outcome"] for row in played.rows] == ["ok"] * 5, played.output
    assert [row["result"]["changed"] for row in played.rows] == [True, True, True, False, False]
    assert played.rows[1]["result"]["action"] == "updated"
    assert [role["name"] for role in played.rows[2]["result"]["roles"]] == ["Support Agent"]
    assert not [row for row in platform.requests() if row["operation"] == "createExtension"]


def test_nobody_is_created_while_one_is_waited_for(platform: Sandbox, modules: Modules) -> None:
    wait = {"email": "nobody@example.com", "wait_for_user": 1}
    played = modules.play(
        [
            _task("rc_extension", first_name="No", last_name="Body", **wait),
            _task("rc_extension_role", roles={"add": ["Standard"]}, **wait),
        ],
    )
    for at in range(2):
        assert "does not show an extension with email 'nobody@example.com' after 1 seconds" in _said(played, at)
    assert not [row for row in platform.requests() if row["method"] not in READS and row["plan"] != "Auth"]


def test_without_scim_the_prerequisites_are_said(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=2, scim_enabled=False)
    played = modules.play([_task(**ZOE), _task("rc_scim_info")])
    for at in range(2):
        assert "Enterprise or Ultra plan with single sign-on" in _said(played, at)


def test_a_server_without_patch_or_filter(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=150, without="scimPatchUser2=501")
    error = {"schemas": [], "scimType": "invalidFilter", "detail": "no filters here", "status": "400"}
    platform.door("POST", "faults", {"path": "/scim/v2/Users$", "method": "GET", "kind": "status", "status": 400,
                                     "body": error})  # fmt: skip
    far = {"user_name": "user0149@example.com", "title": "Boss"}
    played = modules.play([_task(**far), _task(**{**far, "title": "x"}, update_method="patch")])
    assert played.rows[0]["outcome"] == "ok", played.output
    assert played.rows[0]["result"]["action"] == "updated"
    assert "501" in _said(played, 1)


def test_a_lost_answer_creates_nobody_twice(platform: Sandbox, modules: Modules) -> None:
    platform.door("POST", "faults", {"method": "POST", "path": "/scim/v2/Users$", "kind": "drop_after"})
    played = modules.play([_task(**ZOE)])
    assert played.rows[0]["outcome"] == "ok", played.output
    assert len([row for row in platform.requests() if row["operation"] == "scimCreateUser2"]) == 1
    assert played.rows[0]["result"]["api"]["retries"] == 1


def test_waiting_for_many_reads_lists_and_the_journal_tells_of_each(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=30, scim_lag=60)
    users = [{**ZOE, "user_name": f"u{number}@example.com", "external_id": f"X{number}"} for number in range(30)]
    journal = modules.directory / "scim.jsonl"
    played = modules.play([_task(users=users, journal=str(journal))])
    assert played.rows[0]["outcome"] == "ok", played.output
    assert all(row["extension_id"] == row["id"] for row in played.rows[0]["result"]["records"])
    asked = Counter(row["operation"] for row in platform.requests())
    assert asked["readExtension"] <= 15
    assert 1 <= asked["listExtensions"] <= 15
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["begin", *["step"] * 30, "end"]
    assert lines[0]["plan"][0]["calls"] == {"Heavy": 30}
    assert lines[-1]["summary"]["created"] == 30
    assert journal.stat().st_mode & 0o777 == 0o600


def test_one_of_fifty_fails_alone(platform: Sandbox, modules: Modules) -> None:
    users = [{**ZOE, "user_name": f"u{number}@example.com", "external_id": f"X{number}"} for number in range(50)]
    platform.door("POST", "faults", {"method": "POST", "path": "/scim/v2/Users$", "kind": "status", "status": 400,
                                     "after": 20, "body": {"schemas": [], "detail": "bad", "status": "400"}})  # fmt: skip
    first = modules.play([_task(users=users, wait_for_rest=False)])
    assert first.rows[0]["result"]["summary"] == {
        "users": 50, "created": 49, "updated": 0, "deleted": 0, "none": 1, "failed": 1,
    }  # fmt: skip
    assert first.rows[0]["result"]["estimate"]["minutes"] > first.rows[0]["result"]["estimate"]["rest_minutes"]
    second = modules.play([_task(users=users, wait_for_rest=False)])
    assert second.rows[0]["result"]["summary"]["created"] == 1
    assert not [row for row in platform.requests() if row["status"] == 429]


@pytest.fixture
def foreign() -> Iterator[str]:
    """scim2-server, on a port of its own."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "scim2-server"), "--hostname", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--bearer-token", TOKEN], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/v2"
    for _try in range(100):
        try:
            urllib.request.urlopen(f"{url}/ServiceProviderConfig", timeout=2)
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(10)


@pytest.mark.story
def test_a_server_that_nobody_here_wrote(platform: Sandbox, modules: Modules, foreign: str) -> None:
    """50 users come, change, are suspended and go; every second run changes nothing."""
    # The server announces no limits; RingCentral's are assumed, and are not what this is about.
    more = {"RC_SCIM_URL": foreign, "RC_SCIM_TOKEN": TOKEN}
    users = [
        {
            "user_name": f"user{number}@example.com",
            "external_id": f"E{number}",
            "given_name": "Zoë",
            "family_name": f"O'Brien-Nguyễn {number}",
            "department": "Support",
            "phone_numbers": {"work": f"+1415555{number:04}"},
            "address": {"locality": "London"},
        }
        for number in range(50)
    ]
    wide = {"wait_for_rest": False, "max_wait": 100_000, "limits": {"max_percent": 100, "max_deletions": 50}}
    stages = (
        ("created", {"users": users}),
        ("updated", {"users": [{**user, "title": "Agent", "department": "Sales"} for user in users]}),
        ("suspended", {"users": [{"external_id": user["external_id"], "active": False} for user in users]}),
        ("patched", {"users": [{"external_id": "E7", "title": "Boss"}], "update_method": "patch"}),
        ("deleted", {"users": [{"user_name": user["user_name"]} for user in users], "state": "absent"}),
    )
    tasks = [_task("rc_scim_info", name="info")]
    for name, options in stages:
        for run in ("check", "real", "again"):
            task = _task(name=f"{name} {run}", **wide, **options)
            tasks.append({**task, "check_mode": True} if run == "check" else task)
        tasks.append(_task("rc_scim_user_info", name=f"after {name}"))
    _fast(modules, foreign)
    played = modules.play(tasks, **more)
    assert played.code == 0, played.output
    assert "patch" in played.task("info")["result"]["scim"]["summary"]
    for name, _options in stages:
        check, real, again = (played.task(f"{name} {run}")["result"] for run in ("check", "real", "again"))
        assert check["changed"] and real["changed"] and not again["changed"], f"{name}: {played.output}"
        assert check["diff"] == real["diff"]
        assert real["summary"]["failed"] == 0
    counts = {name: len(played.task(f"after {name}")["result"]["users"]) for name, _options in stages}
    assert counts == {"created": 50, "updated": 50, "suspended": 50, "patched": 50, "deleted": 0}
    told = {user["external_id"]: user for user in played.task("after patched")["result"]["users"]}
    assert told["E7"]["title"] == "Boss"
    assert told["E8"]["department"] == "Sales"
    assert not any(user["active"] for user in told.values())


def _fast(modules: Modules, url: str) -> None:
    """Say in the shared state that this server allows more than RingCentral does: nobody wants to wait here."""
    from ansible_collections.itops.ringcentral.plugins.module_utils._transport.auth import scim_credential
    from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import open_store
    from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Answer, Group

    store = open_store(str(modules.state), None, print)
    owner = scim_credential(url, TOKEN).owner
    for name in ("light", "heavy"):
        key = f"{owner}:{name}"
        request, _wait = store.take([Group(key, 10, 60.0)], 1.0, 60.0)
        group = Group(key, 10, 60.0)
        store.settle(request, Answer(key=key, assumed=group, allowed=100000, window=1.0, used=None, learned=True,
                                     penalty=0.0, sent=time.time()))  # fmt: skip
    store.close()


def test_check_mode_of_a_list_sends_reads_only(platform: Sandbox, modules: Modules) -> None:
    task = {**_task(users=[ZOE, {"user_name": "user0001@example.com", "title": "Boss"}]), "check_mode": True}
    played = modules.play([task])
    assert played.rows[0]["result"]["summary"]["created"] == 1
    assert not [row for row in platform.requests() if row["method"] not in READS and row["plan"] != "Auth"]


# --- who the people of a list are, of a thousand -------------------------------------------------------------------

ALL_PROFILES = pytest.mark.parametrize("sandbox", ["platform", "guide", "observed"], indirect=True)
PAGES = 10  # of the users whom `_thousand` has, in every profile


def _name(number: int) -> str:
    return f"user{number:04}@example.com"


def _thousand(sandbox: Sandbox, **external_ids: int) -> None:
    """A thousand users; those of these numbers have an external id."""
    sandbox.reset(time_scale=600, users=998, seats=1)
    for external_id, number in external_ids.items():
        key = (sandbox.extension(_name(number)) or {})["id"]
        sandbox.door("PATCH", f"extensions/{key}", {"scim": {"externalId": external_id}})


def _lists(ran: Any) -> int:
    """How many requests asked for SCIM users, a page of all or by name. The result counts every request."""
    assert ran["result"]["api"]["calls"]["Light"] == sum(row["plan"] == "Light" for row in ran["requests"])
    return sum(row["operation"] == "scimSearchViaGet2" and row["plan"] == "Light" for row in ran["requests"])


@ALL_PROFILES
def test_three_of_a_thousand_cost_three_requests_and_two(sandbox: Sandbox, modules: Modules) -> None:
    _thousand(sandbox)
    new = {"user_name": "zoe@example.com", "given_name": "Zoë", "family_name": "Ng"}
    users = [{"user_name": _name(10), "title": "Boss"}, {"user_name": _name(990).upper()}, new]
    for check_mode in (True, False):
        ran = modules.run("rc_scim_user", check_mode, users=users, wait_for_rest=False)
        assert [row["action"] for row in ran["result"]["records"]] == ["updated", "none", "created"], ran
        assert ran["result"]["estimate"]["calls"] == {"Heavy": 2}
        assert _lists(ran) == 1 + 1 + 3, "the first page, whether the server filters, and each"
        assert bool(writes(ran["requests"])) is not check_mode


def test_of_nearly_everybody_the_list_is_read(sandbox: Sandbox, modules: Modules) -> None:
    _thousand(sandbox)
    users = [{"user_name": _name(number)} for number in range(50, 950)]
    ran = modules.run("rc_scim_user", users=users)
    assert ran["result"]["summary"]["none"] == 900
    assert _lists(ran) == PAGES


@ALL_PROFILES
def test_an_external_id_counts_first_of_a_few_as_well(sandbox: Sandbox, modules: Modules) -> None:
    _thousand(sandbox, E1=900, E2=901, E3=902)

    def found(*users: dict[str, Any]) -> tuple[list[Any], int]:
        ran = modules.run("rc_scim_user", check_mode=True, users=list(users))
        rows = ran["result"]["records"]
        return [(row["user_name"], row["action"]) for row in rows], _lists(ran)

    same, married = (
        {"external_id": "E1", "user_name": _name(900)},
        {"external_id": "E2", "user_name": "new@example.com"},
    )
    assert found(same, {"user_name": _name(5)}) == ([(_name(900), "none"), (_name(5), "none")], 2 + 2)
    names, reads = found(same, married)
    assert names == [(_name(900), "none"), (_name(901), "updated")]
    assert reads == PAGES + 1 + 2
    # Somebody else has that name meanwhile, with an external id and without.
    for number in (902, 903):
        names, reads = found({"external_id": "E2", "user_name": _name(number)})
        assert names == [(_name(901), "updated")]
        assert reads == PAGES + 1 + 1
    assert found({"external_id": "E2"}) == ([(_name(901), "none")], PAGES)


@ALL_PROFILES
def test_ids_are_read_one_by_one(sandbox: Sandbox, modules: Modules) -> None:
    _thousand(sandbox)
    key = str((sandbox.extension(_name(700)) or {})["id"])
    ran = modules.run("rc_scim_user", users=[{"id": key, "title": "Boss"}, {"id": "1"}], wait_for_rest=False)
    assert [row["status"] for row in ran["result"]["records"]] == ["ok", "failed"]
    assert "There is no SCIM user with id 1" in ran["result"]["records"][1]["errors"][0]["message"]
    assert _lists(ran) == 1
    # Before a user is replaced, what is there now is read.
    assert sum(row["operation"] == "scimGetUser2" for row in ran["requests"]) == 2 + 1


@pytest.mark.parametrize("status", [200, 400, 501])
def test_without_a_filter_the_list_is_read_once(platform: Sandbox, modules: Modules, status: int) -> None:
    _thousand(platform)
    everyone = {"Resources": [{"id": "1", "userName": "a@example.com"}], "totalResults": 50000}
    refused = {"schemas": [], "scimType": "invalidFilter", "detail": "no filters here", "status": str(status)}
    platform.door("POST", "faults", {"path": "/scim/v2/Users$", "method": "GET", "kind": "status", "status": status,
                                     "after": 1, "body": everyone if status == 200 else refused})  # fmt: skip
    users = [{"user_name": _name(number), "active": False} for number in range(902, 906)]
    ran = modules.run("rc_scim_user", users=users, wait_for_rest=False)
    assert ran["result"]["summary"]["updated"] == 4
    assert _lists(ran) == PAGES + 1


@ALL_PROFILES
def test_caps_and_protected_hold_for_a_few_of_many(sandbox: Sandbox, modules: Modules) -> None:
    _thousand(sandbox)
    options: dict[str, Any] = {"users": [{"user_name": _name(number), "active": False} for number in (900, 902)]}
    options["wait_for_rest"] = False
    few = modules.run("rc_scim_user", limits={"max_percent": 0}, **options)
    everyone = 1000 if sandbox.profile == "observed" else 999
    assert f"2 of {everyone} users would lose access" in few["result"]["msg"]
    assert _lists(few) == 2 + 2
    protected = {"protected": [_name(900), "nobody@example.com"], **options}
    checked = modules.run("rc_scim_user", **protected)
    assert "matches nobody in the account: 'nobody@example.com'" in checked["result"]["msg"]
    assert _lists(checked) == PAGES
    left = modules.run("rc_scim_user", protected_missing_ok=True, **protected)
    assert [row["action"] for row in left["result"]["records"]] == ["none", "updated"]
    assert "is protected by" in left["result"]["records"][0]["errors"][0]["message"]
    assert len(writes(left["requests"])) == 1


@pytest.mark.parametrize("sandbox", ["observed"], indirect=True)
def test_two_of_one_name_are_refused_by_either_way(sandbox: Sandbox, modules: Modules) -> None:
    """The list took the last of them."""
    _thousand(sandbox)
    users = [{"user_name": "admin@example.com", "title": "Boss"}, {"user_name": _name(5)}]
    for more, reads in (({}, 2 + 2), ({"protected": [_name(5)]}, PAGES)):
        ran = modules.run("rc_scim_user", users=users, wait_for_rest=False, **more)
        assert _lists(ran) == reads
        [error] = ran["result"]["records"][0]["errors"]
        assert re.search("2 SCIM users match: .* and .*another e-mail address in the Admin Portal", error["message"])
        assert not writes(ran["requests"])
    # Neither of them is missing in the list, and so neither is suspended.
    sandbox.reset(time_scale=600, users=2)
    ran = modules.run(
        "rc_scim_user", users=users[:1], missing="suspend", limits={"max_percent": 100}, wait_for_rest=False
    )
    missing = {row["user_name"] for row in ran["result"]["records"] if row["missing"]}
    assert missing == {_name(1), _name(2)}


# Where RingCentral's document and the standard part, so that the tester cannot be content.
FORCED = {
    ("object_query_with_attributes", "excluded attribute"): "no operation has attributes or excludedAttributes",
    ("object_list_with_attributes", "excluded attribute"): "no operation has attributes or excludedAttributes",
    ("search_with_attributes", "Invalid URI"): "there is Users/.search only, none over all types",
    ("check_remove_attribute", "'active'"): "active has a default, false: it can't be taken away",
    ("check_replace_attribute", "'userName'"): "userName must be the same as the work e-mail, which stays",
    ("check_replace_attribute", "'emails'"): "the work e-mail must be the same as userName, which stays",
}


@pytest.mark.story
def test_a_judge_that_nobody_here_wrote(platform: Sandbox) -> None:
    """scim2-tester finds nothing wrong with the sandbox that RingCentral's document does not ask for."""
    from httpx2 import Client
    from scim2_client.engines.httpx2 import SyncSCIMClient
    from scim2_tester import Status, check_server

    class KnowsTheRule(SyncSCIMClient):
        """The tester invents userName and e-mail apart, and would see no further than to the first refusal."""

        def request(self, method: str, url: str, **more: Any) -> Any:
            body = more.get("json")
            if isinstance(body, dict) and body.get("emails"):
                body["userName"] = body["emails"][0]["value"]
            return super().request(method, url, **more)

    platform.reset(time_scale=60000, users=3)
    token = platform.door("GET", "scim-token")["scim_token"]
    with Client(base_url=f"{platform.url}/scim/v2", headers={"Authorization": f"Bearer {token}"}) as client:
        results = check_server(KnowsTheRule(client))
    assert len([result for result in results if result.status is Status.SUCCESS]) >= 50
    errors = {(result.title, str(result.reason)) for result in results if result.status is Status.ERROR}
    left = {error for error in errors if not any(error[0] == title and text in error[1] for title, text in FORCED)}
    assert not left
    assert len(errors) == len(FORCED)
