# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin, through ansible-inventory and playbooks; what reads, in both profiles."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.tests.support.authority import Authority
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.proxied import proxy_to, tls_server
from ansible_collections.itops.ringcentral.tests.support.server import READS, ROOT, Sandbox

EXAMPLE = str(ROOT / "examples/suspended.yml")
ZOE = {
    "contact": {"firstName": "Zoë", "lastName": "O'Brien-Nguyễn", "department": "R&D / Côté"},
    "name": "Zoë O'Brien-Nguyễn",
    "site": {"id": "1850024002", "name": "Zürich", "code": "30"},
    "roles": [{"id": "7002", "displayName": "Support Agent"}, {"id": "4", "displayName": "User Admin"}],
}
CACHE = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_timeout": 3600}


def _change(sandbox: Sandbox, number: int, **change: Any) -> str:
    """Somebody changes a user in the Admin Portal; returns the id."""
    found = sandbox.extension(f"user{number:04}@example.com")
    assert found
    sandbox.door("PATCH", f"extensions/{found['id']}", change)
    return str(found["id"])


def _write(controller: Controller, name: str = "ringcentral.yml", **options: Any) -> Path:
    path = controller.directory / name
    text = yaml.safe_dump({"plugin": "itops.ringcentral.ringcentral", **options}, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
    return path


def _ask(
    controller: Controller, sandbox: Sandbox, *arguments: str, file: str = "ringcentral.yml", **more: str
) -> subprocess.CompletedProcess[str]:
    """What ansible-inventory says."""
    return subprocess.run(
        ["ansible-inventory", "-i", str(controller.directory / file), *arguments],
        env=controller.environment(sandbox, **more),
        cwd=controller.directory,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def _listed(controller: Controller, sandbox: Sandbox, *arguments: str, **options: Any) -> dict[str, Any]:
    """The inventory, with no warning."""
    _write(controller, **options)
    done = _ask(controller, sandbox, "--list", *arguments)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sent(sandbox: Sandbox) -> list[dict[str, Any]]:
    """What has been sent besides logins; nothing but reads, and never too fast."""
    rows = [row for row in sandbox.requests() if row["plan"] != "Auth"]
    assert not [row for row in rows if row["method"] not in READS or row["status"] == 429]
    return rows


def test_users_are_hosts_in_groups(sandbox: Sandbox, controller: Controller) -> None:
    sandbox.reset(time_scale=600, users=20, seats=2, queues=1)
    key = _change(sandbox, 1, **ZOE)
    found = _listed(controller, sandbox)
    hosts = found["_meta"]["hostvars"]
    assert set(hosts) == {"admin@example.com", *(f"user{number:04}@example.com" for number in range(1, 21))}
    zoe = hosts["user0001@example.com"]
    assert (zoe["first_name"], zoe["last_name"]) == ("Zoë", "O'Brien-Nguyễn")
    assert (zoe["extension_id"], zoe["extension_number"], zoe["status"]) == (key, "5001", "Enabled")
    assert zoe["ansible_connection"] == "local"
    assert zoe["ansible_python_interpreter"] == "{{ ansible_playbook_python }}"
    assert not {"password", "ivr_pin"} & set(zoe)
    for group in ("site_Zürich", "department_R_D___Côté", "role_Support_Agent", "role_User_Admin"):
        assert found[group]["hosts"] == ["user0001@example.com"]
    assert found["status_Disabled"]["hosts"] == ["user0017@example.com"]
    assert found["status_NotActivated"]["hosts"] == ["user0011@example.com"]
    assert len(_sent(sandbox)) == 1


def test_a_thousand_a_request(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=2500)
    assert len(_listed(controller, platform)["_meta"]["hostvars"]) == 2501
    assert len(_sent(platform)) == 3


def test_who_is_not_ready(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=4)
    found = _listed(controller, platform, "--list", statuses=["Enabled"])
    assert "not_ready" not in found
    found = _listed(
        controller, platform, "--list", statuses=["Enabled", "Disabled"], readiness=True, group_prefix="rc_"
    )
    enabled = set(found["rc_status_Enabled"]["hosts"])
    assert set(found["rc_not_ready"]["hosts"]) <= enabled
    hosts = found["_meta"]["hostvars"]
    assert all(hosts[name]["read_only"]["readiness"]["can_sign_in"] for name in enabled)


def test_groups_of_ones_own(platform: Sandbox, controller: Controller) -> None:
    _change(platform, 1, **ZOE)
    found = _listed(
        controller,
        platform,
        statuses=["Enabled"],
        default_groups=["status"],
        group_prefix="rc_",
        compose={"full_name": "first_name ~ ' ' ~ last_name"},
        groups={"admins": "'User Admin' in read_only.roles | map(attribute='name')"},
        keyed_groups=[{"key": "site", "prefix": "at"}],
        strict=True,
    )
    full_name = found["_meta"]["hostvars"]["user0001@example.com"][
        "full_name"
    ]  # as ansible-core 2.19 shows what is computed
    assert full_name in ("Zoë O'Brien-Nguyễn", {"__ansible_unsafe": "Zoë O'Brien-Nguyễn"})
    assert found["admins"]["hosts"] == ["user0001@example.com"]
    assert found["at_Zürich"]["hosts"] == ["user0001@example.com"]
    assert len(found["rc_status_Enabled"]["hosts"]) == len(found["_meta"]["hostvars"]) == 19
    assert not [name for name in found if name.startswith(("site", "department", "role"))]
    everything = _listed(controller, platform, types=[], default_groups=[])
    assert set(everything) == {"_meta", "all", "ungrouped"}


def test_names_are_nobody_elses(platform: Sandbox, controller: Controller) -> None:
    shared = {"contact": {"email": "Team@example.com"}}
    _change(platform, 1, **shared)
    _change(platform, 2, contact={"email": "team@example.com"})
    _change(platform, 3, contact={"email": ""})
    _change(platform, 4, contact={"email": "{{7*7}}@example.com", "jobTitle": "{{ 7 * 7 }}"})
    nobody = _change(platform, 5, contact={"email": ""}, extensionNumber="")
    _write(controller)
    done = _ask(controller, platform, "--list")
    hosts = json.loads(done.stdout)["_meta"]["hostvars"]
    assert {"5001", "5002", "5003", "5004", nobody, "user0006@example.com"} <= set(hosts)
    assert not [name for name in hosts if "eam@" in name or "{" in name]
    assert " ".join(done.stderr.split()).count("2 users share the email team@example.com") == 1

    _write(controller, hostname=["read_only.name"])
    _change(platform, 6, **{**ZOE, "name": "Zoë O'Brien-Nguyễn, Esq."})
    graph = _ask(controller, platform, "--graph", "site_Zürich")
    assert graph.stdout.splitlines() == ["@site_Zürich:", "  |--Zoë O'Brien-Nguyễn, Esq."]


def test_what_users_type_is_no_template(platform: Sandbox, controller: Controller) -> None:
    _change(platform, 1, contact={"jobTitle": "{{ 7 * 7 }}"})
    _write(controller, compose={"title": "job_title"})
    playbook = controller.directory / "show.yml"
    task = {"name": "Show", "ansible.builtin.debug": {"msg": "{{ job_title }} is {{ title }}"}}
    playbook.write_text(yaml.safe_dump([{"hosts": "user0001@example.com", "gather_facts": False, "tasks": [task]}]))
    played = controller.play(platform, str(playbook), "-i", "ringcentral.yml")
    assert played.code == 0, played.output
    assert played.task("Show")["result"]["msg"] == "{{ 7 * 7 }} is {{ 7 * 7 }}"


def test_the_cache_saves_requests_and_holds_no_secrets(platform: Sandbox, controller: Controller) -> None:
    cache = {**CACHE, "cache_connection": str(controller.directory / "cache")}
    first = _listed(controller, platform, **cache)
    sent = len(_sent(platform))
    _change(platform, 1, status="Disabled")
    assert _listed(controller, platform, **cache) == first
    assert len(_sent(platform)) == sent == 1
    text = "".join(path.read_text() for path in (controller.directory / "cache").iterdir())
    tokens = platform.door("GET", "sessions")["access_tokens"]
    assert tokens
    for secret in (platform.environment["RC_USER_JWT"], platform.environment["RC_APP_CLIENT_SECRET"], *tokens):
        assert secret not in text

    other = _listed(controller, platform, **cache, statuses=["Disabled"])
    assert set(other["_meta"]["hostvars"]) == {"user0001@example.com", "user0017@example.com"}
    _write(controller, **cache)
    fresh = controller.play(platform, EXAMPLE, "-i", "ringcentral.yml", "--flush-cache", "--list-hosts")
    assert "hosts (2)" in fresh.output, fresh.output
    assert len(_sent(platform)) == 3


def test_a_playbook_over_a_group(platform: Sandbox, controller: Controller) -> None:
    _write(controller)
    check = controller.play(platform, EXAMPLE, "-i", "ringcentral.yml", "--check")
    assert check.code == 0, check.output
    _sent(platform)
    real = controller.play(platform, EXAMPLE, "-i", "ringcentral.yml")
    assert real.code == 0, real.output
    assert "user0017@example.com" in real.output
    assert "changed=1" in real.output
    again = controller.play(platform, EXAMPLE, "-i", "ringcentral.yml")
    assert "changed=0" in again.output, again.output


def test_errors_are_for_people(platform: Sandbox, controller: Controller) -> None:
    _write(controller)
    for variable, value, said in (
        ("RC_APP_CLIENT_SECRET", "not-the-secret-of-this-app", "client_secret (RC_APP_CLIENT_ID"),
        ("RC_APP_CLIENT_ID", "", "No way to log in: client_id (RC_APP_CLIENT_ID)"),
        ("RC_USER_JWT", "not-a-jwt-at-all", "is not a JWT credential"),
        ("RC_SERVER_URL", f"{platform.url}/_sandbox", ""),
    ):
        done = _ask(
            controller, platform, "--list", **{variable: value, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"}
        )
        output = done.stdout + done.stderr
        assert done.returncode != 0, output
        assert said in " ".join(output.split()), output
        assert "Traceback" not in output
        assert value not in output or variable == "RC_SERVER_URL" or not value
    # Ansible itself makes 1 of a `true`.
    for option, value, least, most in (("budget_share", 0, 1, 100), ("max_wait", 40000000, 0, 31622400)):
        _write(controller, **{option: value})
        done = _ask(controller, platform, "--list", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="1")
        said = f"{option} must be a whole number, from {least} to {most}, and is {value}"
        assert done.returncode != 0 and said in " ".join(done.stderr.split()), done.stderr
    _write(controller, statuses=["Gone"])
    wrong = _ask(controller, platform, "--list", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="1")
    assert wrong.returncode != 0
    assert "Gone" in wrong.stderr


@pytest.mark.parametrize(("method", "path"), [("POST", "/oauth/token$"), ("GET", "/extension$")])
def test_a_redirect_takes_nothing_to_another_host(
    platform: Sandbox, controller: Controller, method: str, path: str
) -> None:
    """307 would have the same method and body sent there: the JWT, too."""
    _write(controller, **CACHE, cache_connection=str(controller.directory / "cache"), request_timeout=2)
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        location = f"http://localhost:{elsewhere.getsockname()[1]}/restapi/oauth/token"
        fault = {"method": method, "path": path, "kind": "status", "status": 307, "headers": {"Location": location}}
        platform.door("POST", "faults", fault)
        done = _ask(controller, platform, "--list", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="1")
        assert done.returncode != 0 and "answered 307" in done.stderr and "Check server_url" in done.stderr, done.stderr
        elsewhere.setblocking(False)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    assert not [path for path in (controller.directory / "cache").glob("*") if "example.com" in path.read_text()]


def test_secrets_from_a_vault_and_from_lookups(platform: Sandbox, controller: Controller) -> None:
    password = controller.directory / "vault-password"
    password.write_text("correct horse battery staple")
    secret = subprocess.run(
        ["ansible-vault", "encrypt_string", "--vault-password-file", str(password), "--stdin-name", "client_secret"],
        env=controller.environment(platform),
        input=platform.environment["RC_APP_CLIENT_SECRET"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    path = _write(controller, jwt="{{ lookup('ansible.builtin.env', 'KEPT_JWT') }}")
    path.write_text(path.read_text() + secret)
    more = {"KEPT_JWT": platform.environment["RC_USER_JWT"], "RC_USER_JWT": "", "RC_APP_CLIENT_SECRET": ""}
    done = _ask(controller, platform, "--list", "--vault-password-file", str(password), **more)
    assert not done.stderr, done.stderr
    assert len(json.loads(done.stdout)["_meta"]["hostvars"]) == 21


HOST = "ringcentral.example.test"  # no name server knows it: only the proxy does
ONE_USER = {
    "records": [
        {
            "id": 7,
            "type": "User",
            "status": "Enabled",
            "extensionNumber": "2007",
            "contact": {"firstName": "Dana", "lastName": "Silva", "email": "dana@example.com"},
        }
    ],
    "paging": {"page": 1, "totalPages": 1, "perPage": 1000, "totalElements": 1},
    "navigation": {},
}


@pytest.mark.parametrize("trusted_by", ["ca_path", "REQUESTS_CA_BUNDLE", "nobody"])
def test_it_obeys_https_proxy_no_proxy_requests_ca_bundle_and_ca_path(
    platform: Sandbox, controller: Controller, tmp_path: Path, trusted_by: str
) -> None:
    authority = Authority(tmp_path)
    _write(controller, **({"ca_path": str(authority.path)} if trusted_by == "ca_path" else {}))
    environment = dict.fromkeys(("RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET", "RC_USER_JWT", "NO_PROXY", "no_proxy"), "")
    environment |= {"RC_ACCESS_TOKEN": "ready-token"}
    if trusted_by == "REQUESTS_CA_BUNDLE":
        environment["REQUESTS_CA_BUNDLE"] = str(authority.path)

    def ask(url: str, **more: str) -> subprocess.CompletedProcess[str]:
        return _ask(controller, platform, "--list", **{**environment, "RC_SERVER_URL": url, **more})

    with tls_server(authority.certificate(HOST), ONE_USER) as port, proxy_to(port) as (proxy, asked):
        done = ask(f"https://{HOST}", HTTPS_PROXY=proxy)
        assert set(asked) == {f"{HOST}:443"}
    if trusted_by == "nobody":
        assert "was not accepted" in " ".join(done.stderr.split())
        assert "Set ca_path, or the environment variable REQUESTS_CA_BUNDLE," in " ".join(done.stderr.split())
        assert "ready-token" not in done.stderr
        return
    assert "dana@example.com" in json.loads(done.stdout)["_meta"]["hostvars"], done.stderr

    with tls_server(authority.certificate(), ONE_USER) as port, proxy_to(port) as (proxy, asked):
        done = ask(f"https://127.0.0.1:{port}", HTTPS_PROXY=proxy, NO_PROXY="127.0.0.1")
        assert "dana@example.com" in json.loads(done.stdout)["_meta"]["hostvars"], done.stderr
        assert asked == []
