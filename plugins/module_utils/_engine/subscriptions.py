# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscriptions that never lapse: the work of rc_subscription and rc_subscription_info.

What has to be done is decided by one plain function, `decide`, from what RingCentral lists, what is wanted, and the time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .._resources import extension_calls, subscription
from .._resources.fields import Json
from .._resources.subscription import BLACKLISTED
from .._transport.client import Client
from .._transport.errors import ApiError, InvalidInput, NotFound
from ._run.context import Context, Result

# How long a verification token is known again after the last run that saw it.
REMEMBER_SECONDS = 400 * 86400.0
RENEW_BEFORE = 2 * 86400


class Step(NamedTuple):
    """One request: create, update, renew or delete; and the id of the subscription, where it exists."""

    verb: str
    id: str = ""


@dataclass(frozen=True)
class Wanted:
    """A webhook subscription as it should be.

    Attributes:
        address: where events go.
        filters: RingCentral's paths.
        renew_before: seconds; with less left than that, it is renewed.
        expires_in: seconds to ask for; None leaves it to RingCentral.
        unique: whether others of the same address are removed.
        own_id: the extension id that ~ stands for, where it matters.
    """

    address: str
    filters: tuple[str, ...]
    renew_before: float
    expires_in: int | None = None
    unique: bool = False
    own_id: str = ""

    def has_filters(self, record: Mapping[str, Any]) -> bool:
        """Whether a subscription's events are the ones that are wanted, as far as RingCentral serves them."""
        served_filters, wanted_filters = (
            self.comparable(record.get("eventFilters") or []),
            self.comparable(subscription.filters_of(record)),
        )
        return served_filters <= self.comparable(self.filters) <= wanted_filters

    def comparable(self, filters: Sequence[str]) -> set[str]:
        return {subscription.comparable(path, self.own_id) for path in filters}


@dataclass(frozen=True)
class Decision:
    """What is done about one address.

    Attributes:
        action: created, updated, renewed, recreated, reduced, removed or none.
        steps: the requests, in order.
        record: the subscription that it is about, as it was.
        reasons: why, in words that follow the address.
        duplicates: others of the same address that are left alone.
    """

    action: str
    steps: tuple[Step, ...] = ()
    record: Json | None = None
    reasons: tuple[str, ...] = ()
    duplicates: tuple[Json, ...] = ()


def decide(
    records: Sequence[Json],
    wanted: Wanted,
    now: float,
    token_is: Callable[[str], bool | None] = lambda _id: None,
    replace_token: bool = False,
) -> Decision:
    """What has to be done so that there is one live subscription as wanted.

    There is a new one before an old one ends, so that no event falls between them. After a run at least the lesser of
    `renew_before` and the time that RingCentral grants is left: runs that are never further apart than that let nothing lapse.

    Args:
        records: RingCentral's list, all transports.
        now: seconds since the epoch.
        token_is: whether the subscription of an id has the wanted verification token; None where nobody knows.
        replace_token: take every token for another one.
    """
    here = subscription.at(wanted.address, records)
    if not here:
        return Decision("created", (Step("create"),), reasons=("it did not exist",))
    here.sort(key=lambda record: _fitness(record, wanted, now, token_is(str(record["id"]))), reverse=True)
    chosen, others = here[0], here[1:]
    # A dead one with these filters was replaced by a run that did not come to its end.
    spare = [
        record for record in others if wanted.unique or (wanted.has_filters(record) and record["status"] == BLACKLISTED)
    ]
    left = tuple(record for record in others if record not in spare)
    own_id = str(chosen["id"])
    ends = tuple(Step("delete", str(record["id"])) for record in spare)
    too_many = (f"{len(spare)} more of the same address",) if spare else ()
    renewal = Step("update" if wanted.expires_in else "renew", own_id)
    if chosen["status"] == BLACKLISTED:
        # It delivers nothing any more. The new one first anyway: if RingCentral does not take the address, the old
        # one still reports since when and why.
        steps = (Step("create"), Step("delete", own_id), *ends)
        return Decision("recreated", steps, chosen, (_blacklisted(chosen), *too_many), left)
    if replace_token or token_is(own_id) is False:
        # A token is given at creation only: RingCentral ignores it in an update.
        steps = (Step("create"), Step("delete", own_id), *ends)
        return Decision("recreated", steps, chosen, ("its verification token changes", *too_many), left)
    if not wanted.has_filters(chosen):
        return Decision(
            "updated", (Step("update", own_id), *ends), chosen, ("its event filters differ", *too_many), left
        )
    if seconds_left(chosen, now) < wanted.renew_before:
        return Decision("renewed", (renewal, *ends), chosen, (_short(chosen, now), *too_many), left)
    return Decision("reduced" if spare else "none", ends, chosen, too_many, left)


