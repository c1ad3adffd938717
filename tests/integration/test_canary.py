# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret is ever seen: in output at -vvv, in diffs, reports, state, caches, or in the process list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

pytestmark = pytest.mark.smoke

CANARIES: dict[str, str] = {
    "password": "canary-Password-7Kf2mQx9",
    "ivr_pin": "9081726354",
    "client_secret": "canary-client-secret-Zt5vWb1c",
    "access_token": "canary-access-token-Lq8nRj4d",
    "refresh_token": "canary-refresh-token-Hs6pXy3e",
    "jwt": "canary.jwt-that-is-none.Vw2kTg0f",
    "mark_key": "canary-mark-key-Gd4sYp7r",
    "plan_key": "canary-plan-key-Rm3wTz8k",
    "store_url": "redis://:canary-store-Nb7cUi5g@127.0.0.1/0",
}


# Every Python that a playbook starts imports this: what it writes to the system's log goes to a file of the test.
SYSTEM_LOG = """
import os, sys, types, syslog as real
def write(*args):
    with open(os.environ["TEST_SYSTEM_LOG"], "a", encoding="utf-8", errors="replace") as file:
        file.write(str(args[-1]) + chr(10))
fake = types.ModuleType("syslog")
fake.__dict__.update({name: getattr(real, name) for name in dir(real) if name.startswith("LOG_")})
fake.openlog = fake.closelog = lambda *args: None
fake.syslog = write
sys.modules["syslog"] = fake
"""


# What a process list shows is what processes are started with: each Python writes down its own command, and that of every
# process it starts. It sees all of them, however short they live.
PROCESSES = """
def witness(event, arguments):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        started(arguments[:2])  # what comes after that is the environment
def started(command):
    with open(os.environ["TEST_PROCESSES"], "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(repr(command) + chr(10))
started(sys.orig_argv)
sys.addaudithook(witness)
"""


CREDENTIALS = ("client_secret", "access_token", "refresh_token", "jwt", "store_url")


def _tasks(in_process: bool) -> list[dict[str, Any]]:
    """In a process of its own, each task costs a second: there, wrong credentials come together."""
    user = {"email": "kim@example.com", "first_name": "Kim", "extension_number": "2001"}
    secret = {"password": "{{ canary.password }}", "ivr_pin": "{{ canary.ivr_pin }}"}
    extension = "itops.ringcentral.rc_extension"
    tasks: list[dict[str, Any]] = [
        {"name": "created", extension: {**user, **secret}, "check_mode": True},
        {"name": "created", extension: {**user, **secret}},
        {"name": "always", extension: {"email": user["email"], **secret, "update_password": "always"}},
        # A message of RingCentral's that reports the secret back.
        {"name": "refused", extension: {**user, "email": "lee@example.com", **secret}},
        {"name": "invalid", extension: {"email": "nobody", **secret}},
        {
            "name": "in a list",
            "itops.ringcentral.rc_bulk_users": {
                "users": [{"email": "bulk@example.com", "first_name": "Bulk", "last_name": "One", **secret}],
                "journal": "{{ canary_journal }}",
            },
        },
        {"name": "unknown option", extension: {**user, **secret, "no_such_option": 1}},
    ]
    users = "itops.ringcentral.rc_bulk_users"
    listed = {"email": "odd@example.com", "first_name": "Odd"}
    tasks += [
        {"name": name, users: {"users": given}}
        for name, given in {
            "misspelt": [{**listed, "passwrd": secret["password"], "ivrpin": secret["ivr_pin"]}],
            "wrong beside": [{**listed, **secret, "no_such_option": 1}],
            "in a dictionary": [{**listed, "password": {"value": secret["password"]}, "ivr_pin": [secret["ivr_pin"]]}],
            "as text": f"email=odd@example.com password={secret['password']} pin={secret['ivr_pin']}",
        }.items()
    ]
    for options in [[one] for one in CREDENTIALS] if in_process else [CREDENTIALS]:
        wrong = {option: "{{ canary.%s }}" % option for option in options}
        if options == ["refresh_token"]:
            wrong["jwt"] = ""
        if in_process:  # else it pauses for a minute, and goes on without the store
            wrong["on_store_loss"] = "fail"
        tasks.append({"name": ", ".join(options), "itops.ringcentral.rc_account_info": wrong})
    keyed = {"mark_key": "{{ canary.mark_key }}", "today": "2026-11-24"}
    tasks.append({"name": "mark_key", "itops.ringcentral.rc_leaver_info": {**keyed, "timezone": "Mars"}})
    leaving = {"users": [{"extension_id": "1"}], "stages": ["suspend"], **keyed}
    tasks.append({"name": "mark_key of a leaver", "itops.ringcentral.rc_offboard_users": leaving})
    planned = {"users": [{**listed, **secret, "email": "planned@example.com"}], "plan_file": "plan.json"}
    plan = {**planned, "plan_key": "{{ canary.plan_key }}", "check_licenses": "no"}
    tasks.append({"name": "plan", "check_mode": True, "itops.ringcentral.rc_bulk_users": plan})
    hire = {"first_name": "Rolf", "last_name": "Ole", "email": "role@example.com", **secret}
    role = {"name": "itops.ringcentral.onboard_users"}
    tasks.append({"name": "role", "vars": {"people": [hire]}, "ansible.builtin.include_role": role})
    tasks.append({"name": "cached", "ansible.builtin.set_fact": {"cached": "a fact", "cacheable": True}})
    return [{**task, "ignore_errors": True} for task in tasks]


