# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A directory export as the truth, as an administrator runs it."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, ROOT, Sandbox

PLAYBOOK = "itops.ringcentral.scim_sync"
HEADER = "Employee ID,First name,Last name,E-mail,Ext.,Department,Mobile,City,Roles,Status,Direct numbers\n"
SPARE = "+14155550190"


def _sync(controller: Controller, sandbox: Sandbox, lines: list[str], *arguments: str) -> Played:
    (controller.directory / "directory.csv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return controller.play(sandbox, PLAYBOOK, "-e", "people_file=directory.csv", *arguments)


def _staff(first: int, last: int, **status: str) -> list[str]:
    return [
        f"D{n},Test,User{n},user{n:04}@example.com,,Support,,,,{status.get(f'u{n}', '')}," for n in range(first, last)
    ]


def _report(controller: Controller) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((controller.directory / "scim-sync-report.json").read_text())
    return report


def _writes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["method"] not in READS and row["plan"] != "Auth"]


def test_people_appear_change_are_suspended_and_configured(sandbox: Sandbox, controller: Controller) -> None:
    sandbox.reset(time_scale=600, users=30, scim_lag=30)
    number = SPARE if sandbox.profile == "platform" else ""
    zoe = f"E1,Zoë,O'Brien-Nguyễn,zoe@example.com,2901,Support,+1 415 555 0143,London,Support Agent,,{number}"
    lines = [zoe, *_staff(1, 29, u5="Disabled")]
    check = _sync(controller, sandbox, lines, "--check")
    assert check.code == 0, check.output
    assert not _writes(sandbox.requests())
    assert "zoe@example.com: would be created (active: yes; external_id: E1; department: Support; " in check.output
    assert "settings, roles, numbers and queues follow, once REST shows the user" in check.output
    assert "user0029@example.com: would be suspended" in check.output
    assert "Doing it takes 31 Heavy requests of SCIM" in check.output

    real = _sync(controller, sandbox, lines)
    assert real.code == 0, real.output
    assert _report(controller)["counts"] == {"created": 1, "updated": 28, "suspended": 2}
    found = sandbox.extension("zoe@example.com")
    assert found is not None
    assert found["extensionNumber"] == "2901"
    assert [role["displayName"] for role in found["roles"]] == ["Support Agent"]
    assert found["contact"]["businessAddress"]["city"] == "London"
    for gone in (5, 29, 30):
        assert (sandbox.extension(f"user{gone:04}@example.com") or {})["status"] == "Disabled"
    assert (sandbox.extension("admin@example.com") or {})["status"] == "Enabled"
    if number:
        owner = [row for row in sandbox.door("GET", "numbers")["numbers"] if row["phoneNumber"] == number]
        assert owner[0]["extension"] == found["id"]

    changes = "extension_number: 2000 → 2901; roles: Standard (International) → Support Agent"
    assert "zoe@example.com: created (active: yes; external_id: E1; department: Support; " in real.output
    assert changes in real.output
    assert "user0029@example.com: suspended (active: yes → no; is not in the list)" in real.output

    seen = sandbox.request_count()
    again = _sync(controller, sandbox, lines)
    assert "changed=0" in again.output, again.output
    assert not _writes(sandbox.requests(seen))

    # Somebody marries, and somebody comes back.
    lines = [zoe.replace("O'Brien-Nguyễn,zoe@", "Smith,zoe.smith@"), *_staff(1, 29, u5="Enabled")]
    changed = _sync(controller, sandbox, lines)
    assert changed.code == 0, changed.output
    assert _report(controller)["counts"] == {"updated": 2, "unchanged": 27}
    assert (sandbox.extension("zoe.smith@example.com") or {})["id"] == found["id"]
    assert (sandbox.extension("user0005@example.com") or {})["status"] == "Enabled"
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def test_deletions_are_asked_for_and_counted(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=40)
    lines = _staff(1, 39)
    stopped = _sync(controller, platform, lines, "-e", "scim_sync_missing=delete")
    assert stopped.code != 0
    assert "say how many may be deleted: scim_sync_limits: {max_deletions: " in stopped.output
    assert not _writes(platform.requests())
    more = json.dumps({"scim_sync_missing": "delete", "scim_sync_limits": {"max_deletions": 2}})
    done = _sync(controller, platform, lines, "-e", more)
    assert done.code == 0, done.output
    assert _report(controller)["counts"]["deleted"] == 2
    assert platform.extension("user0040@example.com") is None


def test_half_a_file_takes_nobody_s_access(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=40)
    played = _sync(controller, platform, _staff(1, 20))
    assert played.code != 0
    assert re.search(r"2\d of 4\d users would lose access, and scim_sync_limits.max_percent is 10", played.output), (
        played.output
    )
    asked = platform.requests()
    assert not _writes(asked)
    assert not [row for row in asked if row["operation"] == "scimGetUser2"]  # found out before anybody was read


def test_one_who_fails_stops_nobody_else(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=20)
    taken = "E9,Main,Site,main@example.com,,Support,,,Support Agent,,"
    played = _sync(controller, platform, [taken, *_staff(1, 21)])
    assert played.code != 0
    assert "1 of 21 people failed: main@example.com" in played.output
    assert "is that of Main, a Site" in played.output
    report = _report(controller)
    assert report["counts"] == {"failed": 1, "updated": 20}
    assert report["people"][0]["stages"]["settings"]["state"] == "waiting"


