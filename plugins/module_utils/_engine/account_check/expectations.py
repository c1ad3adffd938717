# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection expects of an account, and what it does where the account is otherwise. The one place for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..._resources import extension
from ..._resources.fields import Json, dig
from ..._transport.shapes import UNEXPECTED
from .._run.words import counted
from .asking import MISSING, REFUSED, REPLACED, YES

# How much a finding matters: something can't be done; an expectation is not met; it could not be found out.
LACKS, DIFFERS, UNKNOWN = "lacks", "differs", "unknown"
UNLISTED = tuple(field.option for field in extension.FIELDS if not field.listed and not field.secret)
# How accounts say that they lack an operation: as published, by RingCentral's gateway, or since they have another one for it.
_ABSENT = ("404 CMN-120", "403 CMN-109", "404 AGW-404", f"403 {REPLACED}")


class Expectation(NamedTuple):
    """What is expected, from the facts what is otherwise (nothing where it is as expected), and what follows from that."""

    topic: str
    expected: str
    otherwise: Callable[[Json], str]
    meaning: str


def _in_words(counts: Mapping[str, Any]) -> str:
    return ", ".join(f"{value} {key}" for key, value in counts.items())


def shared_in_words(by_types: Mapping[str, int]) -> str:
    """Which types of extensions share an address, and how often."""
    return ", ".join(types if count == 1 else f"{types} {count} times" for types, count in by_types.items())


def _limits(facts: Json) -> str:
    return "" if facts["limits"]["plans"] else "no answer names one"


def _plans(facts: Json) -> str:
    found = facts["limits"]["counted_elsewhere"]
    shown = [f"{name} as {plans['counted']}" for name, plans in sorted(found.items())]
    more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""
    return ", ".join(shown[:4]) + more


def _included(facts: Json) -> str:
    found = facts["licenses"]
    lines, people = found["included_phone_lines"], found["users"]
    if lines is None:
        return "the plan names no number"
    if int(lines) < people:
        return f"{counted(int(lines), 'line')} for {counted(people, 'user')} (billing plan '{facts['account'].get('billing_plan')}')"
    return ""


def _lists(facts: Json) -> str:
    return ", ".join(option for option in facts["lists"]["left_out"] if option not in UNLISTED)


def _roles(facts: Json) -> str:
    found = facts["roles"]
    if found["named_in_lists"] is False:
        return "lists have the ids of roles only"
    return "lists don't say which role was assigned automatically" if found["auto_assigned_in_lists"] is False else ""


def _statuses(facts: Json) -> str:
    return _in_words({key: n for key, n in facts["extensions"]["statuses"].items() if key not in extension.STATUSES})


def _whole_records(facts: Json) -> str:
    found = facts["extensions"]
    parts = [f"{_in_words(found['without_contact'])} without contact"] if found["without_contact"] else []
    parts += [f"{found['of_other_accounts']} of other accounts"] if found["of_other_accounts"] else []
    return "; ".join(parts)


def _totals(facts: Json) -> str:
    return "" if facts["extensions"]["total"] is not None else "no total is reported"


def _emails(facts: Json) -> str:
    found = facts["emails"]
    if not found["shared_addresses"]:
        return ""
    return (
        f"{found['shared_addresses']} belong to {found['extensions']} extensions ({shared_in_words(found['by_types'])})"
    )


def _administrator(facts: Json) -> str:
    found = facts["administrator"]
    return f"a {found['type']}, {found['status']}" if found["is_there"] and found["type"] in extension.PERSONS else ""


def _main_site(facts: Json) -> str:
    return "the main site is not among them" if facts["sites"]["main_site_listed"] is False else ""


def _phones(facts: Json) -> str:
    found = facts["forms"]["phone_numbers"]
    without = found["all"] - found["with_plus"]
    return f"{without} of {found['all']} without +" if without else ""


def _blanks(facts: Json) -> str:
    count = facts["forms"]["names_with_odd_blanks"]
    have = "name has" if count == 1 else "names have"
    return f"{count} {have} doubled blanks, or blanks at an end" if count else ""


def _recorded(facts: Json) -> str:
    count = facts["forms"]["pronounced_names"].get("Recorded", 0)
    return f"{count} are Recorded" if count else ""


def _call_handling(facts: Json) -> str:
    found = facts["call_handling"]
    if not found["checked"] or found["answering"] == [found["announced"]]:
        return ""
    return f"announced: {found['announced'] or 'nothing'}; answering: {' and '.join(found['answering']) or 'neither'}"


def _absent(facts: Json) -> str:
    return _in_words({key: count for key, count in facts["absent"].items() if key not in _ABSENT})


def _scim(facts: Json) -> str:
    found = facts["scim"]
    if found["answers"] != YES:
        return ""
    parts = []
    if not dig(found, ("supports", "patch")):
        parts.append("no PATCH")
    if "User" not in found["resource_types"]:
        parts.append(f"types are {', '.join(found['resource_types']) or 'none'}")
    if not any(schema.endswith(":core:2.0:User") for schema in found["schemas"]):
        parts.append("no core User schema")
    return "; ".join(parts)


