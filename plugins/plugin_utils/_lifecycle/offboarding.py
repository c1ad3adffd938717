# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letting people go: who is meant, what is to be done for each, and what became of it. All of it is pure.

Access ends first and whatever else is wrong: a successor who can't be found stops the handing over, not the suspension.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...module_utils._resources import forwarding
from ...module_utils._resources.extension import ASLEEP, PERSONS
from ...module_utils._resources.fields import E164, Json, dig, same_email, same_phone
from .mark import Mark, as_date
from .._report.content import people_in_words

STAGES = (
    ("found", "Found"),
    ("snapshot", "Snapshot"),
    ("suspended", "Suspended"),
    ("queues", "Left queues"),
    ("forwarding", "Calls forwarded"),
    ("numbers", "Numbers moved"),
    ("grace", "Grace period"),
)
HAND_OVER = ("queues", "forwarding", "numbers")
# The part of rc_bulk_calls and rc_user_snapshot that a stage is about.
PARTS = {"queues": "queues", "forwarding": "forwarding", "numbers": "phone_numbers"}
NOBODY = (*ASLEEP, "Unassigned", "NotActivated")
SESSIONS = (
    "RingCentral's API can't end the sessions of another user: a suspended user can't sign in or get a token any more,"
    " and what is signed in already loses access as RingCentral's services notice. Sign the user out of all devices in the"
    " Admin Portal if that has to be at once."
)
DESTROYS = (
    "Deleting an extension destroys its voicemail, call log, recordings, messages and greetings for good. Save what must be"
    " kept before the grace period ends; numbers and devices stay in the account's inventory."
)


@dataclass(frozen=True)
class Settings:
    """What holds for everybody in the list, unless the list says otherwise for a person.

    Attributes:
        today: the day on which this runs.
        grace_days: days between the suspension, or the last day if that is later, and the deletion.
        successor: who takes over: e-mail, employee id, extension number or id.
        forward_to: successor, voicemail, keep, a phone number, or an extension or call queue.
        numbers_to: successor, company, keep, or an extension.
        reason: Voluntarily or Involuntarily.
        missing_ok: whether somebody who is not there (any more) is no failure.
    """

    today: date
    grace_days: int = 30
    successor: str | None = None
    forward_to: str | None = None
    numbers_to: str | None = None
    reason: str | None = None
    missing_ok: bool = False


class _Extensions:
    """The account's extensions, by what names one."""

    def __init__(self, extensions: Iterable[Json]) -> None:
        self._by: dict[tuple[str, str], list[Json]] = {}
        for item in extensions:
            keys = (
                ("extension_id", item.get("extension_id")),
                ("employee_id", item.get("employee_id")),
                ("email", same_email(item.get("email"))),
                ("extension_number", item.get("extension_number")),
                ("name", str(dig(item, ("read_only", "name")) or "").casefold() if not _is_person(item) else None),
            )
            for option, value in keys:
                if value:
                    self._by.setdefault((option, str(value)), []).append(item)

    def person(self, wanted: Mapping[str, Any]) -> list[Json]:
        """Whoever the first selector that is given names."""
        for option in ("extension_id", "employee_id", "email"):
            if wanted.get(option):
                value = same_email(wanted[option]) if option == "email" else str(wanted[option])
                return self._by.get((option, value), [])
        return []

    def any(self, text: str) -> list[Json]:
        """Whatever is called so: by id, employee id, e-mail, number, or the name of a queue."""
        for option in ("extension_id", "extension_number", "employee_id", "email", "name"):
            value = text.casefold() if option in ("email", "name") else text
            found = self._by.get((option, value.strip()))
            if found:
                return found
        return []


def _is_person(extension: Mapping[str, Any]) -> bool:
    return extension.get("type", "User") in PERSONS


