# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row for each person of a module's result: by the kind of result, what happened, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict, cast

from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .model import Stage, State
from .words import changes_in_words, errors_in_words, result_in_words, set_in_words

# What may have happened to one person. Of several results, the first of these is the row's.
RANK = ("failed", "created", "deleted", "suspended", "updated", "unchanged")
ACTIONS = {
    "created": "created",
    "recreated": "created",
    "deleted": "deleted",
    "removed": "deleted",
    "none": "unchanged",
}
# The stages of rows, each for a kind of result.
LABELS = {
    "known": "Looked up",
    "user": "User",
    "roles": "Roles",
    "ready": "Ready",
    "scim": "SCIM",
    "calls": "Calls and numbers",
    "snapshot": "Snapshot",
    "subscription": "Subscription",
    "task": "Task",
}
# What is known from the record rather than from the diff.
FROM_RECORD = ("direct_number", "queues", "device", "emergency_location", "profile")
# What a user who is not ready lacks, by the part of the verdict.
LACKS = {
    "can_sign_in": "can't sign in",
    "can_call": "no line",
    "can_be_called": "no number",
    "emergency_address_known": "no valid emergency address",
}


class Diff(TypedDict, total=False):
    before: Json
    after: Json


class Verdict(TypedDict, total=False):
    """Whether a user can work; None where the account does not show it."""

    ready: bool | None
    can_sign_in: bool | None
    can_call: bool | None
    can_be_called: bool | None
    emergency_address_known: bool | None


class Record(TypedDict, total=False):
    """The result of one user in a list, of rc_bulk_users, rc_bulk_calls, rc_offboard_users or rc_scim_user."""

    user_name: str
    id: str | None
    name: str | None
    renamed_from: str | None
    email: str | None
    line: int | None
    extension_id: str | None
    extension_number: str | None
    extension_status: str | None
    roles: list[str]
    readiness: Verdict | None
    action: str
    changed: bool
    status: str
    errors: list[Json]
    diff: Diff
    notes: list[str]
    unavailable: list[str]
    missing: bool


class Now(TypedDict, total=False):
    extension: Json
    failed: dict[str, str]


class SnapshotResult(TypedDict, total=False):
    """One user of rc_user_snapshot."""

    extension_id: str
    exists: bool
    now: Now
    path: str | None


class ModuleResult(TypedDict, total=False):
    """The result of a module, of a loop over one, or of a task that was skipped, as far as it is read."""

    skipped: bool
    failed: bool
    changed: bool
    msg: str
    error: Json
    results: list[ModuleResult]
    ansible_loop_var: str
    records: list[Record]
    snapshots: list[SnapshotResult]
    kept: list[str]
    estimate: Json
    summary: Json
    action: str
    diff: Diff
    reasons: list[str]
    notes: list[str]
    extension_id: str | None
    extension: Json | None
    user: Json | None
    subscription: Json | None
    phone_number: Json | None


@dataclass(slots=True)
class Row:
    """The result of one person so far."""

    name: str | None = None
    email: str | None = None
    line: int | None = None
    number: str | None = None
    extension_id: str | None = None
    status: str | None = None
    what: str = "unchanged"
    roles: list[str] = field(default_factory=list)
    stages: dict[str, Stage] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Who it is, in words."""
        name = self.name or self.email or self.extension_id or "a user without a name"
        return f"{name} <{self.email}>" if self.email and name != self.email else name

    @property
    def changes_status(self) -> bool:
        """Whether the status is among the changes."""
        return any(text.startswith("status: ") for text in self.changes)

    def add(self, other: Row) -> None:
        """Take in what another result says of the same person."""
        for key in ("name", "email", "line", "number", "extension_id"):
            setattr(self, key, getattr(self, key) or getattr(other, key))
        self.status = other.status or self.status
        self.roles = other.roles or self.roles
        self.what = min(self.what, other.what, key=RANK.index)
        for key, stage in other.stages.items():
            if key not in self.stages or self.stages[key].state != "failed":
                self.stages[key] = stage
        for texts, more in ((self.changes, other.changes), (self.errors, other.errors), (self.notes, other.notes)):
            texts += [text for text in more if text not in texts]


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row for each person."""
    merged: list[Row] = []
    known: dict[str, Row] = {}
    for row in rows:
        keys = [key for key in (row.extension_id, (row.email or "").casefold()) if key]
        same = next((known[key] for key in keys if key in known), None)
        # Two lines of one list that are about the same person stay two.
        if same is None or (row.line is not None and same.line is not None):
            merged.append(row)
            same = row
        else:
            same.add(row)
        known.update((key, same) for key in keys)
    return merged


