# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as a file: its form, its signature, and how what would be done now differs from it. What uses it: `approval.py`.

Everything here is pure. A plan has no secret: of a password it has a mark, by which the same one is known again, and which
says nothing without the key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._resources.fields import Json, same_email
from ..._transport.json_text import parse
from .words import counted, first_few

FORMAT = 1
KIND = "plan of itops.ringcentral"
HMAC, UNSIGNED = "HMAC-SHA256", "none (SHA-256 of the content)"
CREATED, UPDATED, SUSPENDED, DELETED = "created", "updated", "suspended", "deleted"
ACTIONS = (CREATED, UPDATED, SUSPENDED, DELETED)
# What a difference is said to be, where a value is nothing.
_NOTHING = "nothing"
_LONGEST_VALUE = 60
_DIFFERENCES_SHOWN = 3
# What an entry of a list has in addition to what is asked for, and what is no part of what was approved.
_BESIDE = ("line", "label", "known", "read_only")
_TO = {CREATED: "to be created", UPDATED: "to be updated", SUSPENDED: "to be suspended", DELETED: "to be deleted"}


@dataclass(frozen=True)
class Entry:
    """One person of a plan.

    Attributes:
        key: names the person in the list, see `key_of`.
        who: how the person is called.
        id: of the extension; empty where there is none yet.
        action: one of `ACTIONS`; empty where nothing is to be done.
        changes: what differs, by field with dots: a dictionary of `was` and `now` each.
        asked: digest of what the list asks for, without secrets.
        secrets: marks of the secrets that the list has, by option.
        identity: by what else the person is known, such as the status and the name, as they were; by option.
    """

    key: str
    who: str
    id: str = ""
    action: str = ""
    changes: Mapping[str, Json] = field(default_factory=dict)
    asked: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    identity: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> Json:
        return {
            "key": self.key,
            "who": self.who,
            "id": self.id,
            "action": self.action,
            "changes": {name: dict(change) for name, change in self.changes.items()},
            "asked": self.asked,
            "secrets": dict(self.secrets),
            "identity": dict(self.identity),
        }

    @classmethod
    def read(cls, entry: Any) -> Entry:
        """Raises ValueError where this is no entry."""
        texts = ("key", "who", "id", "action", "asked")
        if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in texts):
            raise ValueError("an entry is not valid")
        changes, secrets, identity = entry.get("changes"), entry.get("secrets"), entry.get("identity")
        if not (isinstance(changes, dict) and isinstance(secrets, dict) and isinstance(identity, dict)):
            raise ValueError(f"the entry of {entry['who']} is not valid")
        if entry["action"] not in ACTIONS:
            raise ValueError(f"the entry of {entry['who']} is not valid")
        if not all(isinstance(change, dict) and set(change) == {"was", "now"} for change in changes.values()):
            raise ValueError(f"the changes of {entry['who']} are not valid")
        return cls(**{name: entry[name] for name in texts}, changes=changes, secrets=secrets, identity=identity)


def key_of(options: Mapping[str, Any], selectors: Sequence[str]) -> str:
    """What names a person in a list: the first selector that is given."""
    name = next((name for name in selectors if options.get(name) not in (None, "")), "")
    return f"{name}:{str(options.get(name) or '').strip().casefold()}"


def digest_of(options: Mapping[str, Any], secrets: Iterable[str] = ()) -> str:
    """Digest of what a list asks for one person, without the options named `secrets`."""
    left_out = {*_BESIDE, *secrets}
    given = {name: value for name, value in options.items() if name not in left_out and value is not None}
    return hashlib.sha256(canonical(given)).hexdigest()[:16]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Json]:
    """What differs between two sides of a diff, by field with dots."""
    was, now = plain(_leaves(before)), plain(_leaves(after))
    return {
        name: {"was": was.get(name), "now": now.get(name)}
        for name in dict.fromkeys((*now, *was))
        if was.get(name) != now.get(name) or name not in was
    }


def _leaves(values: Mapping[str, Any], parent: str = "") -> Json:
    found: Json = {}
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            found.update(_leaves(value, f"{parent}{name}."))
        else:
            found[f"{parent}{name}"] = value
    return found


def plain(value: Any) -> Any:
    """A value as it comes back from a file."""
    return json.loads(json.dumps(value, default=str))


