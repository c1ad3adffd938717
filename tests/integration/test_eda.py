# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebooks, run by ansible-rulebook as they are, and what their playbooks do."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import yaml
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox

TOKEN = "a-verification-token-of-good-length"
ADDRESS = "/restapi/v1.0/subscription"

pytestmark = pytest.mark.skipif(
    not shutil.which("java"), reason="ansible-rulebook needs Java 17, and there is none here"
)


class Rulebook:
    """ansible-rulebook with one rulebook, in a directory of its own."""

    def __init__(self, controller: Controller, sandbox: Sandbox, rulebook: str, variables: dict[str, Any]) -> None:
        here = controller.directory
        (here / "inventory").write_text("localhost ansible_connection=local\n")
        (here / "settings.yml").write_text(yaml.safe_dump(variables))
        self.log = here / "rulebook.log"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                ["ansible-rulebook", "-v", "-r", rulebook, "-i", "inventory", "--vars", "settings.yml"],
                cwd=here,
                env=controller.environment(sandbox, RC_WEBHOOK_TOKEN=TOKEN),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def until(self, good: Callable[[], Any]) -> None:
        """Wait until something is so; fails, with the log, if it ends before or two minutes have passed."""
        for _count in range(1200):
            if good():
                return
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"it did not happen:\n{self.log.read_text()}")

    def says(self, text: str) -> int:
        return self.log.read_text().count(text)

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        finally:
            self._process.kill()