def rows_of(result: ModuleResult, check_mode: bool, item: str = "") -> Iterator[Row]:
    """The rows of one result; none of a task that only read, or was skipped."""
    if result.get("skipped"):
        return
    if result.get("results") is not None:
        for one in result["results"]:
            yield from rows_of(one, check_mode, _item(one))
    elif result.get("records") is not None:
        for record in result["records"]:
            yield _of_record(record, check_mode)
    elif result.get("snapshots") is not None:
        for snapshot in result["snapshots"]:
            yield _of_snapshot(snapshot, check_mode)
    elif result.get("failed") or result.get("error"):
        yield _failed(result, item)
    elif item or "action" in result or "diff" in result:
        yield _of_task(result, check_mode, item)


def _item(result: ModuleResult) -> str:
    """What a round of a loop was about. Of a dictionary only a name: there may be secrets in it."""
    item = cast(Mapping[str, Any], result).get(str(result.get("ansible_loop_var") or "item"))
    if isinstance(item, Mapping):
        item = next((item[key] for key in ("name", "label", "email", "user_name", "address") if item.get(key)), "")
    return str(item) if isinstance(item, (str, int)) and not isinstance(item, bool) else ""


def _of_record(record: Record, check_mode: bool) -> Row:
    if "user_name" in record:
        return _of_scim(record, check_mode)
    if "action" not in record:
        return _of_calls(record, check_mode)
    what, errors = _what(record), _errors(record)
    after = (record.get("diff") or {}).get("after") or {}
    renamed = (record.get("renamed_from"), record.get("name"))
    # Which number it is may be known from the record only.
    values = cast(Mapping[str, Any], record)
    known = {key: values[key] for key in FROM_RECORD if values.get(key)}
    changes = []
    if what == "created":
        changes = set_in_words({**after, **known})
    elif what in ("updated", "suspended"):
        known = {key: value for key, value in known.items() if key in after}
        changes = changes_in_words(
            {"before": (record.get("diff") or {}).get("before"), "after": {**after, **known}}, renamed
        )
    status = record.get("extension_status")
    if errors and what != "unchanged":
        errors.insert(0, f"the user was {what}, but not all was done:")
    errors = [" ".join(errors)] if errors else []
    what = "failed" if errors else what
    state = _state(what, check_mode)
    new = what == "created" or record.get("extension_id") is None
    roles = [str(name) for name in record.get("roles") or ()]
    stages = {
        "known": Stage("ok", "is new" if new else "is there"),
        "user": Stage(state, errors[0] if errors else result_in_words(what, check_mode).lower()),
    }
    readiness = record.get("readiness")
    if readiness:
        stages["ready"] = _ready(readiness)
    if "roles" in record:
        stages["roles"] = Stage((state if new or "roles" in after else "ok") if roles else "skipped", ", ".join(roles))
    return Row(
        **_identity(record),
        line=record.get("line"),
        status=status,
        what=what,
        roles=roles,
        stages=stages,
        changes=changes,
        errors=errors,
    )


def _ready(verdict: Verdict) -> Stage:
    """Whether a user can work, and what is missing."""
    if verdict.get("ready") is None:
        return Stage("unavailable", "this account's API does not show it")
    if verdict["ready"]:
        return Stage("ok", "can sign in, call and be called; emergency address known")
    lacks = [text for part, text in LACKS.items() if not verdict.get(part)]
    return Stage("waiting", "can't sign in" if not verdict.get("can_sign_in") else ", ".join(lacks))


def _of_scim(record: Record, check_mode: bool) -> Row:
    what, errors = _what(record), _errors(record)
    what = "failed" if errors else what
    diff = record.get("diff") or {}
    row = Row(
        **_identity({**record, "email": record["user_name"], "extension_id": record.get("id")}),
        what=what,
        changes=set_in_words(diff.get("after")) if what == "created" else changes_in_words(diff),
        errors=errors,
        notes=["is not in the list"] if record.get("missing") else [],
    )
    row.stages["scim"] = Stage(_state(what, check_mode), "; ".join(errors) or result_in_words(what, check_mode))
    return row