def find(people: Sequence[Json], extensions: Sequence[Json], settings: Settings) -> list[Json]:
    """Who is meant, and what is to be done for each.

    Args:
        people: as `leavers` reads them.
        extensions: all that the account has, as rc_extension_info returns them.

    Returns:
        An entry for each person: who it is, whether it is `due`, where calls and numbers go, and `errors` by stage.
    """
    there = _Extensions(extensions)
    entries: list[Json] = []
    by_id: dict[str, Json] = {}
    for person in people:
        entry = _entry(len(entries), person, there, settings)
        first = by_id.get(str(entry["extension_id"]))
        if entry["extension_id"] and first is not None:
            if first["asked"] == entry["asked"]:
                first["notes"].append(f"is {_where(entry)} as well")
                continue  # said twice, and the same
            text = f"is on the list twice ({_where(first)} and {_where(entry)}), with different wishes: keep one"
            entry["errors"]["found"].append(text)
            # Access ends all the same, unless it is the day that they differ about.
            same_day = first["asked"]["last_day"] == entry["asked"]["last_day"]
            for stage in ("forwarding", "numbers") if same_day else ("found",):
                first["errors"][stage].append(text)
        elif entry["extension_id"]:
            by_id[str(entry["extension_id"])] = entry
        entries.append(entry)
    for entry in entries:
        if entry["due"] and not entry["errors"]["found"]:
            _hand_over(entry, there, by_id, settings)
    return entries


def _entry(index: int, person: Json, there: _Extensions, settings: Settings) -> Json:
    found = there.person(person)
    extension = found[0] if len(found) == 1 else {}
    errors = list(person.get("errors") or [])
    missing = not found and not errors
    if len(found) > 1:
        both = " and ".join(_extension(item) for item in found)
        errors.append(f"this names {len(found)} extensions: {both}. Use extension_id")
    elif missing and not settings.missing_ok:
        errors.append(f"nobody in the account has {_selector(person)}")
    elif extension and not _is_person(extension):
        errors.append(f"{_extension(extension)} is a {extension.get('type')}, not a person")
    asked = {key: person.get(key) for key in ("last_day", "successor", "forward_to", "numbers_to", "reason")}
    last_day = as_date(asked["last_day"]) if asked["last_day"] else None
    name = dig(extension, ("read_only", "name")) or person.get("name")
    name = name or " ".join(filter(None, (person.get("first_name"), person.get("last_name")))) or None
    return {
        "index": index,
        "line": person.get("line"),
        "name": name,
        "email": extension.get("email") or person.get("email"),
        "employee_id": extension.get("employee_id") or person.get("employee_id"),
        "extension_number": extension.get("extension_number"),
        "extension_id": extension.get("extension_id"),
        "status": extension.get("status"),
        "label": f"{name} <{extension['email']}>"
        if name and extension.get("email")
        else name or _selector(person).removeprefix("email "),
        "asked": asked,
        "gone": missing and settings.missing_ok,
        "due": bool(extension) and (last_day is None or last_day <= settings.today),
        "reason": asked["reason"] or settings.reason,
        "forwarding": None,
        "numbers_to": None,
        "handed_to": [],
        "errors": {"found": errors, **{stage: [] for stage in HAND_OVER}},
        "notes": [],
    }


