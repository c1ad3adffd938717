# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom the entries of `protected` and `hold` name, and that each of them has to name somebody."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.exceptions import (
    Exceptions,
    Identity,
    of_extension,
    of_record,
    of_scim_user,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import extension
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

RECORD: dict[str, Any] = {
    "id": 62384700,
    "extensionNumber": "5004",
    "name": "Carlos García",
    "contact": {"firstName": "Carlos", "lastName": "García", "email": "Carlos@Example.com"},
    "references": [{"ref": "E1042", "type": "CustomerDirectoryId"}],
}
SCIM: dict[str, Any] = {
    "id": "62384700",
    "externalId": "E1042",
    "userName": "carlos@example.com",
    "displayName": "Carlos García",
    "name": {"givenName": "Carlos", "familyName": "García"},
}
OTHER = Identity.of(("1", "5005"), ("bo@example.com", "Bo Lee"))
USERS = {"REST": of_record(RECORD), "module": of_extension(extension.as_returned(RECORD)), "SCIM": of_scim_user(SCIM)}


@pytest.mark.parametrize("source", USERS)
@pytest.mark.parametrize(
    "entry",
    [
        "62384700",
        62384700,
        "E1042",
        "e1042 ",
        "carlos@example.com",
        "*@EXAMPLE.com",
        "Carlos García",
        " carlos  garcía ",
        unicodedata.normalize("NFD", "Carlos García"),
        "Carlos*",
    ],
)
def test_entries_name_users(source: str, entry: Any) -> None:
    exceptions = Exceptions("protected", [entry])
    assert exceptions.entry_for(USERS[source]) == str(entry).strip()
    exceptions.check([OTHER, USERS[source]])


@pytest.mark.parametrize("source", ["REST", "module"])
def test_extension_numbers_name_users(source: str) -> None:
    assert Exceptions("protected", ["5004"]).entry_for(USERS[source]) == "5004"


@pytest.mark.parametrize("entry", ["500", "50*", "6238470*", "Carlos", "García", "example.com", "", " ", "Björn*"])
def test_entries_that_name_nobody_are_refused(entry: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Exceptions("protected", ["5004", entry, "bo*"]).check([*USERS.values(), OTHER])
    message = str(caught.value)
    assert message.startswith(
        f"protected has an entry that matches nobody in the account: '{entry.strip()}'. Entries are ids,"
    )
    assert (caught.value.parameter, caught.value.hint) == ("protected", "Correct it, or set protected_missing_ok.")
    assert message.endswith("Nothing was changed. Correct it, or set protected_missing_ok.")


def test_several_are_named_at_once() -> None:
    with pytest.raises(InvalidInput, match=r"has entries that match nobody in the account: 'x', 'y'\. .* Correct them"):
        Exceptions("protected", ["x", "5004", "y"]).check([USERS["REST"]])


def test_without_entries_nobody_is_looked_at() -> None:
    Exceptions("protected", []).check(pytest.fail("looked at") for _everybody in range(1))
