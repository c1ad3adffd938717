# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How things look in an answer: ids, links, pages. Whole numbers in v1, strings in v2 and in the guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import dictionaries as known
from .account import LISTED, Account, Json
from .oauth import Session
from .problems import invalid

if TYPE_CHECKING:
    from .gateway import Socket

MAX_PAGE = 1000
COMPANY = ("id", "name", "type", "status", "hidden", "creationTime")


@dataclass
class Call:
    """One request that passed every gate."""

    account: Account
    session: Session
    url: str
    path: dict[str, str]
    query: dict[str, list[str]]
    body: Json = field(default_factory=dict)
    raw: bytes = b""
    content_type: str = ""
    socket: Socket | None = None

    @property
    def owner(self) -> tuple[str, str]:
        """The app and the user who call."""
        return self.session.app.client_id, self.session.user

    @property
    def guide(self) -> bool:
        return self.account.settings.profile == "guide"

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[-1]


@dataclass
class Reply:
    body: Any = None
    status: int = 200
    media_type: str = "application/json"


@dataclass
class Answer:
    """What goes to the client, over HTTP or a socket."""

    status: int
    headers: dict[str, str]
    content: bytes
    media_type: str | None


class Dropped(Exception):
    """The connection should be cut without an answer."""


def account_uri(call: Call) -> str:
    return f"{call.url}/restapi/v1.0/account/{known.ACCOUNT_ID}"


def extension(call: Call, record: Json, listed: bool = False) -> Json:
    """An extension as a read, or as the list, reports it."""
    uri = f"{account_uri(call)}/extension/{record['id']}"
    if record["type"] == "CompanyExtension":
        own = f"{call.url}/restapi/v1.0/account/{record['id']}/extension/{record['id']}"
        return {"uri": own, **{key: record[key] for key in COMPANY}}
    shown = {key: value for key, value in record.items() if (not listed or key in LISTED) and key != "scim"}
    shown["id"] = str(record["id"]) if call.guide else record["id"]
    shown["uri"] = uri
    shown["permissions"] = {"admin": {"enabled": False}, "internationalCalling": {"enabled": True}}
    image = call.account.images.get(record["id"]) or {}
    told = {key: image[key] for key in ("etag", "lastModified", "contentType") if key in image}
    shown["profileImage"] = {"uri": f"{uri}/profile-image", **told}
    shown["roles"] = [role(call, item) for item in record["roles"]]
    if not listed:
        shown["account"] = {"id": str(known.ACCOUNT_ID), "uri": account_uri(call)}
    return _thin(shown) if listed and call.account.settings.behaves("thin-lists") else shown


def _thin(shown: Json) -> Json:
    contact = {key: value for key, value in shown["contact"].items() if key not in ("mobilePhone", "businessAddress")}
    roles = [{"id": item["id"]} for item in shown["roles"]]
    rest = {key: value for key, value in shown.items() if key != "roles"}
    return {**rest, "contact": contact, **({"roles": roles} if roles else {})}


def role(call: Call, item: Json) -> Json:
    return {"uri": f"{account_uri(call)}/user-role/{item['id']}", **item}


def page(call: Call, records: list[Json], path: str, show: Callable[[Json], Json]) -> Json:
    """One page of a list. A page past the end is empty; a page size past the maximum is cut to it."""
    number, size = (_positive(call, name, default) for name, default in (("page", 1), ("perPage", 100)))
    size = min(size, call.account.settings.habits.page_size or MAX_PAGE)
    total = len(records)
    pages = -(-total // size)
    start = (number - 1) * size
    uri = f"{call.url}{path}"

    def link(which: int) -> Json:
        return {"uri": f"{uri}?page={which}&perPage={size}"}

    navigation = {"firstPage": link(1), "lastPage": link(max(1, pages))}
    if number < pages:
        navigation["nextPage"] = link(number + 1)
    if 1 < number <= pages:
        navigation["previousPage"] = link(number - 1)
    paging: Json = {"perPage": size, "totalPages": pages, "totalElements": total}
    chosen = records[start : start + size]
    if chosen:
        paging.update({"page": number, "pageStart": start, "pageEnd": start + len(chosen) - 1})
    return {
        "uri": f"{uri}?page={number}&perPage={size}",
        "records": [show(record) for record in chosen],
        "navigation": navigation,
        "paging": paging,
    }


def _positive(call: Call, name: str, default: int) -> int:
    value = call.one(name, str(default))
    if not value.isdecimal() or not value.isascii() or int(value) < 1:
        raise invalid(name)
    return int(value)