def _hand_over(entry: Json, there: _Extensions, leaving: Mapping[str, Json], settings: Settings) -> None:
    """Where calls and numbers go. What is wrong with that is an error of its stage only."""
    asked = entry["asked"]
    successor = asked["successor"] or settings.successor
    forward_to = str(asked["forward_to"] or settings.forward_to or ("successor" if successor else "voicemail"))
    numbers_to = str(asked["numbers_to"] or settings.numbers_to or ("successor" if successor else "company"))

    def taker(text: str, stage: str) -> Json | None:
        """The extension that takes over, if it can."""
        option = "successor" if text.casefold() == "successor" else f"{stage}'s destination"
        text = str(successor or "") if option == "successor" else text
        found = there.any(text) if text else []
        problem = ""
        if not text:
            problem = "no successor is named"
        elif not found:
            problem = f"the {option} '{text}' is not in the account"
        elif len(found) > 1:
            problem = f"the {option} '{text}' names {len(found)} extensions: use the extension's id"
        elif found[0]["extension_id"] == entry["extension_id"]:
            problem = f"the {option} '{text}' is the very person who leaves"
        elif found[0]["extension_id"] in leaving:
            problem = (
                f"the {option} {_extension(found[0])} is leaving, too ({_where(leaving[found[0]['extension_id']])})"
            )
        elif found[0].get("status") in NOBODY:
            problem = f"the {option} {_extension(found[0])} is {found[0]['status']}"
        if problem:
            entry["errors"][stage].append(f"{problem}. Name somebody else, and run it again")
            return None
        return found[0]

    if entry["errors"]["forwarding"]:
        return
    if forward_to.casefold() == "voicemail":
        entry["forwarding"] = {"to": "voicemail"}
    elif E164.fullmatch(same_phone(forward_to)):
        entry["forwarding"] = {"to": "phone_number", "phone_number": same_phone(forward_to)}
    elif forward_to.casefold() != "keep":
        to = taker(forward_to, "forwarding")
        if to:
            entry["forwarding"] = {"to": "extension", "extension_id": to["extension_id"], "label": _extension(to)}
    if numbers_to.casefold() == "company":
        entry["numbers_to"] = {"company": True}
    elif numbers_to.casefold() != "keep":
        to = taker(numbers_to, "numbers")
        if to:
            entry["numbers_to"] = {"extension_id": to["extension_id"], "label": _extension(to)}
            entry["handed_to"] = [to["extension_id"]]


def active(entries: Iterable[Json]) -> list[Json]:
    """Those for whom something is to be done now."""
    return [entry for entry in entries if entry["due"] and not entry["errors"]["found"]]


def suspensions(entries: Sequence[Json], rows: Sequence[Json], settings: Settings) -> list[Json]:
    """The users for rc_bulk_users: those who are not suspended and marked as they shall be.

    Args:
        rows: of rc_user_snapshot, at least of those who are suspended already: a mark that is there keeps its dates.
    """
    told = {row["extension_id"]: dig(row, ("now", "extension")) or {} for row in rows}
    users = []
    for entry in active(entries):
        mark = _mark(entry, told.get(entry["extension_id"], {}), settings)
        wanted = {"status": "Disabled", "status_comment": str(mark)}
        if entry["reason"]:
            wanted["status_reason"] = entry["reason"]
        has = told.get(entry["extension_id"], {})
        if any(has.get(option) != value for option, value in wanted.items()):
            users.append({"extension_id": entry["extension_id"], **wanted})
    return users


def _mark(entry: Json, extension: Mapping[str, Any], settings: Settings) -> Mark:
    """The mark to leave: grace begins with the suspension, or with the last day if that is later."""
    old = Mark.read(extension.get("status_comment")) if extension.get("status") == "Disabled" else None
    last_day = as_date(entry["asked"]["last_day"]) if entry["asked"]["last_day"] else None
    if old is not None and last_day in (None, old.last_day):
        return old
    last_day = last_day or settings.today
    return Mark(last_day, Mark.of(max(last_day, settings.today), settings.grace_days).delete_from)


def handovers(entries: Sequence[Json], rows: Sequence[Json], suspended: Mapping[str, Any] | None) -> list[Json]:
    """The users for rc_bulk_calls: those who are suspended, and of whom there is a complete snapshot if one was asked for.

    Args:
        rows: of rc_user_snapshot, where that stage was run.
        suspended: what rc_bulk_users returned for `suspensions`; None when that stage was left out.
    """
    failed = {*failures(suspended), *(row["extension_id"] for row in rows if _incomplete(row))}
    known = {row["extension_id"]: row["now"] for row in rows}
    users = []
    for entry in active(entries):
        key = entry["extension_id"]
        if key in failed or (suspended is None and entry["status"] != "Disabled"):
            continue
        user: Json = {"extension_id": key, "label": entry["label"], "queues": {"set": []}}
        if key in known:
            user["known"] = {part: known[key][part] for part in (*PARTS.values(), "unavailable") if part in known[key]}
        if entry["forwarding"]:
            user["forwarding"] = {k: v for k, v in entry["forwarding"].items() if k != "label"}
        if entry["numbers_to"]:
            user["give_numbers_to"] = {k: v for k, v in entry["numbers_to"].items() if k != "label"}
        users.append(user)
    return users


