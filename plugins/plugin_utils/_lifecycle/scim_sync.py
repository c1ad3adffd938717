# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A directory export as the truth: what goes to SCIM of each person, what goes to REST, and the result of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...module_utils._resources.extension import ASLEEP, wanted_fields
from ...module_utils._resources.fields import Json, nested
from .._people_files.list_options import LISTS, SECRETS
from .._people_files.options import Person
from .._report.model import Outcome, SKIPPED, ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import (
    CHECK_MODE,
    IN_REPORT,
    changes_in_words,
    people_in_words,
    result_in_words,
    set_in_words,
    errors_in_words,
    estimate_in_words,
    first_of,
    kept_in_words,
    counts_in_words,
)
from .results import BulkRecord, BulkResult, BulkUser, ScimRecord, ScimResult, bulk_user

# What the SCIM interface can say; everything else goes through REST.
SCIM_OPTIONS = {
    "email": "user_name",
    "employee_id": "external_id",
    "first_name": "given_name",
    "last_name": "family_name",
    "job_title": "title",
    "department": "department",
    "business_phone": "phone_numbers.work",
    "mobile_phone": "phone_numbers.mobile",
    "business_address.country": "address.country",
    "business_address.state": "address.region",
    "business_address.city": "address.locality",
    "business_address.zip": "address.postal_code",
    "business_address.street": "address.street_address",
}
STAGES = (("scim", "SCIM"), ("settings", "Settings, roles, numbers and queues"))
WORDS = {"created": "created", "updated": "updated", "deleted": "deleted", "none": "unchanged"}
RESULTS: dict[str, Result] = {"created": "done", "updated": "changed", "deleted": "changed", "none": "unchanged"}


def users(people: Sequence[Person]) -> list[Json]:
    """The users for rc_scim_user, in the same order. A status that is not given is left alone."""
    result = []
    for person in people:
        wanted = wanted_fields(person)
        user = {option: wanted[name] for name, option in SCIM_OPTIONS.items() if name in wanted}
        if wanted.get("status"):
            user["active"] = wanted["status"] not in ASLEEP
        result.append(nested(user))
    return result


def settings(people: Sequence[Person], done: ScimResult) -> list[BulkUser]:
    """The users for rc_bulk_users: what SCIM can't say, for everybody who is there.

    By an approved plan that is everybody who was there when it was made.
    """
    by_plan = bool((done.get("plan_file") or {}).get("approved"))
    return [
        {**_rest(person), "extension_id": str(record["id"])}
        for person, record in _with_extension(people, done)
        if _rest(person) and not (by_plan and record["action"] == "created")
    ]


def _rest(person: Person) -> BulkUser:
    """What SCIM can't say of somebody."""
    wanted = wanted_fields(person)
    left = {key: value for key, value in wanted.items() if key not in SCIM_OPTIONS and key not in SECRETS}
    left.pop("status", None)
    return bulk_user({**left, **{option: value for option, value in person.items() if option in LISTS and value}})


def _with_extension(people: Sequence[Person], done: ScimResult) -> list[tuple[Person, ScimRecord]]:
    """People with their records, of whom REST has an extension."""
    pairs = zip(people, done.get("records") or [])
    return [(person, record) for person, record in pairs if record.get("id") and record["status"] == "ok"]


