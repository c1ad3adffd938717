# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names where the API wants ids, and what is said of names that nothing has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.named_ids import KINDS, NamedIds
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    InvalidInput,
    NotAvailable,
    RingCentralError,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS

ROLES = [
    {"id": 2, "displayName": "Standard (International)", "custom": False},
    {"id": 3, "displayName": "Standard"},
    {"id": "7001", "displayName": "Sales Manager"},
    {"id": "7002", "displayName": "Straßenbahn"},
]
SITES = [{"id": "main-site", "name": "Main Site", "code": None}, {"id": "77", "name": "Zürich", "code": "ZRH"}]
LANGUAGES = [{"id": "1031", "name": "German (Germany)", "localeCode": "de-DE", "isoCode": "de"}]


class Client(OnTopOfCall):
    """Lists things, and remembers them until asked to forget."""

    def __init__(self, **lists: Any) -> None:
        self.lists = lists
        self.memory: dict[str, Any] = {}
        self.calls: list[str] = []

    def pages(self, name: str) -> Iterator[dict[str, Any]]:
        self.calls.append(name)
        found = self.lists[name]
        if isinstance(found, RingCentralError):
            raise found
        yield from found

    def remembered(self, name: str, read: Callable[[], Any], seconds: float) -> Any:
        assert seconds > 0
        if name not in self.memory:
            self.memory[name] = read()
        return self.memory[name]

    def forget(self, name: str) -> None:
        self.memory.pop(name, None)


@pytest.fixture
def client() -> Client:
    return Client(listUserRoles=ROLES, listSites=SITES, listLanguages=LANGUAGES)


@pytest.fixture
def names(client: Client) -> NamedIds:
    return NamedIds(cast(Any, client))


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("role", "Standard", "3"),
        ("role", "sales manager", "7001"),
        ("role", "  Sales Manager ", "7001"),
        ("role", "STRASSENBAHN", "7002"),
        ("site", "zürich", "77"),
        ("site", "zrh", "77"),
        ("site", "main-site", "main-site"),
        ("language", "DE-de", "1031"),
        ("language", "German (Germany)", "1031"),
    ],
)
def test_names_are_found(names: NamedIds, kind: str, name: str, found: str) -> None:
    assert names.id_of(kind, name, "option") == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("US/Mountain", "56"),
        ("america/denver", "56"),
        ("Mountain Standard Time", "56"),
        ("America/Phoenix", "7"),
        ("US/Arizona", "8"),
        ("Tokyo", "6"),
    ],
)
def test_a_time_zone_goes_by_all_its_names(name: str, found: str) -> None:
    zones = [
        {"id": "56", "name": "US/Mountain", "description": "Mountain Time (US & Canada)"},
        {"id": "7", "name": "America/Phoenix", "description": "Arizona"},
        {"id": "8", "name": "US/Arizona", "description": "listed once more"},
        {"id": "6", "name": "Asia/Tokyo", "description": "Tokyo"},
    ]
    client = Client(listTimezones=zones)
    assert NamedIds(cast(Any, client)).id_of("timezone", name, "regional_settings.timezone") == found


def test_a_number_is_the_id_and_needs_no_request(names: NamedIds, client: Client) -> None:
    assert names.id_of("role", "12345", "roles") == "12345"
    assert client.calls == []


def test_a_number_that_no_call_queue_has_is_the_id_of_none(client: Client, names: NamedIds) -> None:
    client.lists["listCallQueues"] = [{"id": "4711", "name": "Sales", "extensionNumber": "8001"}]
    assert names.id_of("call_queue", "8001", "queues") == names.id_of("call_queue", "4711", "queues") == "4711"
    with pytest.raises(InvalidInput, match="queues: there is no call queue '8002'. Did you mean '8001'"):
        names.id_of("call_queue", "8002", "queues")


def test_a_list_is_read_once(names: NamedIds, client: Client) -> None:
    for name in ("Standard", "Sales Manager", "standard"):
        names.id_of("role", name, "roles")
    assert client.calls == ["listUserRoles"]


