# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's limiter: first in a time that the test moves by hand, then over HTTP."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.sandbox.clock import Clock
from ansible_collections.itops.ringcentral.tests.sandbox.limits import Limiter
from ansible_collections.itops.ringcentral.tests.sandbox.settings import Settings

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

STILL = 0.000_01  # a time scale at which the sandbox's minute lasts for months


class HandClock(Clock):
    """Moves only when asked to."""

    def __init__(self) -> None:
        super().__init__(1.0)
        self.at = 1000.0

    def now(self) -> float:
        return self.at


class Client:
    """One app's and user's requests in one group."""

    def __init__(self, limits: str = "") -> None:
        self.clock = HandClock()
        self.limiter = Limiter(Settings(limits=limits), self.clock)

    def passes(self, group: str = "light", app: str = "app", user: str = "user") -> bool:
        return self.limiter.admit(app, user, group)[0]

    def remaining(self) -> str:
        return self.limiter.admit("app", "user", "light")[1]["X-Rate-Limit-Remaining"]


@pytest.mark.parametrize(("group", "limit"), [("light", 50), ("medium", 40), ("heavy", 10), ("auth", 5), ("odd", 40)])
def test_the_usual_limits(group: str, limit: int) -> None:
    client = Client()
    assert [client.passes(group) for _count in range(limit + 1)] == [True] * limit + [False]


def test_the_window_slides() -> None:
    client = Client("light=2/60")
    assert client.passes()
    client.clock.at += 30
    assert client.passes()
    client.clock.at += 30  # the first is a window old, the second is not
    assert client.passes()
    assert not client.passes()


def test_a_refusal_costs_a_minute_and_each_knock_another() -> None:
    client = Client("light=1/10")
    assert client.passes()
    assert not client.passes()
    for _knock in range(3):
        client.clock.at += 59.9  # the window is long over, the penalty is not
        assert not client.passes()
    client.clock.at += 60
    assert client.passes()


def test_requests_that_were_refused_are_not_counted() -> None:
    client = Client("light=2/600")
    for at in (0, 1, 2, 300):
        client.clock.at = 1000.0 + at
        client.passes()
    client.clock.at = 1000.0 + 602
    assert [client.passes(), client.passes(), client.passes()] == [True, True, False]


def test_budgets_are_apart() -> None:
    client = Client("light=1/60,heavy=1/60")
    assert client.passes()
    assert not client.passes()
    assert client.passes(group="heavy")
    assert client.passes(app="other")
    assert client.passes(user="other")


def test_remaining_counts_down() -> None:
    client = Client("light=3/60")
    assert [client.remaining() for _count in range(4)] == ["2", "1", "0", "0"]
    client.clock.at += 60
    assert client.remaining() == "2"


@pytest.mark.parametrize(
    ("scale", "seconds", "told"),
    [(1, 60, "60"), (60, 60, "1"), (600, 60, "0.1"), (7, 60, "8.572"), (3600, 60, "0.017")],
)
def test_headers_tell_the_clients_time_and_never_too_little(scale: float, seconds: float, told: str) -> None:
    assert Clock(scale).header(seconds) == told
    assert float(told) * scale >= seconds


# --- over HTTP ---------------------------------------------------------------------------------


def limits_of(answer: Any) -> dict[str, str]:
    return {name[13:]: value for name, value in answer.headers.items() if name.startswith("x-rate-limit-")}


def test_every_answer_tells_its_limit(sandbox: Sandbox) -> None:
    sandbox.reset(limits="", time_scale=600)
    app = sandbox.credentials()
    answers = {
        "light": sandbox.call("GET", "/sites"),
        "medium": sandbox.call("GET", "/extension", params={"page": "none"}),
        "heavy": sandbox.call("POST", "/extension-bulk-update", {}),
        "auth": sandbox.login({"grant_type": "client_credentials"}, app),
    }
    assert [answer.status_code for answer in answers.values()] == [200, 400, 400, 200]
    for (group, answer), limit in zip(answers.items(), (50, 40, 10, 5), strict=True):
        remaining = str(limit - 1)
        assert limits_of(answer) == {"group": group, "limit": str(limit), "remaining": remaining, "window": "0.1"}
        assert "Retry-After" not in answer.headers
        assert answer.headers["RCRequestId"]


