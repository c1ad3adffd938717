# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of subscriptions: what is wrong with it, and the result of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from ...module_utils._engine._run.words import counted
from ...module_utils._resources.fields import Json
from ...module_utils._resources.subscription import same_address
from ...module_utils._transport.errors import InvalidInput
from .._report.model import Outcome, PersonRecord, ReportRow, Result, result_counts
from .._report.words import CHECK_MODE, counts_in_words, result_in_words
from ...module_utils._engine.subscriptions import RENEW_BEFORE, wanted_of


class Subscription(TypedDict, total=False):
    """A subscription of the list."""

    name: str
    address: str
    event_filters: list[str]
    expires_in: int
    renew_before: int
    verification_token: str
    unique: bool
    state: str


class ShownSubscription(TypedDict, total=False):
    id: str
    expiration_time: str


class Blacklisted(TypedDict, total=False):
    since: str | None
    reason: str | None


class SubscriptionResult(TypedDict, total=False):
    """What rc_subscription returned for one; `msg` and no action where it failed."""

    action: str
    subscription: ShownSubscription | None
    blacklisted: Blacklisted | None
    duplicates: list[str]
    token_known: bool | None
    reasons: list[str]
    error: Json
    msg: str


class SubscriptionRecord(PersonRecord):
    """A `SubscriptionRow`, as the report has it."""

    address: str
    subscription_id: str | None
    blacklisted: Blacklisted | None
    warnings: list[str]


@dataclass(frozen=True, kw_only=True)
class SubscriptionRow(ReportRow):
    """The result of one subscription; `blacklisted` says since when and why it delivers nothing."""

    address: str
    subscription_id: str | None
    blacklisted: Blacklisted | None
    warnings: Sequence[str]

    def as_dict(self) -> SubscriptionRecord:
        return {
            **super().as_dict(),
            "address": self.address,
            "subscription_id": self.subscription_id,
            "blacklisted": self.blacklisted,
            "warnings": [*self.warnings],
        }


KEYS = tuple(Subscription.__annotations__)
WORDS = {
    "created": "created",
    "updated": "updated",
    "renewed": "renewed",
    "recreated": "re-created",
    "reduced": "reduced to one",
    "removed": "removed",
    "none": "unchanged",
}


def names(entries: Any) -> list[str]:
    """What each is called."""
    return [_name(entry, number) for number, entry in enumerate(entries, 1)] if isinstance(entries, list) else []


def problems(entries: Any) -> list[str]:
    """What is wrong with the list, before anything is sent. No token is in it."""
    if not isinstance(entries, list) or not entries:
        return ["The list is empty, or is not a list: 'subscriptions' must hold at least one subscription."]
    result = []
    addresses: dict[str, str] = {}
    for name, entry in zip(names(entries), entries):
        for problem in _problems(entry):
            result.append(f"{name}: {problem}")
        address = same_address(entry.get("address")) if isinstance(entry, dict) and entry.get("address") else ""
        if address in addresses:
            result.append(f"{name}: its address is that of {addresses[address]}; give each an address of its own.")
        if address:
            addresses[address] = name
    return result


def _problems(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["is not a dictionary."]
    unknown = sorted(str(key) for key in entry if key not in KEYS)
    if unknown:
        return [f"{', '.join(unknown)} is not known. There are {', '.join(KEYS)}."]
    if not entry.get("address"):
        return ["address is missing."]
    if entry.get("state", "present") not in ("present", "absent"):
        return ["state must be present or absent."]
    if entry.get("state") == "absent":
        return []
    if not isinstance(entry.get("event_filters"), list):
        return ["event_filters must be a list."]
    try:
        wanted_of({"renew_before": RENEW_BEFORE, **entry})
    except InvalidInput as error:
        return [str(error)]
    except (TypeError, ValueError):
        return ["expires_in and renew_before must be numbers of seconds."]
    return []


def _name(entry: Any, number: int) -> str:
    given = (entry.get("name") or entry.get("address")) if isinstance(entry, Mapping) else None
    return str(given or f"subscription {number}")


def outcome(
    entries: Sequence[Subscription], results: Sequence[SubscriptionResult], check_mode: bool = False
) -> Outcome:
    """The result of each.

    Args:
        entries: the list.
        results: what rc_subscription returned for each, in the same order.
    """
    named = names(entries)
    rows = [_row(name, entry, result, check_mode) for name, entry, result in zip(named, entries, results)]
    counts = result_counts(rows)
    lines = []
    for row in sorted(rows, key=lambda row: row.result != "failed"):
        if row.result != "unchanged":
            text = "; ".join([*row.errors, *row.changes])
            lines.append(f"{row.name}: {row.result_label}" + (f" ({text})" if text else ""))
    text = counts_in_words(dict(sorted(counts.items())), "none")
    lines.append(f"{counted(len(rows), 'subscription')}: {text}.")
    if check_mode:
        lines.append(CHECK_MODE)
    return {
        "stages": [],
        "people": [row.as_dict() for row in rows],
        "counts": counts,
        "failed": [name for name, row in zip(named, rows) if row.result == "failed"],
        "blacklisted": [name for name, row in zip(named, rows) if row.blacklisted],
        "lines": lines,
        "warnings": [f"{row.name}: {warning}" for row in rows for warning in row.warnings],
    }


def _row(name: str, entry: Subscription, result: SubscriptionResult, check_mode: bool) -> SubscriptionRow:
    failed = "action" not in result or "error" in result
    action = str(result.get("action") or "none")
    word = result_in_words("failed" if failed else WORDS[action], check_mode)
    shown: ShownSubscription = result.get("subscription") or {}
    black = result.get("blacklisted")
    until = [f"until {shown['expiration_time']}"] if shown.get("expiration_time") else []
    warnings = []
    if black:
        warnings.append(
            f"RingCentral delivered nothing since {black.get('since') or 'some time'} ({black.get('reason') or 'no reason given'}):"
            " look up in the account what happened since then."
        )
    if result.get("duplicates"):
        warnings.append(f"there are more of the same address: {', '.join(result['duplicates'])}.")
    if result.get("token_known") is False:
        warnings.append("whether its verification token is the one given is not known.")
    outcomes: dict[str, Result] = {"none": "unchanged", "created": "done"}
    return SubscriptionRow(
        name=name,
        address=entry["address"],
        subscription_id=shown.get("id"),
        blacklisted=black,
        result="failed" if failed else outcomes.get(action, "changed"),
        result_label=word,
        changes=[] if failed else [str(reason) for reason in result.get("reasons") or []],
        errors=[str(result.get("msg") or "was not reached")] if failed else [],
        notes=[*([str(entry["address"])] if name != entry["address"] else []), *until],
        warnings=warnings,
    )