def test_a_name_that_is_new_is_found_in_a_fresh_list(client: Client) -> None:
    NamedIds(cast(Any, client)).id_of("role", "Standard", "roles")
    client.lists["listUserRoles"] = [*ROLES, {"id": "7003", "displayName": "Night Shift"}]
    names = NamedIds(cast(Any, client))  # of another run, which finds what this one remembers
    assert names.id_of("role", "Standard", "roles") == "3"
    assert client.calls == ["listUserRoles"]
    assert names.id_of("role", "Night Shift", "roles") == "7003"
    assert client.calls == ["listUserRoles", "listUserRoles"]
    assert names.id_of("role", "night shift", "roles") == "7003"
    assert len(client.calls) == 2


def test_any_number_of_unknown_names_costs_one_list_of_each_kind(names: NamedIds, client: Client) -> None:
    client.lists["listSites"] = SITES[1:]  # without the main site, whose name is looked for at extensions
    client.lists["listExtensions"] = [{"site": {"id": "main-site", "name": "Head Office"}}]
    client.lists["listLanguages"] = NotAvailable(OPERATIONS["listLanguages"], "", 403, [{"errorCode": "CMN-109"}])
    for number in range(50):
        for kind in ("role", "site", "language"):
            with pytest.raises(InvalidInput):
                names.id_of(kind, f"Unknown {number}", kind)
    assert names.id_of("site", "head office", "site") == "main-site"
    assert sorted(client.calls) == ["listExtensions", "listLanguages", "listSites", "listUserRoles"]


def test_entries_are_what_names_one_and_no_more(names: NamedIds) -> None:
    assert names.entries("role")[0] == {"id": "2", "displayName": "Standard (International)"}
    assert names.entries("site")[0] == {"id": "main-site", "name": "Main Site"}


def message(names: NamedIds, kind: str, name: str, option: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        names.id_of(kind, name, option)
    return str(caught.value)


def test_what_comes_close_is_named(names: NamedIds) -> None:
    told = message(names, "role", "Sales Manger", "roles.add")
    assert told == "roles.add: there is no user role 'Sales Manger'. Did you mean 'Sales Manager'?"
    told = message(names, "role", "standart", "roles.set")
    assert told == "roles.set: there is no user role 'standart'. Did you mean 'Standard'?"


def test_several_that_come_close(client: Client, names: NamedIds) -> None:
    client.lists["listUserRoles"] = [{"id": str(n), "displayName": f"Sales {n}"} for n in range(1, 6)]
    told = message(names, "role", "Sales 9", "roles.set")
    assert told.count("'Sales ") == 4
    assert told.endswith("?") and " or " in told


def test_codes_come_close_too(names: NamedIds) -> None:
    told = message(names, "language", "de_DE", "regional_settings.language")
    assert told == "regional_settings.language: there is no language 'de_DE'. Did you mean 'de-DE'?"


def test_a_short_list_is_told_as_a_whole(names: NamedIds) -> None:
    told = message(names, "site", "Q", "site")
    assert told == "site: there is no site 'Q'. There are: Main Site, Zürich. Use one of these names."


def test_an_account_that_has_none_is_not_a_list_without_names(client: Client, names: NamedIds) -> None:
    client.lists["listCallQueues"] = []
    told = message(names, "call_queue", "Sales", "queues.set")
    assert told == (
        "queues.set: there is no call queue 'Sales'. The account has no call queues. Create the call queue first, or leave"
        " queues.set out."
    )


def test_a_long_list_is_not(client: Client, names: NamedIds) -> None:
    client.lists["listUserRoles"] = [{"id": str(n), "displayName": f"Role {n}"} for n in range(21)]
    told = message(names, "role", "Zzz", "roles.set")
    assert told == (
        "roles.set: there is no user role 'Zzz'. There are 21, and no name is similar. Use a name as the Admin"
        " Portal shows it."
    )


def test_an_account_that_can_not_list(client: Client, names: NamedIds) -> None:
    error = NotAvailable(OPERATIONS["listSites"], "", 403, [{"errorCode": "CMN-109", "message": "no"}])
    client.lists["listSites"] = error
    told = message(names, "site", "London", "site")
    assert told == "This account can't list its sites (CMN-109). Give the id instead of the name."
    with pytest.raises(InvalidInput) as refused:
        names.id_of("site", "London", "default_site")
    assert refused.value.parameter == "default_site", "the option, and not what kind of thing it names"
    assert names.id_of("site", "77", "site") == "77"


def test_every_kind_has_a_list() -> None:
    assert {kind.operation for kind in KINDS.values()} <= set(OPERATIONS)
