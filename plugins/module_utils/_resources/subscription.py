# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A subscription: where which events go. The catalogue of events, and the calls.

Subscriptions belong to an app and a user: each user of each app sees its own only.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from .._transport.client import Client
from .._transport.errors import InvalidInput, NoAnswer, NotFound
from .fields import Json

_ACCOUNT = "/restapi/v1.0/account/~"
_EXTENSION = _ACCOUNT + "/extension/{extension}"
# The events of a user's life, by the names that options take. Those of one extension take its id after a colon.
EVENTS = {
    "extension_list": _ACCOUNT + "/extension",
    "extension": _EXTENSION,
    "presence": _EXTENSION + "/presence",
    "message_store": _EXTENSION + "/message-store",
    "telephony_sessions": _EXTENSION + "/telephony/sessions",
    "voicemail": _EXTENSION + "/voicemail",
    "account_presence": _ACCOUNT + "/presence",
    "account_telephony_sessions": _ACCOUNT + "/telephony/sessions",
    # From three days before the subscription ends, RingCentral reminds of it every twelve hours.
    "reminder": "/restapi/v1.0/subscription/~?threshold=259200&interval=43200",
}
WEBHOOK = "WebHook"
BLACKLISTED = "Blacklisted"
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
# RingCentral may answer with ids where it was asked with ~.
_ACCOUNT_ID = re.compile(r"(?<=/account/)\d+")
_EXTENSION_ID = re.compile(r"(?<=/extension/)\d+")
_OWN_ID = re.compile(r"(?<=/restapi/v1\.0/subscription/)[^/?]+")


def paths(filters: Sequence[str]) -> list[str]:
    """Event filters as RingCentral takes them, each once, in the order given. Raises InvalidInput."""
    found = list(dict.fromkeys(_path(str(entry).strip()) for entry in filters))
    if all(_OWN_ID.search(path) for path in found):
        raise InvalidInput(
            "event_filters must name at least one event; a reminder alone is none. Nothing was sent.", "event_filters"
        )
    return found


def _path(entry: str) -> str:
    if entry.startswith("/"):
        if re.fullmatch(r"/\S+/v\d[\d.]*/\S+", entry):
            return entry
        raise InvalidInput(
            f"event_filters: '{entry}' is not a path of RingCentral's, such as {EVENTS['extension_list']}.",
            "event_filters",
        )
    name, colon, extension_id = entry.partition(":")
    if name not in EVENTS:
        close = difflib.get_close_matches(name, EVENTS, 3)
        hint = f"Did you mean {' or '.join(close)}?" if close else f"It may be {', '.join(EVENTS)}, or a path."
        raise InvalidInput(f"event_filters: there is no event '{entry}'. {hint} Nothing was sent.", "event_filters")
    if not colon:
        return EVENTS[name].format(extension="~")
    if "{extension}" not in EVENTS[name]:
        raise InvalidInput(f"event_filters: '{name}' takes no extension id. Nothing was sent.", "event_filters")
    if not re.fullmatch(r"\d+", extension_id):
        raise InvalidInput(
            f"event_filters: '{extension_id}' in '{entry}' is not the id of an extension. Nothing was sent.",
            "event_filters",
        )
    return EVENTS[name].format(extension=extension_id)


def comparable(path: str, own_id: str = "") -> str:
    """A filter in the form in which it is compared: own ids as ~, and a query in one order."""
    place, _mark, query = path.partition("?")
    place = _OWN_ID.sub("~", _ACCOUNT_ID.sub("~", place.rstrip("/")))
    place = _EXTENSION_ID.sub(lambda found: "~" if found[0] == own_id else found[0], place)
    return f"{place}?{urlencode(sorted(parse_qsl(query, keep_blank_values=True)))}" if query else place


def names_extensions(filters: Sequence[str]) -> bool:
    """Whether an id of an extension stands in any of these filters."""
    return any(_EXTENSION_ID.search(path) for path in filters)


def check_address(address: str) -> None:
    """Raises InvalidInput for what can't be a webhook's address."""
    try:
        url = urlsplit(address)
        host = url.hostname or ""
        _port = url.port
    except ValueError as error:
        raise InvalidInput(f"address '{address}' is not a URL: {error}. Nothing was sent.", "address") from error
    if not host or re.search(r"\s", address):
        raise InvalidInput(
            f"address '{address}' is not a URL such as https://hooks.example.com/ringcentral.", "address"
        )
    if url.username is not None or url.fragment:
        raise InvalidInput(
            "address must hold neither a user name and password nor a fragment. Nothing was sent.", "address"
        )
    if url.scheme != "https" and not (url.scheme == "http" and _LOOPBACK.fullmatch(host)):
        raise InvalidInput(
            f"address '{address}' must be https: the events contain data of people, and their token must not be read on the way."
            " http is allowed on this machine only (localhost). Nothing was sent.",
            "address",
        )