@pytest.mark.parametrize(
    "in_process", [pytest.param(True, id="in-process"), pytest.param(False, id="module", marks=pytest.mark.story)]
)
def test_no_secret_is_seen(platform: Sandbox, controller: Controller, in_process: bool) -> None:
    said = f"Parameter [password] value [{CANARIES['password']}] is invalid"
    error = {"errorCode": "CMN-101", "message": said, "parameterName": "password"}
    fault = {"method": "POST", "path": "/extension$", "kind": "status", "status": 400, "after": 1}
    platform.door("POST", "faults", {**fault, "body": {**error, "errors": [error]}})
    way = json.dumps({"ringcentral_in_process": in_process})
    # As from a vault: what stands in the playbook itself, Ansible shows in its errors.
    vault = controller.directory / "vault.yml"
    vault.write_text(json.dumps({"canary": CANARIES, "canary_journal": str(controller.directory / "journal.jsonl")}))
    python = controller.directory / "python"
    python.mkdir()
    (python / "sitecustomize.py").write_text(SYSTEM_LOG + PROCESSES)
    system_log = controller.directory / "syslog"
    processes = controller.directory / "processes"
    seen = {"PYTHONPATH": str(python), "TEST_SYSTEM_LOG": str(system_log), "TEST_PROCESSES": str(processes)}
    facts = controller.directory / "facts"
    seen |= {"ANSIBLE_CACHE_PLUGIN": "jsonfile", "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(facts)}
    if in_process:  # a module that Ansible sends anywhere is kept with its options
        seen["ANSIBLE_KEEP_REMOTE_FILES"] = "true"
    arguments = ("-vvv", "--diff", "-e", way, "-e", f"@{vault}")
    played = controller.play(platform, _tasks(in_process), *arguments, **seen)
    assert played.code == 0, played.output
    started = processes.read_text(encoding="utf-8")
    assert f"@{vault}" in started
    assert in_process != ("AnsiballZ_rc_extension.py" in started)
    assert played.task("refused")["outcome"] == "failed", played.output
    assert "CMN-101" in played.task("refused")["result"]["msg"]
    if not in_process:
        logged = system_log.read_text()
        assert "Invoked with" in logged
        assert "Invoked with email, extension_number" in logged  # names, and no values
        assert "kim@example.com" not in logged
    assert "no_such_option" in played.task("wrong beside")["result"]["msg"]
    assert "users[0]: ivrpin, passwrd" in played.task("misspelt")["result"]["msg"]
    for name in ("in a dictionary", "as text"):
        assert played.task(name)["outcome"] == "failed", played.output
    for email in ("kim@example.com", "bulk@example.com", "role@example.com"):
        assert (platform.extension(email) or {}).get("passwordSet"), played.output
    plan = json.loads((controller.directory / "plan.json").read_text())
    assert (
        set(plan["entries"][0]["secrets"]) == {"password", "ivr_pin"} and plan["signature"]["method"] == "HMAC-SHA256"
    )
    written = [path for path in controller.directory.rglob("*") if path.is_file() and path != vault]
    assert any(path.parent == controller.state for path in written)
    assert any(path.parent == facts for path in written)
    issued = platform.door("GET", "sessions")["access_tokens"]
    assert issued
    secrets = [*CANARIES.values(), *issued]
    secrets += [platform.environment[name] for name in ("RC_APP_CLIENT_SECRET", "RC_USER_JWT")]
    secrets.append("canary-store-Nb7cUi5g")
    for secret in secrets:
        assert secret not in played.output, f"{secret} is in the output:\n{played.output}"
        for path in written:
            if "site-packages" not in path.parts:
                assert secret.encode() not in path.read_bytes(), f"{secret} is in {path}"
        assert secret not in started, [line for line in started.splitlines() if secret in line]
