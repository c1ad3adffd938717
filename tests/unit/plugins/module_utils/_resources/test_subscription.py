# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event filters by name, what may be an address, and what is the same."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import subscription
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

ACCOUNT = "/restapi/v1.0/account/~"


def test_names_stand_for_paths_and_paths_pass() -> None:
    raw = f"{ACCOUNT}/extension/~/presence?detailedTelephonyState=true"
    assert subscription.paths(["extension_list", "presence", "voicemail:101", raw, "presence"]) == [
        f"{ACCOUNT}/extension",
        f"{ACCOUNT}/extension/~/presence",
        f"{ACCOUNT}/extension/101/voicemail",
        raw,
    ]


@pytest.mark.parametrize(
    ("filters", "why"),
    [
        (["presense"], "Did you mean presence"),
        (["weather"], "It may be extension_list"),
        (["presence:zoe"], "'zoe' in 'presence:zoe' is not the id"),
        (["extension_list:101"], "takes no extension id"),
        (["/etc/passwd"], "is not a path of RingCentral's"),
        ([], "at least one event"),
        (["reminder"], "a reminder alone is none"),
        ([""], "there is no event ''"),
    ],
)
def test_what_is_no_event_is_told(filters: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        subscription.paths(filters)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f"{ACCOUNT}/extension", "/restapi/v1.0/account/37439510/extension/", True),
        (f"{ACCOUNT}/extension/~/presence", "/restapi/v1.0/account/37439510/extension/101/presence", True),
        (f"{ACCOUNT}/extension/~/presence", "/restapi/v1.0/account/37439510/extension/102/presence", False),
        (f"{ACCOUNT}/extension", f"{ACCOUNT}/extension/~", False),
        (f"{ACCOUNT}/presence?b=2&a=", f"{ACCOUNT}/presence?a=&b=2", True),
        (f"{ACCOUNT}/presence?a=1", f"{ACCOUNT}/presence", False),
        ("/restapi/v1.0/subscription/~?threshold=1", "/restapi/v1.0/subscription/ab-12?threshold=1", True),
    ],
)
def test_own_ids_and_the_order_of_a_query_make_no_difference(one: str, other: str, same: bool) -> None:
    assert (subscription.comparable(one, "101") == subscription.comparable(other, "101")) is same


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.example.com/a?b=c",
        "HTTPS://hooks.example.com",
        "http://127.0.0.1:80/",
        "http://[::1]/",
        "http://localhost",
    ],
)
def test_an_address(address: str) -> None:
    subscription.check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "hooks.example.com", "http://hooks.example.com", "http://localhost.example.com", "ftp://127.0.0.1/"),
        *(
            "https://user:word@example.com/",
            "https://example.com/#a",
            "https://example.com:port/",
            "https://exa mple.com/",
        ),
        *("https://", "http://127.0.0.1.example.com/"),
    ],
)
def test_no_address(address: str) -> None:
    with pytest.raises(InvalidInput):
        subscription.check_address(address)


def test_addresses_are_compared_as_addresses() -> None:
    assert subscription.same_address("HTTPS://Hooks.example.com") == subscription.same_address(
        "https://hooks.example.com/"
    )
    assert subscription.same_address("https://a.example.com/A") != subscription.same_address("https://a.example.com/a")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2016-03-30T11:16:23.162000+00:00", 1459336583.0),
        ("2016-03-30T11:16:23.534Z", 1459336583.0),
        ("2016-03-30T11:16:23Z", 1459336583.0),
        ("2016-03-30T11:16:23", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_moment(text: Any, seconds: float | None) -> None:
    assert subscription.moment(text) == seconds