EXPECTED = (
    Expectation(
        "limits", "each answer names its usage plan and limit", _limits, "the published limits are kept instead"
    ),
    Expectation(
        "usage plans",
        "operations are counted in the plan that RingCentral's document names",
        _plans,
        "learned from the answers",
    ),
    Expectation(
        "licences",
        "the plan includes as many lines as there are users",
        _included,
        "the number of free licences is unknown",
    ),
    Expectation(
        "lists",
        f"lists leave out {', '.join(dict.fromkeys(option.partition('.')[0] for option in UNLISTED))} only",
        _lists,
        "these options take a read of each user, and are in exports with details only",
    ),
    Expectation("roles", "lists report roles with their names", _roles, "names come from the list of roles"),
    Expectation(
        "statuses", "an extension has one of the published statuses", _statuses, "such extensions are left alone"
    ),
    Expectation(
        "records",
        "every listed extension is the account's own, and has a contact",
        _whole_records,
        "they count as no person",
    ),
    Expectation("pages", "lists report how many there are", _totals, "counting takes all pages"),
    Expectation(
        "e-mail addresses",
        "an address belongs to one extension",
        _emails,
        "select such people by employee_id or extension_id",
    ),
    Expectation(
        "administrator",
        "the extension whose id is the account's is no person",
        _administrator,
        "it is the first administrator, who is never suspended or deleted",
    ),
    Expectation("sites", "the list of sites has the main site", _main_site, "leave site out to mean it"),
    Expectation("phone numbers", "numbers are kept in E.164, with +", _phones, "compare such numbers with care"),
    Expectation("names", "names are kept without odd blanks", _blanks, "compare such names with care"),
    Expectation(
        "pronounced names", "none is a recording", _recorded, "RingCentral refuses to be sent a recording back"
    ),
    Expectation(
        "call handling", "the kind that is announced is the one that answers", _call_handling, "both kinds are tried"
    ),
    Expectation(
        "absence",
        "what an account lacks is answered with CMN-120 or CMN-109",
        _absent,
        "a user may not count as gone by it",
    ),
    Expectation(
        "SCIM", "SCIM has users of the core schema, and PATCH", _scim, "rc_scim_user replaces users as a whole"
    ),
)

# What no read can report. `trial` says whether the trial with one test user does.
UNTRIED: tuple[tuple[str, bool], ...] = (
    ("whether an Enabled user can be deleted, and the code if not", True),
    ("the codes for an e-mail address and an extension number that are taken", True),
    ("in which form values are kept that are written", True),
    ("what an update of many users answers", True),
    ("whether pronouncedName Default is refused", True),
    ("the status of a new user, and whether a line comes with it", True),
    ("the answer of batch provisioning, and of SCIM's creation", False),
    ("the error when no licence is left", False),
    ("whether a waiting seat takes a user without an extension number", False),
)


def findings(facts: Json, outcomes: list[Json]) -> list[Json]:
    """What can't be done, what is not as expected, and what could not be found out; the weightiest first."""
    found = [*_lacking(facts), *_unanswered(outcomes)]
    for expectation in EXPECTED:
        try:
            otherwise = expectation.otherwise(facts)
        except UNEXPECTED:  # its facts could not be read
            found.append(_finding(UNKNOWN, expectation.topic, "RingCentral answered in a form that is not known"))
            continue
        if otherwise:
            finding = _finding(DIFFERS, expectation.topic, otherwise, expectation.meaning)
            found.append({**finding, "expected": expectation.expected})
    return sorted(found, key=lambda finding: (LACKS, DIFFERS, UNKNOWN).index(finding["level"]))


def _finding(level: str, topic: str, found: str, meaning: str = "") -> Json:
    return {"level": level, "topic": topic, "found": found, "expected": "", "meaning": meaning}


def _lacking(facts: Json) -> list[Json]:
    had = facts["permissions"]
    found = []
    for whose in ("app", "user"):
        topic = f"{whose} permission"
        lacking = had.get(f"{whose}_missing")
        if lacking is None:
            why = "the token does not report them" if whose == "app" else "the account does not report them"
            found.append(_finding(UNKNOWN, topic, why))
        for item in lacking or []:
            found.append(_finding(LACKS, topic, item["permission"], f"for {item['purpose']}") | {"how": item["how"]})
    for name in had.get("user_for_itself_only") or []:
        found.append(_finding(LACKS, "user permission", f"{name} beyond oneself", "for other users than the caller"))
    return found


def _unanswered(outcomes: list[Json]) -> list[Json]:
    found = []
    for row in outcomes:
        answer = " ".join(str(part) for part in (row["status"], row["code"]) if part)
        if row["outcome"] == REFUSED:
            text = f"{row['operation']} is refused ({answer}: {row['message']})"
            found.append(_finding(LACKS, "operation", text, f"for {row['purpose']}"))
        elif row["outcome"] not in (YES, MISSING):
            reason = row["message"] or answer
            text = f"{row['operation']} {row['outcome']}" + (f": {reason}" if reason else "")
            found.append(_finding(UNKNOWN, "operation", text, f"for {row['purpose']}"))
    return found