def outcome(
    people: Sequence[Person],
    done: ScimResult,
    configured: BulkResult | None,
    check_mode: bool = False,
) -> Outcome:
    """The result for everybody.

    Args:
        people: as the lookup returns them.
        done, configured: what rc_scim_user and rc_bulk_users returned; None for one that was left out.

    Returns:
        `people` as the report has them, `counts`, `lines` for the screen, `failed` (names), and `warnings`.
    """
    records = list(done.get("records") or [])
    reason = str(done.get("msg") or "was not reached")
    later = {str(row.get("extension_id")): row for row in (configured or {}).get("records") or []}
    failure = str((configured or {}).get("msg") or "was not reached")
    rows = []
    for index in range(max(len(people), len(records))):
        person: Person = people[index] if index < len(people) else {}
        record: ScimRecord = records[index] if index < len(records) else {}
        rows.append(_row(person, record, reason, later, failure, check_mode))
    counts = result_counts(rows)
    report_lines = []
    for row in sorted(rows, key=_urgency):
        if row.result != "unchanged":
            details = "; ".join([*row.errors, *row.changes, *row.notes])
            report_lines.append(f"{row.email}: {row.result_label}" + (f" ({details})" if details else ""))
    lines = first_of(report_lines, where=IN_REPORT)
    lines += [kept_in_words(name) for name in done.get("kept") or []]
    lines.append(f"{people_in_words(len(rows))}: {counts_in_words(dict(sorted(counts.items())))}.")
    estimate = done.get("estimate") or {}
    lines += estimate_in_words(estimate, of="SCIM") if check_mode else []
    lines += [estimate["advice"]] if estimate.get("advice") else []
    if check_mode:
        lines.append(CHECK_MODE)
    return {
        "stages": stages_of(STAGES),
        "people": [row.as_dict() for row in rows],
        "counts": counts,
        "failed": [str(row.email or row.name) for row in rows if row.result == "failed"],
        "lines": lines,
        "warnings": [],
    }


def _urgency(row: ReportRow) -> tuple[bool, bool]:
    """Failures first, then who loses access: a long list is shown in part only."""
    return row.result != "failed", not row.result_label.endswith(("suspended", "deleted"))


def _row(
    person: Person,
    record: ScimRecord,
    reason: str,
    later: Mapping[str, BulkRecord],
    failure: str,
    check_mode: bool,
) -> ReportRow:
    action = str(record.get("action") or "none")
    errors = errors_in_words(record.get("errors") or [])
    if not record:
        errors.append(reason)
    missing = bool(record.get("missing"))
    scim_changed = action != "none"
    word = WORDS[action]
    if missing and action == "updated":
        word = "suspended"
    stages = {"scim": _stage(errors, scim_changed, word, check_mode)}
    diff = record.get("diff") or {}
    changes = set_in_words(diff.get("after")) if action == "created" else changes_in_words(diff)
    changed = scim_changed
    notes = ["is not in the list"] if missing else []
    key, label = STAGES[1]
    row = later.get(str(record.get("id")))
    if not person or not _rest(person):
        stages[key] = SKIPPED
    elif row is None and (errors or not record.get("id")):
        stages[key] = Stage("waiting", "the user failed" if errors else "comes after the user")
        notes.append(f"{label.casefold()} follow, once REST shows the user")
        changes += set_in_words(_rest(person)) if check_mode and not errors else []
    else:
        wrong = errors_in_words(row.get("errors") or []) if row else [failure]
        moved = bool((row or {}).get("changed"))
        changed = changed or moved
        changes += changes_in_words(row.get("diff")) if row and moved else []
        stages[key] = _stage(wrong, moved, "changed" if moved else "unchanged", check_mode)
        errors += wrong
    result: Result = "failed"
    label_of_result = result_in_words("failed", check_mode)
    if not errors:
        result = RESULTS[action] if scim_changed else "changed" if changed else "unchanged"
        label_of_result = word if scim_changed else "updated" if changed else "unchanged"
        label_of_result = result_in_words(label_of_result, check_mode)
    return ReportRow(
        line=person.get("line"),
        name=" ".join(filter(None, (person.get("first_name"), person.get("last_name")))) or record.get("user_name"),
        email=record.get("user_name") or person.get("email"),
        extension_number=person.get("extension_number"),
        extension_id=record.get("id"),
        result=result,
        result_label=label_of_result,
        stages=stages,
        changes=changes,
        errors=errors,
        notes=notes,
    )


def _stage(errors: Sequence[str], changed: bool, word: str, check_mode: bool) -> Stage:
    if errors:
        return Stage("failed", "; ".join(errors))
    return Stage("waiting" if check_mode and changed else "ok", result_in_words(word, check_mode))