def test_it_is_said_when_rest_is_too_late(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=5, scim_lag=3000)
    lines = ["E1,Zoë,Ng,zoe@example.com,,Support,,,Support Agent,,"]
    more = ("-e", "scim_sync_wait_timeout=1", "-e", "scim_sync_missing=ignore")
    played = _sync(controller, platform, lines, *more)
    assert played.code != 0
    assert "REST does not show the extension at all" in played.output
    for _try in range(20):
        again = _sync(controller, platform, lines, *more)
        if again.code == 0:
            break
        assert "zoe@example.com" in again.output, again.output
    assert again.code == 0, again.output
    assert [role["displayName"] for role in (platform.extension("zoe@example.com") or {})["roles"]] == ["Support Agent"]


ROTATE = "itops.ringcentral.rotate_scim_token"


def _rotate(controller: Controller, sandbox: Sandbox, old: str, new: str, tasks: str, *arguments: str) -> Played:
    """With a `vault` that writes down what it was reported, and its standard input."""
    stub = controller.directory / "bin/vault"
    stub.parent.mkdir(exist_ok=True)
    stub.write_text(f'#!/bin/sh\necho "$@" > {stub}.args\ncat > {stub}.stdin\n')
    stub.chmod(0o755)
    path = f"{stub.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    only = {"RC_APP_CLIENT_ID": "", "RC_APP_CLIENT_SECRET": "", "RC_USER_JWT": ""}
    arguments = ("-vvv", "-e", f"scim_token_store_tasks={tasks}", *arguments)
    return controller.play(sandbox, ROTATE, *arguments, PATH=path, RC_SCIM_TOKEN=old, RC_SCIM_TOKEN_NEW=new, **only)


def _oauth_token(sandbox: Sandbox) -> str:
    given = sandbox.environment
    body = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": given["RC_USER_JWT"]}
    app = (given["RC_APP_CLIENT_ID"], given["RC_APP_CLIENT_SECRET"])
    answer = requests.post(f"{sandbox.url}/restapi/oauth/token", data=body, auth=app, timeout=10)
    return str(answer.json()["access_token"])


def test_a_new_scim_token_is_tried_stored_and_the_old_one_is_dead(platform: Sandbox, controller: Controller) -> None:
    old = platform.door("GET", "scim-token")["scim_token"]
    new = platform.door("POST", "scim-token")["scim_token"]
    vault = str(ROOT / "examples/scim_token/vault.yml")

    check = _rotate(controller, platform, old, new, vault, "--check")
    assert check.code == 0, check.output
    assert not (controller.directory / "bin/vault.args").exists()

    done = _rotate(controller, platform, old, new, vault)
    assert done.code == 0, done.output
    assert (controller.directory / "bin/vault.args").read_text() == "kv put -mount=secret ringcentral/scim token=-\n"
    assert (controller.directory / "bin/vault.stdin").read_text() == new
    record = controller.directory / "scim-token-rotations.jsonl"
    assert json.loads(record.read_text())["old_token"] == "no longer works"
    assert record.stat().st_mode & 0o777 == 0o600
    for token in (old, new):
        assert token not in done.output + check.output + record.read_text()


def test_a_bad_new_token_is_not_stored_and_a_living_old_one_is_told(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=10)  # so that the OAuth token outlives the playbook
    token = platform.door("GET", "scim-token")["scim_token"]
    vault = str(ROOT / "examples/scim_token/vault.yml")
    bad = _rotate(controller, platform, token, "a-token-that-nobody-made-0123456789", vault)
    assert bad.code != 0
    assert "no longer accepts the scim token" in bad.output
    assert not (controller.directory / "bin/vault.args").exists()
    same = _rotate(controller, platform, token, token, vault)
    assert "RC_SCIM_TOKEN to the old one; they must differ" in same.output

    # Both work: the OAuth token is a bearer token for SCIM as well.
    both = _rotate(controller, platform, _oauth_token(platform), token, vault)
    assert both.code != 0
    assert "the old one still works as well" in both.output
    assert '"still works"' in (controller.directory / "scim-token-rotations.jsonl").read_text()


def test_awx_keeps_the_token_in_a_credential(platform: Sandbox, controller: Controller) -> None:
    """The request that AWX is sent, at a server that keeps what it gets."""
    got: dict[str, Any] = {}

    class Awx(BaseHTTPRequestHandler):
        def do_PATCH(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.update(path=self.path, body=json.loads(body), authorization=self.headers["Authorization"])
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_args: Any) -> None:
            """Says nothing."""

    old = platform.door("GET", "scim-token")["scim_token"]
    new = platform.door("POST", "scim-token")["scim_token"]
    with ThreadingHTTPServer(("127.0.0.1", 0), Awx) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        os.environ.update(CONTROLLER_HOST=f"http://127.0.0.1:{server.server_port}", CONTROLLER_OAUTH_TOKEN="awx-token")
        try:
            tasks = str(ROOT / "examples/scim_token/awx.yml")
            played = _rotate(controller, platform, old, new, tasks, "-e", "awx_credential_id=7")
        finally:
            del os.environ["CONTROLLER_HOST"], os.environ["CONTROLLER_OAUTH_TOKEN"]
            server.shutdown()
    assert played.code == 0, played.output
    assert got == {
        "path": "/api/v2/credentials/7/",
        "body": {"inputs": {"scim_token": new}},
        "authorization": "Bearer awx-token",
    }
    assert new not in played.output