def _incomplete(row: Mapping[str, Any]) -> bool:
    """Whether a snapshot could not be taken whole: what is not kept must not be taken away."""
    return not row.get("before") or bool(dig(row, ("before", "failed")))


def failures(done: Mapping[str, Any] | None) -> dict[str, list[Json]]:
    """The errors of a bulk module's records, by extension id."""
    records = (done or {}).get("records") or []
    return {str(record["extension_id"]): record["errors"] for record in records if record.get("errors")}


def outcome(
    entries: Sequence[Json],
    before: Sequence[Json],
    after: Sequence[Json],
    suspended: Mapping[str, Any] | None,
    handed: Mapping[str, Any] | None,
    check_mode: bool = False,
) -> Json:
    """What became of everybody.

    Args:
        entries: of `find`.
        before, after: rows of rc_user_snapshot, from before and from the end.
        suspended, handed: what rc_bulk_users and rc_bulk_calls returned; None for a stage that was left out.

    Returns:
        `people` as the report has them, `counts`, `lines` for the screen, `failed` (whom), and `warnings`.
    """
    then = {row["extension_id"]: row for row in before}
    now = {row["extension_id"]: row for row in after}
    people = [
        _Person(
            entry, then.get(entry["extension_id"]), now.get(entry["extension_id"]), suspended, handed, check_mode
        ).row()
        for entry in entries
    ]
    counts = Counter(person["result_label"] for person in people)
    warnings = [SESSIONS, DESTROYS] if any(person["result"] in ("done", "changed") for person in people) else []
    return {
        "people": people,
        "counts": dict(counts),
        "failed": [entry["label"] for entry, person in zip(entries, people) if person["result"] == "failed"],
        "lines": _lines(entries, people, counts, check_mode),
        "warnings": warnings,
    }


