# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result for everybody, where a role knows more of it than the modules' results say: by the kind of the report."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from .._report.model import Outcome
from . import event_subscriptions, offboarding_outcome, purge, rehire, scim_sync
from .comparison import DriftSettings
from .drift import compare, drift
from .results import Account, Extension, RoleInfo, SnapshotRow


class Registered(TypedDict, total=False):
    """What a task registered, as far as it is looked at here: of a module, of a loop, or of a task that was skipped."""

    skipped: bool
    results: list[event_subscriptions.SubscriptionResult]
    snapshots: list[SnapshotRow]
    extensions: list[Extension]
    account: Account
    roles: list[RoleInfo]


Results = Mapping[str, Registered]


@dataclass(frozen=True)
class Kind:
    """A kind of report.

    Attributes:
        outcome: from what the role worked out (`entries`), the modules' results by name, and whether it is check mode, to
            the result for everybody.
        needs: keys of results, in addition to records and snapshots, that `outcome` looks at.
    """

    outcome: Callable[[Any, Results, bool], Outcome]
    needs: tuple[str, ...] = ()


def _done(results: Results, name: str) -> Any:
    """The result of a task; None where it was left out."""
    result = results.get(name)
    return None if not result or result.get("skipped") else result


def _result(results: Results, name: str) -> Any:
    """The result of a task; an empty one where it was left out."""
    return _done(results, name) or {}


def _snapshots(results: Results, name: str) -> Any:
    return _result(results, name).get("snapshots")


def _offboarding(entries: Any, results: Results, check_mode: bool) -> Outcome:
    return offboarding_outcome.outcome(entries["found"], _result(results, "done"), check_mode, entries["day"])


def _rehire(entries: Any, results: Results, check_mode: bool) -> Outcome:
    after = _snapshots(results, "now")
    return rehire.outcome(
        entries["planned"],
        entries["queues"],
        _snapshots(results, "snapshots") or [] if after is None else after,
        _result(results, "enabled"),
        _result(results, "handed"),
        check_mode,
        _result(results, "there").get("extensions") or [],
    )


def _purge(entries: Any, results: Results, check_mode: bool) -> Outcome:
    return purge.outcome(entries, _done(results, "deleted"), check_mode)


def _scim_sync(entries: Any, results: Results, check_mode: bool) -> Outcome:
    return scim_sync.outcome(entries, _result(results, "done"), _done(results, "settings"), check_mode)


def _event_subscriptions(entries: Any, results: Results, check_mode: bool) -> Outcome:
    return event_subscriptions.outcome(entries, results["done"].get("results") or [], check_mode)


def _drift(entries: Any, results: Results, _check_mode: bool) -> Outcome:
    everybody, own, details = (_result(results, name) for name in ("everybody", "own", "details"))
    own_id = next((str(extension["extension_id"]) for extension in own.get("extensions") or []), "")
    settings = DriftSettings(str(entries["source"]), own_id, tuple(entries["ignore"]), bool(entries.get("lines")))
    compared = compare(
        json.loads(entries["people"]),
        everybody.get("extensions") or [],
        results["account"]["account"],
        results["roles"]["roles"],
        settings,
        details.get("extensions") or [],
        [row for name in ("calls", "lines") for row in _result(results, name).get("snapshots") or []],
    )
    planned = _result(results, "planned").get("records") or []
    return drift(compared, settings.source, list(results.values()), planned)


KINDS = {
    "offboarding": Kind(_offboarding, ("stages", "turn_off")),
    "rehire": Kind(_rehire, ("extensions",)),
    "purge": Kind(_purge),
    "scim_sync": Kind(_scim_sync),
    "event_subscriptions": Kind(
        _event_subscriptions, ("subscription", "blacklisted", "duplicates", "token_known", "reasons")
    ),
    "drift": Kind(_drift, ("account", "roles", "extensions")),
}
