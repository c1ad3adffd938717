# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a report out of the results of modules, as a playbook registered them.

Any of them will do: of a module that works on a list, of a loop, of a single task, of one that only read. Results about the same
people become one row each, with a stage for each kind of result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._engine._run.words import counted, first_few
from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .content import sum_api
from .model import Outcome, ReportRow, Result, Stage, State
from .words import (
    CHECK_MODE,
    IN_REPORT,
    SHOWN,
    api_in_words,
    changes_in_words,
    counts_in_words,
    errors_in_words,
    estimate_in_words,
    result_in_words,
    set_in_words,
    table,
)

COLUMNS = ("Line", "Name", "Number", "Result", "Roles", "What changed")
# What every report counts, and what it counts where there is any.
COUNTED, RARE = ("created", "updated", "unchanged", "failed"), ("suspended", "deleted")
RESULTS: dict[str, Result] = {
    "created": "done",
    "updated": "changed",
    "suspended": "changed",
    "deleted": "changed",
    "unchanged": "unchanged",
    "failed": "failed",
}
# Of what happened to one person in several results, the first of these is the row's.
RANK = ("failed", "created", "deleted", "suspended", "updated", "unchanged")
ACTIONS = {
    "created": "created",
    "recreated": "created",
    "deleted": "deleted",
    "removed": "deleted",
    "none": "unchanged",
}
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
# People that a line about readiness names.
NAMED = 3
# What a result holds that is worth copying: not the lists that were read.
NEEDED = (
    *("records", "results", "snapshots", "user", "extension", "subscription", "phone_number", "roles", "kept"),
    *("action", "changed", "failed", "skipped", "msg", "error", "diff", "reasons", "notes", "estimate", "api"),
    *("extension_id", "item", "ansible_loop_var", "plan_file"),
)
# The keys by which a result is known for what it is.
SIGNS = frozenset(("changed", "failed", "skipped", "api", "records", "results", "snapshots"))


@dataclass(slots=True)
class _Row:
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

    def add(self, other: _Row) -> None:
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


def check_result(result: Any, where: str) -> None:
    """See that it is the result of a module.

    Args:
        where: what to call it.

    Raises:
        ValueError: it is not. The message says what it is instead.
    """
    if not isinstance(result, Mapping):
        kind = {str: "text", list: "a list", bool: "a boolean", type(None): "nothing"}.get(type(result), "a number")
        raise ValueError(
            f"{where} is {kind}, and not the result of a module. Register the task's result, and pass that."
        )
    if not SIGNS & result.keys():
        raise ValueError(
            f"{where} is not the result of a module: it has {', '.join(sorted(map(str, result))[:8]) or 'nothing in it'}."
            " Register the task's result, and pass that as it is."
        )
    for key in ("records", "results", "snapshots"):
        entries = result.get(key)
        if entries is not None and not (
            isinstance(entries, (list, tuple)) and all(isinstance(entry, Mapping) for entry in entries)
        ):
            raise ValueError(f"{key} of {where} is not a list of dictionaries, as modules return it.")


def outcome(
    results: Sequence[Mapping[str, Any]], check_mode: bool, of: Sequence[str] = ("person", "people")
) -> Outcome:
    """The result of it.

    Args:
        results: as they were registered.
        check_mode: whether it is only what would be.
        of: what there is a row for: one and many of it.

    Raises:
        ValueError: one of them is no result of a module; the message says which, and why.
    """
    for number, result in enumerate(results):
        check_result(result, f"results[{number}]")
    rows = _merged(row for result in results for row in _rows(result, check_mode))
    words = {what: result_in_words(what, check_mode) for what in RESULTS}
    counts = Counter(row.what for row in rows)
    shown = {word: counts[what] for what, word in words.items()}
    failures = [f"{_who(row)}: {' '.join(row.errors)}" for row in rows if row.errors]
    # Failures first, and in a long list no word of those for whom nothing was to be done.
    listed = [row for row in rows if row.what != "unchanged" or len(rows) <= SHOWN]
    listed.sort(key=lambda row: row.what != "failed")
    lines: list[str] = []
    if listed:
        lines += table(COLUMNS, [_cells(row, words) for row in listed[:SHOWN]])
        lines += [f"and {len(listed) - SHOWN} more{IN_REPORT}"] if len(listed) > SHOWN else []
        lines.append("")
    if failures:
        lines += ["Failed:", *(f"  {failure}" for failure in failures), ""]
    lines.append(f"{counted(len(rows), *of)}: {counts_in_words(shown, 'nobody')}.")
    lines += _readiness_in_words(rows)
    lines.append(api_in_words(sum_api(every(results))))
    if check_mode:
        lines += [*estimate_in_words(total_estimate(results)), CHECK_MODE]
    used = {key for row in rows for key in row.stages}
    return {
        "people": [_reported(row, check_mode).as_dict() for row in rows],
        "stages": [{"key": key, "label": label} for key, label in LABELS.items() if key in used],
        "counts": {what: counts[what] for what in (*COUNTED, *(what for what in RARE if counts[what]))},
        "warnings": [f"{name}: stays, although the list does not name this user" for name in _kept(results)],
        "lines": lines,
        "failed": [row.label for row in rows if row.errors],
    }