def _of_calls(record: Record, check_mode: bool) -> Row:
    errors = _errors(record)
    unavailable = [str(part) for part in record.get("unavailable") or ()]
    what = "failed" if errors else _what({**record, "action": "updated" if record.get("changed") else "none"})
    note = "; ".join(errors) or (
        f"not offered: {', '.join(unavailable)}" if unavailable else result_in_words(what, check_mode)
    )
    state: State = "unavailable" if unavailable and not errors else _state(what, check_mode)
    return Row(
        **_identity(record),
        what=what,
        stages={"calls": Stage(state, note)},
        changes=changes_in_words(record.get("diff")) if what == "updated" else [],
        errors=errors,
        notes=[str(note) for note in record.get("notes") or ()],
    )


def _of_snapshot(row: SnapshotResult, check_mode: bool) -> Row:
    """A snapshot changes nobody, and says so of those who can't be read completely."""
    now = row.get("now") or {}
    failed = [str(why) for why in (now.get("failed") or {}).values()]
    found = bool(row.get("exists", True))
    errors = [] if found else ["is not in the account"]
    errors += [f"the snapshot is not complete: {'; '.join(failed)}"] if failed else []
    path = str(row.get("path") or "")
    state: State = "failed" if errors else "ok" if path and not check_mode else "skipped"
    return Row(
        **_identity({**(now.get("extension") or {}), "extension_id": row.get("extension_id")}),
        what="failed" if errors else "unchanged",
        stages={"snapshot": Stage(state, "; ".join(errors) or path)},
        errors=errors,
    )


def _of_task(result: ModuleResult, check_mode: bool, item: str) -> Row:
    """One user, subscription or number, as the modules for one return it."""
    action = str(result.get("action") or ("updated" if result.get("changed") else "none"))
    what = ACTIONS.get(action, "updated")
    kind = "user" if result.get("extension") is not None else "task"
    about: Mapping[str, Any] = result.get("extension") or {}
    user, number = result.get("user"), result.get("phone_number")
    if user:
        kind, about = "scim", {**user, "email": user.get("user_name"), "extension_id": user.get("id")}
    elif "subscription" in result:
        kind = "subscription"
        about = {"name": (result["subscription"] or {}).get("address")}
    elif number:
        about = {"name": number.get("phone_number")}
    identity = _identity({"extension_id": result.get("extension_id"), **about})
    identity["name"] = identity["name"] or item or None
    reasons = [str(reason) for reason in result.get("reasons") or ()]
    return Row(
        **identity,
        what=what,
        stages={kind: Stage(_state(what, check_mode), action if action != "none" else "unchanged")},
        changes=reasons or (changes_in_words(result.get("diff")) if what == "updated" else []),
        notes=[str(note) for note in result.get("notes") or ()],
    )


def _failed(result: ModuleResult, item: str) -> Row:
    """A task that failed as a whole."""
    reason = str(result.get("msg") or "the task failed, and did not say why")
    return Row(name=item or "the task", what="failed", stages={"task": Stage("failed", reason)}, errors=[reason])


def _identity(record: Mapping[str, Any]) -> dict[str, Any]:
    names = [record.get(key) for key in ("first_name", "last_name")]
    if not any(names):
        names = [record.get(key) for key in ("given_name", "family_name")]
    name = record.get("name") or " ".join(str(part) for part in names if part) or record.get("label")
    key = record.get("extension_id")
    return {
        "name": str(name) if name else None,
        "email": record.get("email"),
        "number": record.get("extension_number"),
        "extension_id": None if key is None else str(key),
    }


def _errors(record: Record) -> list[str]:
    """What went wrong; anyone who was not reached before a run stopped is no success."""
    errors = errors_in_words(record.get("errors") or [])
    return errors or (["was not reached"] if record.get("status") == "skipped" else [])


def _what(record: Record) -> str:
    what = ACTIONS.get(str(record.get("action") or "none"), "updated")
    after = (record.get("diff") or {}).get("after") or {}
    suspended = after.get("status") in ASLEEP or ("active", False) in after.items()
    return "suspended" if what == "updated" and suspended else what


def _state(what: str, check_mode: bool) -> State:
    if what == "failed":
        return "failed"
    return "waiting" if check_mode and what != "unchanged" else "ok"
