# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs at once over one account, as AWX runs slices and impatient people start a job twice: nothing shared but Redis."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.redis_server import COMMAND, RedisServer
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

PEOPLE = [f"Zoë,O'Brien-Nguyễn {n},new{n:03}@example.com,Support Agent" for n in range(60)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RedisServer]:
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def _onboard(tmp_path: Path, sandbox: Sandbox, store: RedisServer, lists: list[list[str]]) -> list[tuple[int, str]]:
    """One job for each list, all at once, each on a host of its own."""
    jobs = []
    for number, people in enumerate(lists):
        directory = tmp_path / f"host-{number}-{len(list(tmp_path.iterdir()))}"
        controller = Controller(directory)
        (directory / "people.csv").write_text("\n".join(["First name,Last name,E-mail,Roles", *people]) + "\n")
        environment = controller.environment(sandbox, RC_STORE_URL=store.url)
        del environment["ANSIBLE_CALLBACKS_ENABLED"]
        jobs.append(
            subprocess.Popen(
                ["ansible-playbook", "itops.ringcentral.onboard", "-e", "people_file=people.csv"],
                cwd=directory,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    outputs = [job.communicate(timeout=600)[0] for job in jobs]
    return [(job.returncode, output) for job, output in zip(jobs, outputs)]


def _addresses(sandbox: Sandbox) -> Counter[str]:
    found = [(record.get("contact") or {}).get("email", "") for record in sandbox.extensions()]
    return Counter(address for address in found if address.startswith("new"))


def test_slices_share_one_budget(platform: Sandbox, tmp_path: Path, store: RedisServer) -> None:
    platform.reset(time_scale=60, users=5)
    done = _onboard(tmp_path, platform, store, [PEOPLE[0::3], PEOPLE[1::3], PEOPLE[2::3]])
    assert [code for code, _output in done] == [0, 0, 0], done
    assert set(_addresses(platform).values()) == {1} and len(_addresses(platform)) == 60
    stats = platform.door("GET", "stats")
    assert not stats["429s"] and stats["logins"] == 1


def test_a_job_that_was_started_twice_harms_nobody(platform: Sandbox, tmp_path: Path, store: RedisServer) -> None:
    """Whom the other job has created meanwhile is taken over; nobody is there twice, and once more changes nothing."""
    platform.reset(time_scale=60, users=5)
    done = _onboard(tmp_path, platform, store, [PEOPLE, PEOPLE])
    assert set(_addresses(platform).values()) == {1} and len(_addresses(platform)) == 60
    assert [code for code, _output in done] == [0, 0], done
    again = _onboard(tmp_path, platform, store, [PEOPLE])
    assert again[0][0] == 0 and "changed=0" in again[0][1], again
    assert not platform.door("GET", "stats")["429s"]
    roles = {role["displayName"] for record in platform.extensions() for role in record.get("roles") or []
             if (record.get("contact") or {}).get("email", "").startswith("new")}  # fmt: skip
    assert roles == {"Support Agent"}
