# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples for repositories that exist already (docs/adopting.md), run as they stand."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import READS, ROOT, Sandbox

ADOPTING = ROOT / "examples/adopting"
PEOPLE = "First name,Last name,E-mail\nZoë,O'Brien-Nguyễn,zoe@example.com\n"
NOWHERE = dict.fromkeys(("RC_SERVER_URL", "RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET", "RC_USER_JWT"), "")


def _writes(sandbox: Sandbox, since: int = 0) -> list[dict[str, Any]]:
    return [row for row in sandbox.requests(since) if row["method"] not in READS and row["plan"] != "Auth"]


@pytest.fixture
def repository(controller: Controller) -> Path:
    """A copy of the example, with a list of people next to it."""
    copy = controller.directory / "repository"
    shutil.copytree(ADOPTING / "repository", copy)
    (copy / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return copy


def _play(controller: Controller, sandbox: Sandbox, *arguments: str, **more: str) -> str:
    given = ("-i", "repository/inventory", "-e", "people_file=repository/people.csv", *arguments)
    given += ("-e", f"ringcentral_server_url={sandbox.url}")
    played = controller.play(sandbox, "repository/ringcentral.yml", *given, **{**NOWHERE, **more})
    assert played.code == 0, played.output
    assert sandbox.extension("zoe@example.com")
    for name in ("RC_APP_CLIENT_SECRET", "RC_USER_JWT"):
        assert sandbox.environment[name] not in played.output
    return played.output


def test_secrets_in_an_encrypted_file(platform: Sandbox, controller: Controller, repository: Path) -> None:
    example = yaml.safe_load((repository / "vault.example.yml").read_text())
    secrets = {name: platform.environment[_variable(name)] for name in example}
    vault, password = repository / "group_vars/all/vault.yml", controller.directory / "password"
    vault.write_text(yaml.safe_dump(secrets))
    password.write_text("a long password of the test")
    subprocess.run(
        [Path(sys.executable).parent / "ansible-vault", "encrypt", "--vault-password-file", password, vault],
        check=True,
        capture_output=True,
    )
    assert vault.read_text().startswith("$ANSIBLE_VAULT")
    _play(controller, platform, "--vault-password-file", str(password))
    again = _play(controller, platform, "--vault-password-file", str(password))
    assert "changed=0" in again


def _variable(name: str) -> str:
    """The environment variable that stands for a variable of the vault file, or a field of the secret."""
    short = name.removeprefix("vault_ringcentral_")
    return {"jwt": "RC_USER_JWT"}.get(short, f"RC_APP_{short.upper()}")


def test_secrets_in_hashicorp_vault(platform: Sandbox, controller: Controller, repository: Path) -> None:
    """With a Vault that knows the one secret, and reports it to anyone who has the token."""
    controller.borrow("community")
    shutil.move(repository / "hashicorp_vault.yml", repository / "group_vars/all/ringcentral.yml")
    secret = {field: platform.environment[_variable(field)] for field in ("client_id", "client_secret", "jwt")}

    class Vault(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/v1/secret/data/ringcentral/app" and self.headers["X-Vault-Token"] == "a Vault token"
            body = json.dumps({"data": {"data": secret, "metadata": {}}} if known else {"errors": []}).encode()
            self.send_response(200 if known else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            return

    vault = ThreadingHTTPServer(("127.0.0.1", 0), Vault)
    threading.Thread(target=vault.serve_forever, daemon=True).start()
    try:
        _play(controller, platform, VAULT_ADDR=f"http://127.0.0.1:{vault.server_port}", VAULT_TOKEN="a Vault token")
    finally:
        vault.shutdown()
        vault.server_close()


def test_from_requests_by_hand_to_modules(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=20, users=5)  # so that the playbook's own token outlives it on a busy machine
    names = {"zoe": "Zoë", "liam": "Liam"}
    users = [
        {"email": f"{key}@example.com", "first_name": name, "last_name": "Ng", "department": "Sales"}
        for key, name in names.items()
    ]
    assert controller.play(platform, [{"itops.ringcentral.rc_bulk_users": {"users": users}}]).code == 0

    def departments() -> list[str]:
        return [(platform.extension(f"{key}@example.com") or {})["contact"]["department"] for key in names]

    for _run in range(2):  # by hand, a second run writes as much as the first
        seen = platform.request_count()
        before = controller.play(platform, str(ADOPTING / "uri_before.yml"))
        assert before.code == 0, before.output
        assert departments() == ["Support", "Support"]
        assert len(_writes(platform, seen)) == 2
    seen = platform.request_count()
    after = controller.play(platform, str(ADOPTING / "modules_after.yml"))
    assert after.code == 0 and "changed=0" in after.output, after.output
    assert not _writes(platform, seen)
    assert len(platform.requests(seen)) <= 3  # as the guide says
    for key in names:
        platform.door("PATCH", f"extensions/{(platform.extension(f'{key}@example.com') or {})['id']}", {
            "contact": {"department": "Sales"}
        })  # fmt: skip
    after = controller.play(platform, str(ADOPTING / "modules_after.yml"))
    assert after.code == 0 and "changed=1" in after.output, after.output
    assert departments() == ["Support", "Support"]


def test_from_a_spreadsheet(platform: Sandbox, controller: Controller) -> None:
    """With a byte order mark and the line ends of Windows, as a spreadsheet saves it."""
    more = '{"onboard_users_ignore_columns": ["Start date"]}'
    file = controller.directory / "spreadsheet.csv"
    text = (ADOPTING / "spreadsheet.csv").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8-sig", newline="\r\n")
    played = controller.play(platform, "itops.ringcentral.onboard", "-e", f"people_file={file}", "-e", more)
    assert played.code == 0, played.output
    found = platform.extension("zoe@example.com") or {}
    assert found["contact"]["firstName"] == "Zoë" and found["extensionNumber"] == "2042"


def _github() -> tuple[list[str], list[str]]:
    jobs = yaml.safe_load((ADOPTING / "pipelines/github.yml").read_text())["jobs"]
    shells = {
        name: [step["run"] for step in job["steps"] if step.get("name") == name.capitalize()]
        for name, job in jobs.items()
    }
    return shells["plan"], shells["apply"]


def _gitlab() -> tuple[list[str], list[str]]:
    file = yaml.safe_load((ADOPTING / "pipelines/gitlab.yml").read_text())
    plan, apply = (
        [line for line in file[job]["script"] if not line.startswith(("curl ", "mkdir "))] for job in ("plan", "apply")
    )
    return plan, apply


@pytest.fixture(params=[_github, _gitlab], ids=["github", "gitlab"])
def pipeline(request: pytest.FixtureRequest) -> Iterator[tuple[list[str], list[str]]]:
    """What a pipeline does on a request to merge, and after it; how it installs is left out."""
    yield request.param()


def test_a_pipeline_plans_and_applies(
    platform: Sandbox, controller: Controller, pipeline: tuple[list[str], list[str]]
) -> None:
    (controller.directory / "people.csv").write_text(PEOPLE, encoding="utf-8")
    planned, applied = pipeline
    report = controller.directory / "reports/onboarding-report.html"
    for line in planned:
        _run(controller, platform, line)
    assert report.exists()
    assert not _writes(platform)
    report.unlink()
    # What the forge keeps in between is its own to prove: the plan itself goes from one job to the other.
    (controller.directory / "approved").mkdir()
    (controller.directory / "reports/plan.json").rename(controller.directory / "approved/plan.json")
    for line in applied:
        _run(controller, platform, line)
    assert report.exists()
    assert platform.extension("zoe@example.com")


def _run(controller: Controller, sandbox: Sandbox, line: str) -> None:
    command, playbook, *arguments = shlex.split(line)
    assert command == "ansible-playbook"
    played = controller.play(sandbox, playbook, *arguments)
    assert played.code == 0, played.output
