# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding by plan files. A run suspends people before it reads what they have; by an approved plan all of it is read first.

So the people of such a run are read twice: once to compare, as in check mode, and once as every run does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._resources import account
from ..._resources.fields import Json
from .._run import plan_file
from .._run.approval import Approval, count_left_alone, drift, is_left_alone
from .._run.context import Context, Result
from .._run.plan_file import SUSPENDED, UPDATED, Entry
from .._run.words import counted, some_failed
from ..bulk_users.approved import identity_of
from ..mark import Mark
from .leaver import SUSPEND
from .run import OffboardRun

_COMMENT = "status_comment"


def offboard_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Suspend people who leave, keep what they have, and hand over their calls and numbers."""
    approval = Approval(context, options, "rc_offboard_users")
    if not approval:
        return OffboardRun(context, options).run()
    approval.open(account.own_id(context.client))
    run = OffboardRun(replace(context, check_mode=True), options)
    looked = run.run()
    rows: list[Json] = looked.values["records"]
    entries = [
        _entry_of(row, user, run.leavers[row["extension_id"]].record, options)
        for row, user in zip(rows, options["users"])
    ]
    failed = {entry.key: _first_error(row) for entry, row in zip(entries, rows) if row["errors"]}
    sound = [entry for entry in entries if entry.key not in failed]
    if approval.writes:
        left_out = [{"who": entry.who, "why": failed[entry.key]} for entry in entries if entry.key in failed]
        approval.write(sound, left_out, looked.values["estimate"])
        looked.values.update(approval.as_returned())
        return looked
    why = approval.differences(sound, failed)
    for entry, row in zip(entries, rows):
        if entry.key in why:
            row["errors"] = [{**drift(why[entry.key]), "stage": SUSPEND}]
        if row["errors"]:
            row.update(status="failed", changed=False, diff={"before": {}, "after": {}})
    if context.check_mode:
        return _merged(looked, rows, approval)
    left = {entry.key for entry, row in zip(entries, rows) if not row["errors"]}
    rest = [user for entry, user in zip(entries, options["users"]) if entry.key in left]
    if any(entry.action for entry in entries if entry.key in left):
        approval.begin()
    done = OffboardRun(context, {**options, "users": rest}).run()
    now = {row["extension_id"]: row for row in done.values["records"]}
    rows = [now.get(row["extension_id"], row) for row in rows]
    approval.end(
        [entry.key for entry, row in zip(entries, rows) if row["status"] == "ok"],
        all(row["status"] == "ok" or is_left_alone(row) for row in rows),
    )
    return _merged(done, rows, approval)


def _entry_of(row: Json, user: Mapping[str, Any], record: Json, options: Mapping[str, Any]) -> Entry:
    """One leaver of a plan, by what check mode found."""
    before, after = dict(row["diff"]["before"]), dict(row["diff"]["after"])
    if Mark.read(after.get(_COMMENT)):  # its dates and code are of the day on which somebody is suspended
        days = options["grace_days"]
        after[_COMMENT] = (
            f"the mark of the last day ({user.get('last_day') or 'the day itself'}), and {counted(days, 'day')} of grace"
        )
    changes = plan_file.changes_between(before, after)
    action = (SUSPENDED if changes.get("status", {}).get("now") == "Disabled" else UPDATED) if changes else ""
    wanted = {**user, "stages": options["stages"], "turn_off": options["turn_off"]}
    key = plan_file.key_of(user, ("extension_id",))
    who = str(row["label"])
    digest = plan_file.digest_of(wanted)
    return Entry(key, who, str(row["extension_id"]), action, changes, digest, identity=identity_of(record))


def _first_error(row: Mapping[str, Any]) -> str:
    return str(row["errors"][0]["message"])


def _merged(result: Result, rows: list[Json], approval: Approval) -> Result:
    """The result of a run over those who are as approved, with the rows of all."""
    moved = {row["label"]: row["diff"] for row in rows if row["diff"]["after"]}
    failures = [f"{row['label']}: {_first_error(row)}" for row in rows if row["status"] != "ok"]
    values = {**result.values, "records": rows, **approval.as_returned()}
    values["summary"] = {**values["summary"], "users": len(rows), "failed": len(failures)}
    written = {name: value for name, value in result.after.items() if name == "written"}
    return Result(
        values,
        changed=any(row["changed"] for row in rows) if approval.checks else result.changed,
        before={label: diff["before"] for label, diff in moved.items()},
        after={**{label: diff["after"] for label, diff in moved.items()}, **written},
        failure="" if approval.checks or not failures else some_failed(failures, len(rows), count_left_alone(rows)),
    )