class _Person:
    """What became of one person, stage by stage."""

    def __init__(
        self,
        entry: Json,
        before: Json | None,
        after: Json | None,
        suspended: Mapping[str, Any] | None,
        handed: Mapping[str, Any] | None,
        check_mode: bool,
    ) -> None:
        self._entry = entry
        self._before = before
        self._now: Json = (after or {}).get("now") or {}
        self._suspended, self._handed = suspended, handed
        self._check_mode = check_mode
        self._errors: list[str] = []

    def row(self) -> Json:
        entry = self._entry
        stages: Json = {}
        if entry["errors"]["found"]:
            stages["found"] = self._failed("; ".join(entry["errors"]["found"]))
        elif entry["gone"]:
            stages["found"] = _state("ok", "is not in the account any more")
        elif not entry["due"]:
            stages["found"] = _state("ok", "")
            stages.update(self._all("waiting", ""))
            stages["suspended"] = _state("waiting", f"the last day is {entry['asked']['last_day']}")
        else:
            stages = {"found": _state("ok", "")}
            for stage, tell in (("snapshot", self._snapshot), ("suspended", self._suspension)):
                stages[stage] = tell()
            for stage in HAND_OVER:
                stages[stage] = self._hand_over(stage, stages["suspended"]["state"])
            stages["grace"] = self._grace(stages["suspended"]["state"])
        stages = {**self._all("skipped", ""), **stages}
        states = [stages[key]["state"] for key, _label in STAGES if key != "grace"]
        result, label = "done", "gone already" if entry["gone"] else "done"
        if "failed" in states:
            result, label = "failed", "failed"
        elif entry["due"] and self._check_mode and "waiting" in states:
            result, label = "changed", "would be offboarded"
        elif not entry["due"] and not entry["gone"]:
            result, label = "waiting", "waits for the last day"
        return {
            "line": entry["line"],
            "name": entry["name"] or entry["label"],
            "email": entry["email"],
            "extension_number": entry["extension_number"],
            "extension_id": entry["extension_id"],
            "result": result,
            "result_label": label,
            "stages": stages,
            "changes": self._changes(),
            "errors": self._errors,
            "notes": self._notes(),
        }

    @staticmethod
    def _all(state: str, note: str) -> Json:
        return {key: _state(state, note) for key, _label in STAGES if key != "found"}

    def _failed(self, text: str) -> Json:
        if text not in self._errors:
            self._errors.append(text)
        return _state("failed", text)

    def _record(self, done: Mapping[str, Any] | None) -> Json | None:
        for record in (done or {}).get("records") or []:
            if str(record["extension_id"]) == self._entry["extension_id"]:
                found: Json = record
                return found
        return None

    def _snapshot(self) -> Json:
        row = self._before
        if row is None:
            return _state("skipped", "")
        if _incomplete(row):
            failed = dig(row, ("now", "failed")) or {}
            return self._failed("the snapshot is not complete: " + "; ".join(str(text) for text in failed.values()))
        if self._check_mode:
            return _state("waiting", "would be taken")
        if not row.get("path"):
            return _state("skipped", "")
        note = str(row["path"])
        taken = dig(row, ("before", "extension", "status"))
        if taken in ASLEEP:
            note += "; taken when the user was suspended already, so it can't tell how things were before that"
        return _state("ok", note)

    def _suspension(self) -> Json:
        record = self._record(self._suspended)
        errors = [_said(error) for error in (record or {}).get("errors") or []]
        status = dig(self._now, ("extension", "status")) or self._entry["status"]
        comment = dig(self._now, ("extension", "status_comment"))
        if self._check_mode and not errors:
            will = record is not None and record.get("changed")
            return _state("waiting", "would be suspended") if will else _state("ok", "is suspended")
        if status == "Disabled" and Mark.read(comment) and not errors:
            return _state("ok", str(comment))
        if self._suspended is None and not errors:
            return _state("skipped", f"is {status}")
        if not errors:
            why = str(self._suspended.get("msg") or "") if self._suspended and record is None else ""
            errors = [why or f"is {status} still, although RingCentral accepted the request"]
        return self._failed("not suspended: " + " ".join(errors))

    def _hand_over(self, stage: str, suspended: str) -> Json:
        entry, part = self._entry, PARTS[stage]
        if entry["errors"][stage]:
            return self._failed("handing over: " + "; ".join(entry["errors"][stage]))
        wanted = {"queues": True, "forwarding": entry["forwarding"], "numbers": entry["numbers_to"]}[stage]
        if not wanted:
            return _state("skipped", "left as it is, as asked")
        if suspended == "failed":
            return _state("skipped", "comes after the suspension")
        if self._before is not None and _incomplete(self._before):
            return _state("skipped", "comes after the snapshot")
        record = self._record(self._handed) or {}
        errors = [_said(error) for error in record.get("errors") or [] if error.get("parameter") in (part, None)]
        if part in (record.get("unavailable") or ()) or part in (self._now.get("unavailable") or {}):
            return _state("unavailable", "this account's API does not offer it: see to it in the Admin Portal")
        if self._check_mode and not errors:
            will = part in (dig(record, ("diff", "after")) or {})
            return _state("waiting", _would(stage, entry)) if will else _state("ok", "")
        if self._handed is None and not errors and not self._holds(stage):
            return _state("skipped", "")
        if errors or not self._holds(stage):
            failed = (self._now.get("failed") or {}).get(part)
            return self._failed(f"{_doing(stage)}: " + (" ".join(errors) or failed or self._left(stage)))
        return _state("ok", _did(stage, entry))

    def _holds(self, stage: str) -> bool:
        """Whether it is so, by what was read in the end."""
        part = PARTS[stage]
        if part not in self._now or part in (self._now.get("failed") or {}):
            return False
        if stage == "queues":
            return not self._now["queues"]
        if stage == "forwarding":
            return not forwarding.requests(self._now["forwarding"], self._entry["forwarding"])
        return not _direct(self._now["phone_numbers"])

    def _left(self, stage: str) -> str:
        if stage == "queues":
            names = ", ".join(str(queue["name"]) for queue in self._now.get("queues") or [])
            return f"is still a member of {names or 'queues that could not be read'}"
        if stage == "numbers":
            return "still has " + (", ".join(_direct(self._now.get("phone_numbers") or [])) or "numbers, perhaps")
        return f"calls go to {dig(self._now, ('forwarding', 'to')) or 'where they went'} still"

    def _grace(self, suspended: str) -> Json:
        mark = Mark.read(dig(self._now, ("extension", "status_comment")))
        if mark is None:
            return _state("skipped", "")
        return _state("waiting" if suspended == "ok" else "skipped", f"may be deleted from {mark.delete_from} on")

    def _changes(self) -> list[str]:
        found = []
        for record in (self._record(self._suspended), self._record(self._handed)):
            before, after = ((dig(record or {}, ("diff", side)) or {}) for side in ("before", "after"))
            found += [f"{key}: {_value(before.get(key))} → {_value(after[key])}" for key in after]
        return found

    def _notes(self) -> list[str]:
        record = self._record(self._handed) or {}
        return list(dict.fromkeys([*self._entry["notes"], *(record.get("notes") or [])]))