@pytest.fixture
def follow(controller: Controller, platform: Sandbox) -> Iterator[Callable[..., Rulebook]]:
    running: list[Rulebook] = []

    def start(rulebook: str, **variables: Any) -> Rulebook:
        running.append(Rulebook(controller, platform, rulebook, variables))
        return running[-1]

    platform.reset(time_scale=60, users=12, queues=4)
    yield start
    for rulebook in running:
        rulebook.end()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _rest(sandbox: Sandbox, method: str, path: str, body: Any) -> Any:
    access = sandbox.door("POST", "credentials", {})["access_token"]
    headers = {"Authorization": f"Bearer {access}"}
    answer = requests.request(method, f"{sandbox.url}{path}", json=body, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _subscribe(sandbox: Sandbox, port: int, filters: list[str]) -> str:
    mode = {"transportType": "WebHook", "address": f"http://127.0.0.1:{port}/ringcentral", "verificationToken": TOKEN}
    made = _rest(sandbox, "POST", ADDRESS, {"eventFilters": filters, "deliveryMode": mode})
    return str(made["id"])


def test_somebody_new_makes_a_drift_report(
    follow: Callable[..., Rulebook], platform: Sandbox, controller: Controller
) -> None:
    people = controller.directory / "people.csv"
    rows = [
        f"{record['contact']['firstName']},{record['contact']['lastName']},{record['contact']['email']}"
        for record in platform.extensions()
        if record["type"] == "User"
    ]
    people.write_text("\n".join(["First name,Last name,E-mail", *rows, ""]), encoding="utf-8")
    reports = controller.directory / "reports"
    rulebook = follow("itops.ringcentral.new_extension", people_file=str(people), drift_report_dir=str(reports))
    rulebook.until(lambda: rulebook.says("Connected to RingCentral"))
    contact = {"firstName": "Nina", "lastName": "Nobody", "email": "nina@example.com"}
    made = _rest(platform, "POST", "/restapi/v1.0/account/~/extension", {"type": "User", "contact": contact})
    rulebook.until(lambda: rulebook.says("PLAY RECAP"))
    assert rulebook.says("failed=0"), rulebook.log.read_text()
    report = json.loads((reports / "drift-report.json").read_text())
    assert report["counts"]["extra"] == 1
    assert str(made["id"]) in json.dumps(report["people"])


def test_changes_make_one_plan_that_waits(
    follow: Callable[..., Rulebook], platform: Sandbox, controller: Controller
) -> None:
    def users() -> list[Any]:
        return [record["contact"] for record in platform.extensions() if record["type"] == "User"]

    people = controller.directory / "people.csv"
    rows = [f"{contact['firstName']},{contact['lastName']},{contact['email']},Sales" for contact in users()]
    people.write_text("\n".join(["First name,Last name,E-mail,Department", *rows, ""]), encoding="utf-8")
    plans = controller.directory / "plans"
    plans.mkdir()
    shipped = (ROOT / "extensions" / "eda" / "rulebooks" / "drift_plan.yml").read_text(encoding="utf-8")
    sooner = controller.directory / "drift_plan.yml"
    sooner.write_text(shipped.replace("once_after: 5 minutes", "once_after: 5 seconds"), encoding="utf-8")
    rulebook = follow(
        str(sooner), people_file=str(people), drift_plan_dir=str(plans), drift_report_dir=str(controller.directory)
    )
    rulebook.until(lambda: rulebook.says("Connected to RingCentral"))
    changed = platform.extension("user0007@example.com")
    assert changed
    for department in ("Legal", "Finance"):
        platform.door("PATCH", f"extensions/{changed['id']}", {"contact": {"department": department}})
    before = users()
    rulebook.until(lambda: rulebook.says("PLAY RECAP"))
    assert rulebook.says("failed=0"), rulebook.log.read_text()
    assert len(list(plans.glob("drift-plan-*.json"))) == 1
    assert users() == before


def test_somebody_who_is_suspended_is_handed_over_once(
    follow: Callable[..., Rulebook], platform: Sandbox, controller: Controller
) -> None:
    leaver, successor = (platform.extension(f"user000{n}@example.com") for n in (7, 9))
    assert leaver and successor
    had = _numbers(platform, leaver["id"])
    assert had
    snapshots = controller.directory / "snapshots"
    rulebook = follow(
        "itops.ringcentral.leaver_disabled",
        offboard_users_successor="user0009@example.com",
        offboard_users_snapshot_dir=str(snapshots),
        offboard_users_report_dir=str(controller.directory / "reports"),
    )
    rulebook.until(lambda: rulebook.says("Connected to RingCentral"))
    # Another change, and of somebody else, is none of its business.
    platform.door("PATCH", f"extensions/{leaver['id']}", {"contact": {"department": "Sales"}})
    platform.door("PATCH", f"extensions/{successor['id']}", {"contact": {"department": "Sales"}})
    platform.door("PATCH", f"extensions/{leaver['id']}", {"status": "Disabled"})
    rulebook.until(lambda: rulebook.says("PLAY RECAP"))
    assert rulebook.says("failed=0"), rulebook.log.read_text()
    assert not _numbers(platform, leaver["id"])
    assert had <= _numbers(platform, successor["id"])
    assert not any(leaver["id"] in queue["members"] for queue in platform.door("GET", "queues")["queues"])
    assert (snapshots / f"{leaver['id']}.json").exists()

    # What that changed, and a further change, were reported; a second leaver's turn comes after them.
    platform.door("PATCH", f"extensions/{leaver['id']}", {"contact": {"department": "Gone"}})
    platform.door("PATCH", f"extensions/{platform.extension('user0008@example.com')['id']}", {"status": "Disabled"})
    rulebook.until(lambda: rulebook.says("PLAY RECAP") == 2)
    played = (controller.directory / "reports/offboarding-report.json").read_text()
    assert "user0008@example.com" in played and "user0007@example.com" not in played


def _numbers(sandbox: Sandbox, owner: int) -> set[str]:
    numbers = sandbox.door("GET", "numbers")["numbers"]
    return {item["phoneNumber"] for item in numbers if item["extension"] == owner}


def test_a_burst_reaches_the_rulebook_once_each(
    follow: Callable[..., Rulebook], platform: Sandbox, controller: Controller
) -> None:
    port = _free_port()
    rules = [
        {
            "name": "Everything",
            "hosts": "localhost",
            "sources": [{"itops.ringcentral.webhook": {"host": "127.0.0.1", "port": "{{ port }}"}}],
            "rules": [
                {
                    "name": "See",
                    "condition": "event.ringcentral.kind == 'extension'",
                    "action": {"debug": {"msg": "seen [{{ event.ringcentral.uuid }}]"}},
                }
            ],
        }
    ]
    (controller.directory / "everything.yml").write_text(yaml.safe_dump(rules))
    rulebook = follow("everything.yml", port=port)
    rulebook.until(lambda: rulebook.says("Waiting for RingCentral's calls"))
    _subscribe(platform, port, ["/restapi/v1.0/account/~/extension"])
    platform.door("POST", "events", {"count": 1000})
    rulebook.until(lambda: rulebook.says("seen [") >= 1000)
    platform.door("POST", "events", {"count": 1, "uuid": "the-last"})
    rulebook.until(lambda: rulebook.says("seen [the-last]"))
    seen = Counter(part.partition("]")[0] for part in rulebook.log.read_text().split("seen [")[1:])
    assert len(seen) == 1001 and set(seen.values()) == {1}


def test_a_subscription_that_is_about_to_end_is_renewed(
    follow: Callable[..., Rulebook], platform: Sandbox, controller: Controller
) -> None:
    port = _free_port()
    address = f"http://127.0.0.1:{port}/ringcentral"
    wanted = [
        {
            "address": address,
            "event_filters": ["extension_list", "reminder"],
            "renew_before": 300_000,  # more than the three days from which on RingCentral reminds
            "verification_token": TOKEN,
        }
    ]
    subscriptions = controller.directory / "subscriptions.yml"
    subscriptions.write_text(yaml.safe_dump({"subscriptions": wanted}))
    reports = controller.directory / "reports"
    rulebook = follow(
        "itops.ringcentral.subscription_lapsing",
        webhook_port=port,
        subscriptions_file=str(subscriptions),
        event_subscriptions_report_dir=str(reports),
    )
    rulebook.until(lambda: rulebook.says("Waiting for RingCentral's calls"))
    made = controller.play(
        platform, "itops.ringcentral.renew_subscriptions", "-e", f"subscriptions_file={subscriptions}"
    )
    assert made.code == 0, made.output
    (before,) = platform.door("GET", "subscriptions")["subscriptions"]
    platform.door("POST", f"subscriptions/{before['id']}", {"expires_in": 200_000})
    rulebook.until(lambda: rulebook.says("PLAY RECAP"))
    assert rulebook.says("failed=0"), rulebook.log.read_text()
    (after,) = platform.door("GET", "subscriptions")["subscriptions"]
    assert after["id"] == before["id"]
    assert after["expiresIn"] > 300_000
    assert (reports / "event-subscriptions-report.json").exists()