def decide_absent(records: Sequence[Json], address: str) -> Decision:
    """What has to be done so that nothing is delivered to an address."""
    here = subscription.at(address, records)
    ends = tuple(Step("delete", str(record["id"])) for record in here)
    return Decision("removed" if here else "none", ends, here[0] if here else None)


def after_refusal(
    decision: Decision, records: Sequence[Json], wanted: Wanted, now: float, full: bool
) -> tuple[Step, ...]:
    """What is done when RingCentral refuses the first step, so that what is alive stays so.

    Where there is no room for one more (`full`), the dead end first and the new one is asked for again. Otherwise a subscription
    that continues is renewed as it is, if it is time: or it would lapse while somebody looks for the mistake.
    """
    dead = {str(record["id"]) for record in records if record["status"] == BLACKLISTED}
    first = tuple(step for step in decision.steps if step.verb == "delete" and step.id in dead)
    if full and first:
        return (*first, *(step for step in decision.steps if step not in first))
    record = decision.record
    if record is None or record["status"] == BLACKLISTED or seconds_left(record, now) >= wanted.renew_before:
        return ()
    return (Step("renew", str(record["id"])),)


def seconds_left(record: Mapping[str, Any], now: float) -> float:
    """How long a subscription continues; nothing where RingCentral does not report, so that it is renewed.

    In practice `expiresIn` counts down, but the document calls it a lifetime; so the date has a say as well.
    """
    end, left = subscription.moment(record.get("expirationTime")), record.get("expiresIn")
    return min(([] if end is None else [end - now]) + ([] if left is None else [float(left)]), default=0.0)


def _fitness(record: Mapping[str, Any], wanted: Wanted, now: float, token: bool | None) -> tuple[Any, ...]:
    common = wanted.comparable(subscription.filters_of(record)) & wanted.comparable(wanted.filters)
    return (
        wanted.has_filters(record),
        record["status"] != BLACKLISTED,
        token is not False,
        len(common),
        bool(token),
        seconds_left(record, now),
        str(record["id"]),
    )


def _blacklisted(record: Mapping[str, Any]) -> str:
    data = record.get("blacklistedData") or {}
    since = f" since {data['blacklistedAt']}" if data.get("blacklistedAt") else ""
    return f"RingCentral blacklisted it{since}: {data.get('reason') or 'no reason given'}; events since then are lost"


def _short(record: Mapping[str, Any], now: float) -> str:
    return f"it would have ended in {in_words(max(0.0, seconds_left(record, now)))}"


def in_words(seconds: float) -> str:
    """A time such as 3 days, for people."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count = math.floor(seconds / length)
        if count:
            return f"{count} {unit}" + ("s" if count != 1 else "")
    return "no time"


# --- the modules ---------------------------------------------------------------------------------


def subscription_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The subscriptions of this user and app that match."""
    records = subscription.everything(context.client)
    if options.get("address"):
        records = subscription.at(options["address"], records)
    status = options.get("status")
    found = [subscription.as_returned(record) for record in records if not status or record.get("status") == status]
    return Result({"subscriptions": found})