def _state(state: str, note: str) -> Json:
    return {"state": state, "note": note}


def _direct(numbers: Iterable[Json]) -> list[str]:
    return [str(number["phone_number"]) for number in numbers if number["usage_type"] == "DirectNumber"]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("extension_id") or value.get("phone_number") or value.get("to") or "nothing")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return "nothing" if value in (None, "") else str(value)


def _doing(stage: str) -> str:
    return {"queues": "leaving the queues", "forwarding": "forwarding calls", "numbers": "moving the numbers"}[stage]


def _target(stage: str, entry: Json) -> str:
    to = entry["forwarding"] if stage == "forwarding" else entry["numbers_to"]
    return str(to.get("label") or to.get("phone_number") or ("the company" if to.get("company") else to.get("to")))


def _did(stage: str, entry: Json) -> str:
    return "in no queue" if stage == "queues" else f"to {_target(stage, entry)}"


def _would(stage: str, entry: Json) -> str:
    return "would leave them" if stage == "queues" else f"would go to {_target(stage, entry)}"


def _said(error: Mapping[str, Any]) -> str:
    """Code, text and advice of one error."""
    text = str(error.get("message") or "")
    code = str(error.get("code") or "")
    said = text if not code or code in text or code == "protected" else f"{code} {text}"
    return f"{said.rstrip('.')}." + (f" {error['hint']}" if error.get("hint") else "")


def _selector(person: Mapping[str, Any]) -> str:
    for option in ("extension_id", "employee_id", "email"):
        if person.get(option):
            return f"{option} {person[option]}"
    return "somebody without any id"


def _where(entry: Mapping[str, Any]) -> str:
    return f"on line {entry['line']}" if entry.get("line") else f"person {entry['index'] + 1} of the list"


def _extension(extension: Mapping[str, Any]) -> str:
    name = dig(extension, ("read_only", "name")) or "extension"
    number = f"ext. {extension['extension_number']}, " if extension.get("extension_number") else ""
    return f"{name} ({number}id {extension.get('extension_id')})"


def _lines(entries: Sequence[Json], people: Sequence[Json], counts: Mapping[str, int], check_mode: bool) -> list[str]:
    """One line for each, failures first, and the totals."""
    lines = []
    order = {"failed": 0, "changed": 1, "done": 1, "waiting": 2}
    for entry, person in sorted(zip(entries, people), key=lambda pair: order[pair[1]["result"]]):
        where = f"line {entry['line']}, " if entry["line"] else ""
        lines.append(f"{where}{entry['label']}: {person['result_label']}")
        lines += [f"    {error}" for error in person["errors"]]
        if person["result"] in ("done", "changed"):
            told = [
                f"{label}: {person['stages'][key]['note']}" for key, label in STAGES if person["stages"][key]["note"]
            ]
            lines += [f"    {text}" for text in told]
        lines += [f"    mind: {note}" for note in person["notes"]]
    said = ", ".join(f"{count} {label}" for label, count in counts.items())
    lines.append(f"{people_in_words(len(people))}: {said or 'nobody'}.")
    if check_mode:
        lines.append("This was check mode: nothing was changed.")
    return lines
