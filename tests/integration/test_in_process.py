# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task that runs in the controller's process keeps what Ansible promises of any task."""

from __future__ import annotations

import json
import subprocess
import time
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

USERS = [{"email": f"user{number}@example.com", "first_name": "User", "last_name": str(number)} for number in range(30)]
SCARCE = "Light=1000/60,Medium=10/60,Heavy=10/60,Auth=100/60"


def test_a_timeout_ends_the_work_and_says_what_was_done(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=1, users=3, limits=SCARCE)  # minutes are as long as they are: anyone who waits is seen
    journal = controller.directory / "journal.jsonl"
    bulk = {"users": USERS, "strategy": "single", "check_licenses": "no", "journal": str(journal)}
    one = {"email": "late@example.com", "first_name": "Late"}
    tasks: list[dict[str, Any]] = [
        {"name": "many", "itops.ringcentral.rc_bulk_users": bulk, "timeout": 15},
        {"name": "one", "itops.ringcentral.rc_extension": one, "timeout": 2},
    ]
    played = controller.play(platform, [{**task, "ignore_errors": True} for task in tasks])
    assert played.code == 0, played.output
    many = played.task("many")
    result = many["result"]
    assert many["outcome"] == "failed", played.output
    assert result["msg"].startswith("Timed out after 15 second(s): "), result["msg"]
    assert str(journal) in result["msg"]
    there = {user["email"] for user in USERS if platform.extension(user["email"])}
    assert 0 < len(there) <= 10  # no more than could go before the first wait
    assert result["changed"]
    assert {row["email"] for row in result["records"] if row["action"] == "created"} == there
    assert result["summary"]["skipped"] == len(USERS) - len(there)
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert {line["user"] for line in lines if line["event"] == "step"} == there
    assert lines[-1]["event"] == "end"
    assert lines[-1]["summary"]["stopped"] == "Timed out after 15 second(s)"
    # Everything that it may use in a minute is used up: a task that waits for more ends as well, with nothing done.
    late = played.task("one")
    assert late["outcome"] == "failed", played.output
    assert late["result"]["msg"].startswith("Timed out after 2 second(s): nothing was changed")
    assert not late["result"]["changed"]
    assert platform.extension(one["email"]) is None


def test_a_timeout_ends_a_module_in_a_process_of_its_own(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=1, users=3, limits=SCARCE)
    journal = controller.directory / "journal.jsonl"
    bulk = {"users": USERS, "strategy": "single", "check_licenses": "no", "journal": str(journal)}
    task: dict[str, Any] = {"name": "many", "itops.ringcentral.rc_bulk_users": bulk, "timeout": 30}
    played = controller.play(platform, [{**task, "vars": {"ringcentral_in_process": False}}])
    assert played.code == 2 and not played.task("many")["result"].get("records"), played.output

    def last() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(journal.read_text().splitlines()[-1])
        return found

    for _count in range(300):
        if last()["event"] == "end":
            break
        time.sleep(0.1)
    # It finds that nobody waits for its result, or is told to end when ansible-playbook does, whichever comes first.
    assert last()["summary"]["stopped"] in ("Ansible has ended", "Terminated")
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    done = {line["user"] for line in lines if line["event"] == "step"}
    assert done == {user["email"] for user in USERS if platform.extension(user["email"])}
    assert 0 < len(done) <= 10


def test_progress_leaves_stdout_to_the_callback(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=20, users=3, limits=SCARCE)
    tasks = [{"name": "many", "itops.ringcentral.rc_bulk_users": {"users": USERS[:25], "strategy": "single"}}]
    playbook = controller.directory / "playbook.yml"
    playbook.write_text(yaml.safe_dump([controller.localhost(tasks)]))
    done = subprocess.run(
        ["ansible-playbook", str(playbook)],
        env=controller.environment(
            platform, ANSIBLE_STDOUT_CALLBACK="json_only", WITNESS_FILE=str(controller.directory / "witness.jsonl")
        ),
        cwd=controller.directory,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["tasks"] == {"many": True}
    assert "of 25 users processed" in done.stderr
    # What a task needs is imported once, and not by each task's own process.
    assert "ansible_collections.itops.ringcentral.plugins.modules.rc_bulk_users" in told["imported"]


class Inline(str):
    """An inline `!vault` value."""

    @staticmethod
    def shown(dumper: yaml.SafeDumper, value: Inline) -> yaml.Node:
        return dumper.represent_scalar("!vault", str(value), style="|")


yaml.SafeDumper.add_representer(Inline, Inline.shown)


@pytest.mark.parametrize(
    "in_process", [pytest.param(True, marks=pytest.mark.smoke, id="in-process"), pytest.param(False, id="module")]
)
def test_a_task_is_what_any_module_is(platform: Sandbox, controller: Controller, in_process: bool) -> None:
    vault = VaultLib([("default", VaultSecret(b"of the test"))])

    def secret(text: str) -> Inline:
        return Inline(vault.encrypt(text).decode())

    password = controller.directory / "vault-password"
    password.write_text("of the test")
    made = {"email": "kim@example.com", "first_name": "Kim", "last_name": secret("Vaulted")}
    made["password"] = secret("canary-Password-7Kf2mQx9")
    tasks: list[dict[str, Any]] = [
        {"name": "created", "rc_bulk_users": {"users": [made]}},
        {"name": "found", "rc_extension_info": {"email": "kim@example.com"}, "register": "found"},
        {"name": "not mixed", "rc_extension": {"extension_id": "{{ found.extensions.0.extension_id }}"}},
        {"name": "wrong", "rc_bulk_users": {"users": [made], "no_such": 1}, "ignore_errors": True},
    ]
    play = {
        **controller.localhost(tasks),
        "collections": ["itops.ringcentral"],
        "module_defaults": {
            "group/itops.ringcentral.ringcentral": {
                "client_secret": secret(platform.environment["RC_APP_CLIENT_SECRET"])
            },
            "itops.ringcentral.rc_bulk_users": {"records": "changed"},
            "itops.ringcentral.rc_extension": {"department": "Of one module's defaults"},
        },
    }
    playbook = controller.directory / "playbook.yml"
    playbook.write_text(yaml.safe_dump([play], sort_keys=False))
    played = controller.play(
        platform,
        str(playbook),
        *("-vvv", "--vault-password-file", str(password)),
        *("-e", json.dumps({"ringcentral_in_process": in_process})),
        RC_APP_CLIENT_SECRET="",
        ANSIBLE_INJECT_INVOCATION="true",
    )
    assert played.code == 0, played.output
    created = played.task("created")
    assert created["result"]["changed"]
    given = created["invocation"]["module_args"]
    assert given["records"] == "changed"
    assert given["strategy"] == "auto"  # a default
    assert given["client_secret"] in ("VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "$REDACTED$")  # since ansible-core 2.22
    assert [user["email"] for user in given["users"]] == ["kim@example.com"]
    assert played.task("not mixed")["result"]["changed"]
    contact = (platform.extension("kim@example.com") or {})["contact"]
    assert (contact["lastName"], contact["department"]) == ("Vaulted", "Of one module's defaults")
    wrong = played.task("wrong")
    assert "rc_bulk_users) module: no_such. Supported parameters include: " in wrong["result"]["msg"]
    assert wrong["invocation"]["module_args"]["no_such"] == 1
    for text in ("canary-Password-7Kf2mQx9", platform.environment["RC_APP_CLIENT_SECRET"]):
        assert text not in played.output
