# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account's extensions as the hosts of an inventory: what each is called, and which groups it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..module_utils._engine._run.lanes import IN_FLIGHT
from ..module_utils._resources import extension, extension_calls, readiness
from ..module_utils._resources.fields import Json, dig
from ..module_utils._transport.client import Client
from ..module_utils._transport.text import printable

# The group of enabled users who can't work yet.
NOT_READY = "not_ready"
# What names a host where nothing else does.
LAST = "extension_id"
# Text that Ansible would take for a template. RingCentral's users choose what they are called; they don't choose what runs here.
TEMPLATE = re.compile(r"\{[{%#]")


def read(client: Client, types: Sequence[str], statuses: Sequence[str], ready: bool = False) -> list[Json]:
    """The extensions of these types and statuses as modules return them, by one request for each 1000.

    Args:
        ready: whether to read of each enabled user whether the user can work: one Light request or two for each.
    """
    query = {key: list(value) for key, value in (("type", types), ("status", statuses)) if value}
    records = extension_calls.listed(client, query)
    found = [extension.as_returned(record) for record in records]
    enabled = [pair for pair in zip(records, found) if ready and pair[0].get("status") == "Enabled"]
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        verdicts = pool.map(lambda pair: readiness.of(client, pair[0]), enabled)
        for (_record, shown), verdict in zip(enabled, verdicts):
            shown["read_only"]["readiness"] = verdict
    return found


def named(extensions: Sequence[Json], fields: Sequence[str]) -> tuple[dict[str, Json], list[str]]:
    """Extensions by the name of their host, and warnings.

    The first of `fields` (dotted) that an extension has, and shares with nobody, names it; else its id does. So a name
    does not depend on the order, and nobody takes the name of somebody else.
    """
    order = [*fields, LAST]
    counts = {field: Counter(_name(item, field).casefold() for item in extensions) for field in order}
    hosts: dict[str, Json] = {}
    shared: dict[str, int] = {}
    for item in extensions:
        for field in order:
            name = _name(item, field)
            if not name or TEMPLATE.search(name) or name in hosts or printable(name) != name:
                continue
            if counts[field][name.casefold()] == 1:
                hosts[name] = item
                break
            shared[f"{field} {name.casefold()}"] = counts[field][name.casefold()]
    return hosts, [f"{count} users share the {what}, so it names none of them." for what, count in shared.items()]


def _name(item: Mapping[str, object], field: str) -> str:
    value = dig(item, tuple(field.split(".")))
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def is_not_ready(item: Mapping[str, object]) -> bool:
    """Whether it was read that a user can't work yet."""
    return dig(item, ("read_only", "readiness", "ready")) is False


def groups_of(item: Mapping[str, object], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kind and value of every group that an extension is in; none where it has no such value."""
    for kind in kinds:
        if kind == "role":
            values = [role["name"] for role in dig(item, ("read_only", "roles")) or []]
        else:
            values = [item.get(kind)]
        yield from ((kind, printable(str(value))) for value in values if value)