def same_address(address: Any) -> str:
    """An address in the form in which it is compared."""
    url = urlsplit(str(address or "").strip())
    return url._replace(scheme=url.scheme.lower(), netloc=url.netloc.lower(), path=url.path or "/").geturl()


def address_of(record: Mapping[str, Any]) -> str:
    """Where a subscription's events go, comparable; empty unless it is a webhook."""
    mode = record.get("deliveryMode") or {}
    return same_address(mode.get("address")) if mode.get("transportType") == WEBHOOK else ""


def at(address: Any, records: Sequence[Json]) -> list[Json]:
    """The webhook subscriptions of an address."""
    return [record for record in records if address_of(record) == same_address(address)]


def filters_of(record: Mapping[str, Any]) -> list[str]:
    """The filters that were asked for, those among them that RingCentral does not serve included."""
    disabled = [str(entry["filter"]) for entry in record.get("disabledFilters") or [] if entry.get("filter")]
    return list(dict.fromkeys([*map(str, record.get("eventFilters") or []), *disabled]))


def moment(text: Any) -> float | None:
    """Seconds since the epoch from 2026-03-30T11:16:23.162Z; None where it can't be read."""
    plain = re.sub(r"\.\d+", "", str(text or "").strip()).replace(
        "Z", "+00:00"
    )  # Python 3.10 takes some fractions only
    try:
        when = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return when.timestamp() if when.tzinfo else None


def as_returned(record: Mapping[str, Any]) -> Json:
    """A subscription as modules return it. RingCentral never reports a verification token."""
    mode = record.get("deliveryMode") or {}
    black = record.get("blacklistedData") or {}
    blacklisted = {"since": black.get("blacklistedAt"), "reason": black.get("reason")}
    return {
        "id": record.get("id"),
        "transport": mode.get("transportType"),
        "address": mode.get("address"),
        "event_filters": list(record.get("eventFilters") or []),
        "disabled_filters": list(record.get("disabledFilters") or []),
        "status": record.get("status"),
        "blacklisted": blacklisted if record.get("status") == BLACKLISTED else None,
        "creation_time": record.get("creationTime"),
        "expiration_time": record.get("expirationTime"),
        "expires_in": record.get("expiresIn"),
    }


def everything(client: Client) -> list[Json]:
    """All subscriptions of this user and app."""
    return list(client.pages("listSubscriptions"))


def create(
    client: Client,
    address: str,
    filters: Sequence[str],
    expires_in: int | None,
    token: str | None,
    known: Sequence[Mapping[str, Any]],
) -> Json:
    """Subscribe, once.

    Where the answer was lost, any that is not among those `known` before is looked for before it is asked again; and
    should the first request have been on its way all the time, the one too many ends.
    """
    mode = {"transportType": WEBHOOK, "address": address, **({"verificationToken": token} if token else {})}
    body = {**_request(filters, expires_in), "deliveryMode": mode}
    before = {str(record["id"]) for record in known}

    def appeared() -> list[Json]:
        return [record for record in at(address, everything(client)) if str(record["id"]) not in before]

    try:
        return client.made("createSubscription", body=body, subject=address)
    except NoAnswer as error:
        if not error.outcome_unknown:
            raise
    client.usage.retries += 1
    found = appeared()
    if found:
        return found[0]
    record = client.made("createSubscription", body=body, subject=address)
    for other in appeared():
        if other["id"] != record["id"]:
            delete(client, str(other["id"]), address)
    return record


def update(client: Client, subscription_id: str, filters: Sequence[str], expires_in: int | None, subject: str) -> Json:
    """Set the filters, and with them the time. It sets a state, so it may be repeated."""
    body = _request(filters, expires_in)
    record: Json = client.repeatable("updateSubscription", subscriptionId=subscription_id, body=body, subject=subject)
    return record


def renew(client: Client, subscription_id: str, subject: str) -> Json:
    """Start RingCentral's usual time again. A second request does no harm."""
    record: Json = client.repeatable("renewSubscription", subscriptionId=subscription_id, subject=subject)
    return record


def delete(client: Client, subscription_id: str, subject: str) -> None:
    """End a subscription; what is gone already is fine."""
    try:
        client.repeatable("deleteSubscription", subscriptionId=subscription_id, subject=subject)
    except NotFound:
        pass


def _request(filters: Sequence[str], expires_in: int | None) -> Json:
    return {"eventFilters": list(filters), **({"expiresIn": expires_in} if expires_in else {})}