@pytest.mark.parametrize(("path", "limit"), [("/sites", 50), ("/extension", 40)])
def test_the_request_beyond_the_limit(sandbox: Sandbox, path: str, limit: int) -> None:
    sandbox.reset(limits="", time_scale=STILL)
    statuses = [sandbox.call("GET", path).status_code for _count in range(limit + 2)]
    assert statuses == [200] * limit + [429] * 2
    refused = sandbox.call("GET", path)
    assert refused.json()["errors"][0]["errorCode"] == "CMN-301"
    assert refused.headers["Retry-After"] == refused.headers["X-Rate-Limit-Window"] == "6000000"
    assert refused.headers["X-Rate-Limit-Remaining"] == "0"
    assert sandbox.call("GET", "" if path != "/sites" else "/extension").status_code == 200
    group = "Light" if path == "/sites" else "Medium"
    assert sandbox.door("GET", "stats")["429s"] == {group: 3}


def test_logins_are_limited(sandbox: Sandbox) -> None:
    sandbox.reset(limits="", time_scale=STILL)
    app = sandbox.credentials()
    form = {"grant_type": "client_credentials"}
    assert [sandbox.login(form, app).status_code for _count in range(6)] == [200] * 5 + [429]


def test_a_request_that_was_refused_did_nothing(sandbox: Sandbox) -> None:
    sandbox.reset(limits="Medium=1/60", time_scale=STILL)
    sandbox.call("GET", "/extension")
    body = {"contact": {"firstName": "Ann", "email": "ann@example.com"}}
    assert sandbox.refusal("POST", "/extension", body) == (429, "CMN-301", None)
    assert "ann@example.com" not in sandbox.everyone()


def test_other_limits_and_groups(sandbox: Sandbox) -> None:
    limits, groups = "Heavy=2/600,Directory=1/60", "listSites=Heavy,listUserRoles=Directory"
    sandbox.reset(limits=limits, groups=groups, time_scale=STILL)
    sites, roles = sandbox.call("GET", "/sites"), sandbox.call("GET", "/user-role")
    assert limits_of(sites) == {"group": "heavy", "limit": "2", "remaining": "1", "window": "60000000"}
    assert limits_of(roles) == {"group": "directory", "limit": "1", "remaining": "0", "window": "6000000"}
    assert sandbox.call("GET", "/user-role").status_code == 429
    assert sandbox.call("GET", "/sites").status_code == 200
    assert sandbox.call("GET", "/sites").status_code == 429
    assert sandbox.call("GET", "/custom-fields").status_code == 200


def test_each_app_has_its_own_budget(sandbox: Sandbox) -> None:
    sandbox.reset(limits="Light=1/60", time_scale=STILL)
    other = sandbox.credentials()["access_token"]
    assert sandbox.call("GET", "/sites").status_code == 200
    assert sandbox.call("GET", "/sites").status_code == 429
    assert sandbox.call("GET", "/sites", token=other).status_code == 200


def test_the_penalty_passes_for_those_who_wait_it_out(sandbox: Sandbox) -> None:
    sandbox.reset(limits="Light=1/30", time_scale=600)
    while (refused := sandbox.call("GET", "/sites")).status_code == 200:
        pass
    penalty = float(refused.headers["Retry-After"])
    assert penalty == 0.1
    for _knock in range(8):
        before = time.monotonic()
        time.sleep(penalty / 4)
        status = sandbox.call("GET", "/sites").status_code
        # On a machine that slept through the penalty, nothing can be said.
        assert status == 429 or time.monotonic() - before > penalty
    time.sleep(penalty)
    assert sandbox.call("GET", "/sites").status_code == 200