def ensure_subscription(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one address have one live subscription as asked, or none."""
    wanted = wanted_of(options) if options["state"] == "present" else None
    with context.client.alone("subscriptions"):  # or two jobs at once would both find none, and create one each
        if wanted is None:
            return _remove(context, str(options["address"]))
        return _ensure(context, wanted, options.get("verification_token"), options["update_token"] == "always")


def _ensure(context: Context, wanted: Wanted, token: str | None, replace_token: bool) -> Result:
    client, tokens = context.client, _Tokens(context.client, token)
    records = subscription.everything(client)
    if _own_id_matters(wanted, records):
        wanted = replace(wanted, own_id=_own_id(client))
    decision = decide(records, wanted, time.time(), tokens.same, replace_token)
    try:
        return _carry_out(context, decision, wanted, records, tokens)
    except NotFound:
        # It ended between the list and the request. What RingCentral said is gone is gone, regardless of what its list says.
        replaced_id = (decision.record or {}).get("id")
        records = [record for record in subscription.everything(client) if record["id"] != replaced_id]
        return _carry_out(context, decide(records, wanted, time.time(), tokens.same), wanted, records, tokens)


def _remove(context: Context, address: str) -> Result:
    decision = decide_absent(subscription.everything(context.client), address)
    removed = [key for _verb, key in decision.steps]
    if not context.check_mode:
        for key in removed:
            subscription.delete(context.client, key, f"{address}, id {key}")
            _Tokens(context.client, None).forget(key)
    values: Json = {
        "action": decision.action,
        "reasons": [],
        "subscription": None,
        "duplicates": [],
        "removed": removed,
    }
    record = decision.record
    before = {"event_filters": sorted(subscription.filters_of(record)), "ends": removed} if record else {}
    return Result(values, changed=bool(removed), before=before)


def wanted_of(options: Mapping[str, Any]) -> Wanted:
    """What the module's options ask for. Raises InvalidInput."""
    address = str(options["address"]).strip()
    subscription.check_address(address)
    filters = subscription.paths(options.get("event_filters") or [])
    if options.get("verification_token") == "":
        raise InvalidInput(
            "verification_token is empty. Nothing was sent.",
            "verification_token",
            "Leave it out, or see why its variable holds nothing.",
        )
    renew_before, expires_in = int(options["renew_before"]), options.get("expires_in")
    expires_in = None if expires_in is None else int(expires_in)
    if renew_before < 1 or (expires_in is not None and expires_in < 1):
        raise InvalidInput(
            "expires_in and renew_before are seconds, and more than 0. Nothing was sent.",
            "expires_in" if renew_before >= 1 else "renew_before",
        )
    if expires_in is not None and expires_in <= renew_before:
        raise InvalidInput(
            f"expires_in ({expires_in} seconds) must be more than renew_before ({renew_before}"
            " seconds), or every run would renew it. Nothing was sent.",
            "expires_in",
            "Raise expires_in, or set renew_before to somewhat more than the time between two runs.",
        )
    return Wanted(address, tuple(filters), float(renew_before), expires_in, bool(options.get("unique")))


def _own_id_matters(wanted: Wanted, records: Sequence[Json]) -> bool:
    """Whether somebody's id stands where it has to be known whether it is our own."""
    here = subscription.at(wanted.address, records)
    listed = [path for record in here for path in subscription.filters_of(record)]
    return bool(here) and subscription.names_extensions([*wanted.filters, *listed])


def _own_id(client: Client) -> str:
    """The extension id of the user who logs in; a JWT reports it."""
    if client.own_user.isdigit():
        return client.own_user
    return str(client.remembered("own-extension", lambda: extension_calls.read(client, "~")["id"], 600.0))


def _carry_out(
    context: Context, decision: Decision, wanted: Wanted, records: Sequence[Json], tokens: _Tokens
) -> Result:
    record, answer = decision.record, decision.record
    fresh = decision.action in ("created", "recreated")
    black = subscription.as_returned(record)["blacklisted"] if record else None
    values: Json = {
        "action": decision.action,
        "reasons": list(decision.reasons),
        "blacklisted": black,
        "duplicates": [str(other["id"]) for other in decision.duplicates],
        "removed": [key for verb, key in decision.steps if verb == "delete"],
        "token_known": None if fresh or not tokens.wanted or not record else tokens.same(str(record["id"])) is not None,
    }
    if context.check_mode:
        answer = _foreseen(decision, wanted)
    elif decision.steps:
        try:
            answer = _send(context.client, decision.steps, wanted, records, tokens) or record
        except NotFound:
            raise
        except ApiError as error:
            steps = after_refusal(decision, records, wanted, time.time(), error.code == "SUB-505")
            done = _send(context.client, steps, wanted, records, tokens)
            if Step("create") not in steps:
                del values["removed"]
                failure = f"{error} This was attempted because {decision.reasons[0]}."
                failure += " The subscription was renewed as it is." if steps else ""
                return Result({**values, "error": error.facts()}, changed=bool(steps), failure=failure)
            answer = done
    shown = subscription.as_returned(answer or {})
    values.update(subscription=shown, expires_in={"requested": wanted.expires_in, "granted": shown["expires_in"]})
    if not context.check_mode:
        tokens.keep(str(shown["id"]), fresh=False)
    _tell(context, decision, wanted, values)
    before, after = _diff(decision, wanted)
    return Result(values, changed=bool(decision.steps), before=before, after=after)


def _send(
    client: Client, steps: Sequence[Step], wanted: Wanted, records: Sequence[Json], tokens: _Tokens
) -> Json | None:
    """Send the requests; the answer is the subscription as it is now, unless something only ended."""
    answer = None
    for verb, key in steps:
        about = f"{wanted.address}, id {key}"
        if verb == "delete":
            subscription.delete(client, key, about)
            tokens.forget(key)
        elif verb == "renew":
            answer = subscription.renew(client, key, about)
        elif verb == "update":
            answer = subscription.update(client, key, wanted.filters, wanted.expires_in, about)
        else:
            token = tokens.wanted
            answer = subscription.create(client, wanted.address, wanted.filters, wanted.expires_in, token, records)
            tokens.keep(str(answer["id"]), fresh=True)
    return answer


def _foreseen(decision: Decision, wanted: Wanted) -> Json:
    """The subscription as it would be. When it would end, RingCentral decides."""
    verb = decision.steps[0].verb if decision.steps else "delete"
    record = {} if verb == "create" else dict(decision.record or {})
    if verb in ("create", "update"):
        record.update({"eventFilters": list(wanted.filters), "disabledFilters": []})
    if verb != "delete":
        record.update({"status": "Active", "expirationTime": None, "expiresIn": None})
    return {"deliveryMode": {"transportType": subscription.WEBHOOK, "address": wanted.address}, **record}


def _diff(decision: Decision, wanted: Wanted) -> tuple[Json, Json]:
    record = decision.record or {}
    before: Json = {}
    after: Json = {}
    if decision.action in ("created", "recreated", "updated"):
        before["event_filters"] = sorted(wanted.comparable(subscription.filters_of(record)))
        after["event_filters"] = sorted(wanted.comparable(wanted.filters))
    if decision.action in ("created", "recreated"):
        before["status"], after["status"] = record.get("status"), "Active"
    if decision.action == "renewed":
        before["renewed"], after["renewed"] = False, True
    ends = [key for verb, key in decision.steps if verb == "delete"]
    return {**before, **({"ends": ends} if ends else {})}, after


def _tell(context: Context, decision: Decision, wanted: Wanted, values: Json) -> None:
    """What an administrator should know, and what is no failure."""
    address, shown = wanted.address, values["subscription"]
    if values["blacklisted"]:
        context.warn(f"{address}: {decision.reasons[0]}.")
    if values["duplicates"]:
        context.warn(
            f"{address} has more subscriptions ({', '.join(values['duplicates'])}), so events may arrive more than once."
            " With unique: true they are removed."
        )
    for entry in shown["disabled_filters"]:
        why = entry.get("message") or entry.get("reason")
        context.warn(f"{address}: RingCentral does not deliver {entry.get('filter')}: {why}.")
    granted = shown["expires_in"]
    if decision.steps and granted and granted <= wanted.renew_before:
        context.warn(
            f"{address}: RingCentral granted {granted} seconds ({in_words(granted)}), and renew_before is"
            f" {wanted.renew_before:.0f} seconds: every run renews it, and it lapses if the next run is later than that."
        )
    if values["token_known"] is False:
        context.warn(
            f"{address}: whether its verification token is the one given is not known, because RingCentral does not report it"
            " and no earlier run left its mark in state_dir. Keep state_dir from run to run; update_token: always sets the"
            " token now, by a new subscription."
        )


class _Tokens:
    """Which verification token a subscription was given. RingCentral never reports, so runs leave a mark of it."""

    def __init__(self, client: Client, wanted: str | None) -> None:
        self._client = client
        self.wanted = wanted

    def same(self, subscription_id: str) -> bool | None:
        """Whether it is the wanted one; None where none is wanted, or nobody knows."""
        kept = self._kept(subscription_id)
        if not self.wanted or not kept:
            return None
        mark = self._mark(subscription_id)
        # A mark by the secret that the app had before can't be compared.
        return kept == mark if kept.partition(":")[0] == mark.partition(":")[0] else None

    def keep(self, subscription_id: str, fresh: bool) -> None:
        """Remember the token of a new subscription, or continue remembering an older one's."""
        mark = self._mark(subscription_id) if fresh else self._kept(subscription_id)
        if mark:
            self._client.keep(self._name(subscription_id), mark, REMEMBER_SECONDS)

    def forget(self, subscription_id: str) -> None:
        self._client.drop(self._name(subscription_id))

    def _kept(self, subscription_id: str) -> str:
        name = self._name(subscription_id)
        return str(self._client.kept(name).get(name) or "")

    def _mark(self, subscription_id: str) -> str:
        return self._client.mark_of(f"{subscription_id}\0{self.wanted or ''}")

    @staticmethod
    def _name(subscription_id: str) -> str:
        return f"subscription-token:{subscription_id}"