def canonical(value: Any) -> bytes:
    """The one text of a value, as bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str).encode()


# --- the file --------------------------------------------------------------------------------------------------


def signed(plan: Mapping[str, Any], key: str) -> Json:
    """A plan with its signature; without a key, with a digest by which an accident is noticed, and no intent."""
    content = {name: value for name, value in plan.items() if name != "signature"}
    return {**content, "signature": {"method": HMAC if key else UNSIGNED, "value": _code(content, key)}}


def _code(content: Mapping[str, Any], key: str) -> str:
    text = canonical(content)
    return hmac.digest(key.encode(), text, "sha256").hex() if key else hashlib.sha256(text).hexdigest()


def is_signed(plan: Mapping[str, Any]) -> bool:
    return bool(plan["signature"]["method"] == HMAC)


def problem_of_signature(plan: Mapping[str, Any], key: str) -> str:
    """What is wrong with the signature of a plan, in words; nothing where it is as it should be."""
    if key and not is_signed(plan):
        return "it is not signed, and a plan_key (RC_PLAN_KEY) is set: make it again with the key"
    if is_signed(plan) and not key:
        return "it is signed, and no plan_key (RC_PLAN_KEY) is set, with which the signature could be checked"
    content = {name: value for name, value in plan.items() if name != "signature"}
    if not hmac.compare_digest(_code(content, key), str(plan["signature"].get("value"))):
        reason = " after it was signed, or was signed with another plan_key" if key else " after it was made"
        return f"its content was changed{reason}"
    return ""


def as_text(plan: Mapping[str, Any]) -> str:
    """The file: one entry a line, so that two plans can be compared by line."""
    rows = []
    for name, value in plan.items():
        if name in ("entries", "left_out") and value:
            inner = ",\n".join(f"    {json.dumps(entry, sort_keys=True, ensure_ascii=False)}" for entry in value)
            rows.append(f"  {json.dumps(name)}: [\n{inner}\n  ]")
        else:
            rows.append(f"  {json.dumps(name)}: {json.dumps(value, sort_keys=True, ensure_ascii=False)}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


_TEXTS = ("id", "made_at", "made_by", "server", "account", "module", "list", "salt", "marks")
_OBJECTS = ("caps", "estimate", "summary", "signature")
_LISTS = ("entries", "left_out")


def read(text: str) -> tuple[Json, dict[str, Entry]]:
    """A plan, and its entries by key. Raises ValueError, in words that follow `it can't be used: `."""
    try:
        plan = parse(text)
    except ValueError as error:
        raise ValueError(f"it is not JSON ({error})") from error
    if not isinstance(plan, dict) or plan.get("kind") != KIND:
        raise ValueError("it is not a plan of this collection")
    if plan.get("format") != FORMAT:
        raise ValueError(f"it has format {plan.get('format')}, and this version reads format {FORMAT}: make it again")
    wrong = [name for name in _TEXTS if not isinstance(plan.get(name), str)]
    wrong += [name for name in _OBJECTS if not isinstance(plan.get(name), dict)]
    wrong += [name for name in _LISTS if not isinstance(plan.get(name), list)]
    if wrong:
        raise ValueError(f"its '{wrong[0]}' is not valid")
    entries = [Entry.read(entry) for entry in plan["entries"]]
    by_key = {entry.key: entry for entry in entries}
    if len(by_key) != len(entries):
        raise ValueError("the same person is in it twice")
    return plan, by_key


def summary_of(entries: Iterable[Entry], unchanged: int, left_out: int) -> Json:
    """How many people come to what."""
    counts = Counter(entry.action for entry in entries)
    return {**{action: counts[action] for action in ACTIONS}, "unchanged": unchanged, "left_out": left_out}


def summary_in_words(plan: Mapping[str, Any]) -> str:
    """A plan in a sentence: who, what it costs, and the licences where anybody is new."""
    summary, estimate = plan["summary"], plan["estimate"]
    parts = [
        counted(summary[CREATED], "new user"),
        f"{summary[UPDATED]} updated",
        f"{summary[SUSPENDED]} suspended",
        f"{summary[DELETED]} deleted",
    ]
    if summary["left_out"]:
        parts.append(f"{summary['left_out']} left out")
    calls = ", ".join(f"{count} {name}" for name, count in sorted((estimate.get("calls") or {}).items()))
    minutes = float(estimate.get("minutes") or 0)
    time = f"about {counted(round(minutes), 'minute')}" if minutes >= 1 else "less than a minute"
    cost = (
        f"{calls} {'request' if calls.startswith('1 ') and ',' not in calls else 'requests'}, {time}"
        if calls
        else "no requests"
    )
    known = summary.get("licenses") or {}
    room = known.get("room")
    licences = f"; licences: {known['needed']} of {'an unknown number' if room is None else room}" if known else ""
    return f"{', '.join(parts)}; {cost}{licences}"


# --- what differs from it ---------------------------------------------------------------------------------------


def difference(approved: Entry | None, now: Entry, begun: bool = False, done: bool = False) -> str:
    """Why what would be done for a person now is not what was approved, in words; nothing where it is, or where nothing is left.

    What is left of a change that was done in part, as by a run that was killed, is what was approved.

    Args:
        begun: whether a run with this plan has begun before: what it created may be incomplete.
        done: whether such a run has finished this person.
    """
    if not now.action:
        return ""
    if approved is None:
        return f"is {_TO[now.action]}, and is not in the approved plan"
    if done:
        return "was done by this plan before, and was changed since"
    if approved.asked != now.asked:
        return _asked_otherwise(approved, now)
    if dict(approved.secrets) != dict(now.secrets):
        names = sorted({*approved.secrets, *now.secrets})
        other = [name for name in names if approved.secrets.get(name) != now.secrets.get(name)]
        return f"the list has another {' and '.join(other)} than the one that was approved"
    if approved.action == CREATED and now.action != CREATED:
        if now.action == UPDATED and begun and _reaches(approved, now):
            return ""
        return f"was to be created, and is there now (id {now.id})"
    if now.action == CREATED:
        return _all_of(_changed(approved, now)) if approved.action == CREATED else "no longer exists"
    if approved.id and approved.id != now.id:
        return f"is another extension now: id {now.id}, and was id {approved.id}"
    if (approved.action == DELETED) != (now.action == DELETED):
        return f"is {_TO[now.action]}, and was approved {_TO[approved.action]}"
    return _all_of([*_changed(approved, now, begun), *_of_another(approved, now, begun)])


def _asked_otherwise(approved: Entry, now: Entry) -> str:
    """What is asked for, where that is not what was approved: by the list, or by what the list comes to in the account."""
    found = _changed(approved, now)
    if now.action != CREATED:
        found += _left_out(approved, now)
    return f"other values are asked for than were approved{f': {_all_of(found)}' if found else ''}"


def _left_out(approved: Entry, now: Entry) -> list[str]:
    return [
        f"{name} would not be set, and {_in_words(change['now'])} was approved"
        for name, change in approved.changes.items()
        if name not in now.changes
    ]


def _of_another(approved: Entry, now: Entry, begun: bool) -> list[str]:
    """What the person is known by that is not as it was, regardless of what is to be changed.

    A run that has begun with this plan may have changed that itself.
    """
    found = []
    for name, was in approved.identity.items():
        value = now.identity.get(name)
        if value is None or same_email(value) == same_email(was) or name in now.changes:
            continue  # not known, the same, or a difference already
        change = approved.changes.get(name)
        done = change is not None and same_email(change["now"]) == same_email(value)
        if not (begun and change is not None and (done or _between(value, change, approved.action))):
            found.append(f"{name} is {_in_words(value)} now, and was {_in_words(was)}")
    return found


def _reaches(approved: Entry, now: Entry) -> bool:
    return all(
        name in approved.changes and approved.changes[name]["now"] == change["now"]
        for name, change in now.changes.items()
    )


def _changed(approved: Entry, now: Entry, begun: bool = False) -> list[str]:
    """What of the changes that would be made now was not approved so."""
    differences = []
    for name, change in now.changes.items():
        before = approved.changes.get(name)
        if before is None:
            differences.append(f"{name} is {_in_words(change['was'])} now, which the plan leaves as it is")
        elif before["was"] != change["was"] and not (begun and _between(change["was"], before, approved.action)):
            differences.append(f"{name} is {_in_words(change['was'])} now, and was {_in_words(before['was'])}")
        elif before["now"] != change["now"]:
            differences.append(
                f"{name} would become {_in_words(change['now'])}, and {_in_words(before['now'])} was approved"
            )
    if now.action == CREATED:
        differences += _left_out(approved, now)
    return differences


def _between(value: Any, change: Json, action: str) -> bool:
    """Whether a value is on its way from one to the other, as a run that was killed leaves it."""
    if action == DELETED:  # who is to be deleted is suspended first
        return bool(value == "Disabled" and change["now"])
    both = (change["was"] or [], change["now"] or [])
    if not isinstance(value, list) or not all(isinstance(side, list) for side in both):
        return False
    return all(any(item in side for side in both) for item in value)


def _all_of(differences: Sequence[str]) -> str:
    return first_few(differences, _DIFFERENCES_SHOWN, "; ")


def _in_words(value: Any) -> str:
    if value in (None, "", [], {}):
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}'" if len(text) <= _LONGEST_VALUE else f"'{text[:_LONGEST_VALUE]}…'"


# --- two plans --------------------------------------------------------------------------------------------------


def between(old: str, new: str) -> list[str]:
    """How one plan differs from another one, a line for each person, in the order of the new one. Raises ValueError.

    Args:
        old, new: the text of the files.
    """
    (_old, before), (_new, after) = read(old), read(new)
    lines = [_line_of(before.get(key), entry) for key, entry in after.items()]
    lines += [
        f"{entry.who}: is {_TO[entry.action]} in the old plan only" for key, entry in before.items() if key not in after
    ]
    return [line for line in lines if line]


def _line_of(old: Entry | None, new: Entry) -> str:
    if old is None:
        return f"{new.who}: is {_TO[new.action]} in the new plan only"
    differences = [f"is {_TO[new.action]}, and was {_TO[old.action]}"] if old.action != new.action else []
    for name in dict.fromkeys((*old.changes, *new.changes)):
        sides = [_change(entry.changes.get(name)) for entry in (old, new)]
        differences += (
            [f"{name}: {sides[0]} in the old plan, {sides[1]} in the new one"] if sides[0] != sides[1] else []
        )
    others = [name for name in sorted({*old.secrets, *new.secrets}) if (name in old.secrets) != (name in new.secrets)]
    differences += [f"{name} is in one of them only" for name in others]
    return f"{new.who}: {'; '.join(differences)}" if differences else ""


def _change(change: Json | None) -> str:
    return "no change" if change is None else f"{_in_words(change['was'])} → {_in_words(change['now'])}"