def _readiness_in_words(rows: Sequence[_Row]) -> list[str]:
    """How many can work, and what the others lack; nothing where it was not read."""
    read = [row for row in rows if "ready" in row.stages]
    ready = sum(row.stages["ready"].state == "ok" for row in read)
    lacking: dict[str, list[str]] = {}
    for row in read:
        if row.stages["ready"].state != "ok":
            lacking.setdefault(row.stages["ready"].note, []).append(row.label)
    if not read:
        return []
    who = "can sign in, call and be called, and have an emergency address"
    lines = [f"Ready: {ready} of {counted(len(read), 'person', 'people')} {who}."]
    return lines + [f"Not ready: {note}: {first_few(labels, NAMED)}." for note, labels in lacking.items()]


def every(results: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The results, and those of loops, whose requests count."""
    for result in results:
        yield result
        yield from every(result.get("results") or ())


def total_estimate(results: Sequence[Mapping[str, Any]]) -> Json:
    """What a real run would take in all."""
    calls: Counter[str] = Counter()
    minutes = 0.0
    for result in results:
        estimate = result.get("estimate") or {}
        calls.update({str(plan): int(count) for plan, count in (estimate.get("calls") or {}).items()})
        minutes += float(estimate.get("minutes") or 0)
    return {"calls": dict(calls), "minutes": minutes}


def _kept(results: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(name) for result in results for name in result.get("kept") or ()]


def _merged(rows: Iterable[_Row]) -> list[_Row]:
    """One row for each person."""
    merged: list[_Row] = []
    known: dict[str, _Row] = {}
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


def _rows(result: Mapping[str, Any], check_mode: bool, item: str = "") -> Iterator[_Row]:
    """The rows of one result; none of a task that only read, or was skipped."""
    if result.get("skipped"):
        return
    if result.get("results") is not None:
        for one in result["results"]:
            yield from _rows(one, check_mode, _item(one))
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


def _item(result: Mapping[str, Any]) -> str:
    """What a round of a loop was about. Of a dictionary only a name: there may be secrets in it."""
    item = result.get(str(result.get("ansible_loop_var") or "item"))
    if isinstance(item, Mapping):
        item = next((item[key] for key in ("name", "label", "email", "user_name", "address") if item.get(key)), "")
    return str(item) if isinstance(item, (str, int)) and not isinstance(item, bool) else ""


def _of_record(record: Mapping[str, Any], check_mode: bool) -> _Row:
    if "user_name" in record:
        return _of_scim(record, check_mode)
    if "action" not in record:
        return _of_calls(record, check_mode)
    what, errors = _what(record), _errors(record)
    after = (record.get("diff") or {}).get("after") or {}
    renamed = (record.get("renamed_from"), record.get("name"))
    # Which number it is may be known from the record only.
    known = {key: record[key] for key in FROM_RECORD if record.get(key)}
    changes = []
    if what == "created":
        changes = set_in_words({**after, **known})
    elif what in ("updated", "suspended"):
        known = {key: value for key, value in known.items() if key in after}
        changes = changes_in_words({**record.get("diff", {}), "after": {**after, **known}}, renamed)
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
    if record.get("readiness"):
        stages["ready"] = _ready(record["readiness"])
    if "roles" in record:
        stages["roles"] = Stage((state if new or "roles" in after else "ok") if roles else "skipped", ", ".join(roles))
    return _Row(
        **_identity(record),
        line=record.get("line"),
        status=status,
        what=what,
        roles=roles,
        stages=stages,
        changes=changes,
        errors=errors,
    )


def _ready(verdict: Mapping[str, Any]) -> Stage:
    """Whether a user can work, and what is missing."""
    if verdict.get("ready") is None:
        return Stage("unavailable", "this account's API does not show it")
    if verdict["ready"]:
        return Stage("ok", "can sign in, call and be called; emergency address known")
    lacks = [text for part, text in LACKS.items() if not verdict.get(part)]
    return Stage("waiting", "can't sign in" if not verdict.get("can_sign_in") else ", ".join(lacks))


def _of_scim(record: Mapping[str, Any], check_mode: bool) -> _Row:
    what, errors = _what(record), _errors(record)
    what = "failed" if errors else what
    diff = record.get("diff") or {}
    row = _Row(
        **_identity({**record, "email": record["user_name"], "extension_id": record.get("id")}),
        what=what,
        changes=set_in_words(diff.get("after")) if what == "created" else changes_in_words(diff),
        errors=errors,
        notes=["is not in the list"] if record.get("missing") else [],
    )
    row.stages["scim"] = Stage(_state(what, check_mode), "; ".join(errors) or result_in_words(what, check_mode))
    return row


def _of_calls(record: Mapping[str, Any], check_mode: bool) -> _Row:
    errors = _errors(record)
    unavailable = [str(part) for part in record.get("unavailable") or ()]
    what = "failed" if errors else _what({**record, "action": "updated" if record.get("changed") else "none"})
    note = "; ".join(errors) or (
        f"not offered: {', '.join(unavailable)}" if unavailable else result_in_words(what, check_mode)
    )
    state: State = "unavailable" if unavailable and not errors else _state(what, check_mode)
    return _Row(
        **_identity(record),
        what=what,
        stages={"calls": Stage(state, note)},
        changes=changes_in_words(record.get("diff")) if what == "updated" else [],
        errors=errors,
        notes=[str(note) for note in record.get("notes") or ()],
    )


def _of_snapshot(row: Mapping[str, Any], check_mode: bool) -> _Row:
    """A snapshot changes nobody, and says so of those who can't be read completely."""
    now = row.get("now") or {}
    failed = [str(why) for why in (now.get("failed") or {}).values()]
    found = bool(row.get("exists", True))
    errors = [] if found else ["is not in the account"]
    errors += [f"the snapshot is not complete: {'; '.join(failed)}"] if failed else []
    path = str(row.get("path") or "")
    state: State = "failed" if errors else "ok" if path and not check_mode else "skipped"
    return _Row(
        **_identity({**(now.get("extension") or {}), "extension_id": row.get("extension_id")}),
        what="failed" if errors else "unchanged",
        stages={"snapshot": Stage(state, "; ".join(errors) or path)},
        errors=errors,
    )


def _of_task(result: Mapping[str, Any], check_mode: bool, item: str) -> _Row:
    """One user, subscription or number, as the modules for one return it."""
    action = str(result.get("action") or ("updated" if result.get("changed") else "none"))
    what = ACTIONS.get(action, "updated")
    kind = "user" if result.get("extension") is not None else "task"
    about: Mapping[str, Any] = result.get("extension") or {}
    if result.get("user"):
        kind, about = "scim", {**result["user"], "email": result["user"].get("user_name")}
        about = {**about, "extension_id": about.get("id")}
    elif "subscription" in result:
        kind = "subscription"
        about = {"name": (result["subscription"] or {}).get("address")}
    elif result.get("phone_number"):
        about = {"name": result["phone_number"].get("phone_number")}
    identity = _identity({"extension_id": result.get("extension_id"), **about})
    identity["name"] = identity["name"] or item or None
    reasons = [str(reason) for reason in result.get("reasons") or ()]
    return _Row(
        **identity,
        what=what,
        stages={kind: Stage(_state(what, check_mode), action if action != "none" else "unchanged")},
        changes=reasons or (changes_in_words(result.get("diff")) if what == "updated" else []),
        notes=[str(note) for note in result.get("notes") or ()],
    )


def _failed(result: Mapping[str, Any], item: str) -> _Row:
    """A task that failed as a whole."""
    reason = str(result.get("msg") or "the task failed, and did not say why")
    return _Row(name=item or "the task", what="failed", stages={"task": Stage("failed", reason)}, errors=[reason])


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


def _errors(record: Mapping[str, Any]) -> list[str]:
    """What went wrong; anyone who was not reached before a run stopped is no success."""
    errors = errors_in_words(record.get("errors") or [])
    return errors or (["was not reached"] if record.get("status") == "skipped" else [])


def _what(record: Mapping[str, Any]) -> str:
    what = ACTIONS.get(str(record.get("action") or "none"), "updated")
    after = (record.get("diff") or {}).get("after") or {}
    suspended = after.get("status") in ASLEEP or after.get("active") is False
    return "suspended" if what == "updated" and suspended else what


def _state(what: str, check_mode: bool) -> State:
    if what == "failed":
        return "failed"
    return "waiting" if check_mode and what != "unchanged" else "ok"


def _reported(row: _Row, check_mode: bool) -> ReportRow:
    status = []
    if row.status not in (None, "Enabled") and not row.changes_status:
        status = [f"{'would be' if check_mode and row.what == 'created' else 'is'} {row.status}"]
    return ReportRow(
        line=row.line,
        name=row.name,
        email=row.email,
        extension_number=row.number,
        extension_id=row.extension_id,
        result=RESULTS[row.what],
        result_label=result_in_words(row.what, check_mode),
        stages=row.stages,
        changes=row.changes,
        errors=row.errors,
        notes=[*status, *row.notes],
    )


def _cells(row: _Row, words: Mapping[str, str]) -> tuple[str, ...]:
    """A row on the screen, in the order of COLUMNS."""
    asleep = row.status in ASLEEP and not row.changes_status and row.what in ("updated", "unchanged")
    # Of somebody new, what the list may leave to the account; the rest is in the plan and in the report.
    changes = [text for text in row.changes if row.what != "created" or text.partition(":")[0] in FROM_RECORD]
    return (
        str(row.line or ""),
        row.name or row.email or row.extension_id or "",
        str(row.number or ""),
        words[row.what],
        ", ".join(row.roles),
        "; ".join([*changes, *([f"the user is {row.status}"] if asleep else [])]),
    )


def _who(row: _Row) -> str:
    return f"line {row.line}, {row.label}" if row.line else row.label
