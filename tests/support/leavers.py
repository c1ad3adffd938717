# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave, come back and are deleted, by modules and filters as the role takes them."""

from __future__ import annotations

from typing import Any

from ansible_collections.itops.ringcentral.plugins.filter.offboarding import (
    offboarding_users,
    rehire_calls,
    rehire_plan,
    rehire_users,
)
from ansible_collections.itops.ringcentral.plugins.lookup.internal import offboarding_find
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.outcomes import KINDS

from .modules import Modules

Json = dict[str, Any]
TODAY, LATER = "2026-11-24", "2026-12-24"
SETTINGS: Json = {"today": TODAY, "grace_days": 30, "successor": "user0009@example.com"}
OFF = ["recording", "notifications"]
LIMITS = {"max_percent": 100, "max_deletions": 1}


class Leavers:
    """Each step is what a task of the role hands to the next one."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.sandbox = modules.sandbox
        self.snapshots = str(modules.directory / "snapshots")
        self.there: Json = {}  # the account's extensions then
        self.queues: list[str] = []  # ids of those that there were when somebody was found

    def run(self, module: str, check_mode: bool = False, **options: Any) -> Json:
        result: Json = self.modules.run(module, check_mode, **options)["result"]
        return result

    def found(self, *people: Json, **settings: Any) -> list[Json]:
        extensions = self.there = self.run("rc_extension_info")
        lines = [{"line": number, "errors": [], **person} for number, person in enumerate(people, 2)]
        given: Any = {**SETTINGS, **settings}
        [found] = offboarding_find(lines, extensions, settings=given)
        self.queues = found["queues"]
        entries: list[Json] = found["entries"]
        return entries

    def leave(self, entries: list[Json], check_mode: bool = False, today: str = TODAY) -> tuple[Json, bool]:
        """The result for everybody, and whether anything changed."""
        options = {
            "limits": LIMITS,
            "today": today,
            "snapshot_dir": self.snapshots,
            "account_users": 34,
            "turn_off": OFF,
        }
        done = self.run("rc_offboard_users", check_mode, users=offboarding_users(entries), **options)
        reported = {"found": entries, "day": today}
        return KINDS["offboarding"].outcome(reported, _registered(done=done), check_mode), bool(done["changed"])

    def come_back(self, entries: list[Json]) -> tuple[Json, bool]:
        ids = [entry["extension_id"] for entry in entries]
        kept = self.run("rc_user_snapshot", True, extension_ids=ids, directory=self.snapshots, parts=["forwarding"])
        planned = rehire_plan(entries, kept["snapshots"])
        known = {"users": [entry["now"] for entry in planned], "account_users": 34}
        enabled = self.run("rc_bulk_users", users=rehire_users(planned), known=known, check_licenses="no")
        handed = self.run("rc_bulk_calls", users=rehire_calls(planned, self.queues, enabled))
        now = self.run("rc_user_snapshot", extension_ids=ids, parts=["queues"], complete=False)
        results = _registered(there=self.there, snapshots=kept, now=now, enabled=enabled, handed=handed)
        outcome = KINDS["rehire"].outcome({"planned": planned, "queues": self.queues}, results, False)
        back = outcome["restored"]
        self.run("rc_user_snapshot", extension_ids=back, restored=back, directory=self.snapshots, parts=[])
        return outcome, bool(enabled["changed"] or handed["changed"])

    def due(self, day: str, **options: Any) -> Json:
        return self.run("rc_leaver_info", today=day, **options)

    def purge(self, due: Json, limits: Json, check_mode: bool = False) -> Json:
        options = {"users": due["users"], "state": "absent", "only_status": ["Disabled"], "limits": limits}
        deleted = self.run("rc_bulk_users", check_mode, **options, check_licenses="no") if due["due"] else {}
        return KINDS["purge"].outcome(due, _registered(deleted=deleted), check_mode)

    def state(self, email: str) -> tuple[str, set[str], set[str]]:
        """Status, numbers and queues of somebody."""
        person = self.sandbox.extension(email)
        assert person
        numbers = self.sandbox.door("GET", "numbers")["numbers"]
        queues = self.sandbox.door("GET", "queues")["queues"]
        return (
            person["status"],
            {item["phoneNumber"] for item in numbers if item["extension"] == person["id"]},
            {queue["name"] for queue in queues if person["id"] in queue["members"]},
        )


def _registered(**results: Any) -> Any:
    """Results by the names under which the role has registered them."""
    return results
