# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses as people copy them: one server has one address, and what could be meant otherwise is refused."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.addresses import scim_address, server_address
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

SERVER = "https://platform.ringcentral.com"


@pytest.mark.parametrize(
    "text",
    [
        SERVER,
        f"{SERVER}/",
        f"  {SERVER}//\n",
        "platform.ringcentral.com",
        "platform.ringcentral.com/restapi/v1.0",
        "HTTPS://Platform.RingCentral.COM",
        f"{SERVER}:443",
        "https://platform.ringcentral.com./",
        f"{SERVER}/restapi",
        f"{SERVER}/restapi/",
        f"{SERVER}/restapi/v1.0",
        f"{SERVER}/restapi/v1.0/account/~",
        f"{SERVER}/restapi/v2/",
        f"{SERVER}/RestAPI/oauth/token",
        f"{SERVER}/scim/v2/Users",
    ],
)
def test_what_is_meant_without_doubt_is_understood(text: str) -> None:
    assert server_address(text) == SERVER


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:8080/restapi", "http://127.0.0.1:8080"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("https://gate.example.com/ringcentral/restapi/v1.0", "https://gate.example.com/ringcentral"),
        ("https://gate.example.com/restapis", "https://gate.example.com/restapis"),
        ("gate.example.com:8443", "https://gate.example.com:8443"),
    ],
)
def test_other_servers_keep_what_is_theirs(text: str, address: str) -> None:
    assert server_address(text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a URL such as"),
        ("platform", "is not a URL such as"),
        ("localhost:8080", "is not a URL such as"),
        ("127.0.0.1:8080", "is not a URL such as"),
        ("ftp://platform.ringcentral.com", "is not a URL such as"),
        ("https://", "is not a URL such as"),
        ("https://platform.ringcentral.com:port", "is not a URL such as"),
        (f"https://{'a' * 70}.com", "is not a URL such as"),
        ("http://platform.ringcentral.com", "would send the credentials unencrypted"),
        (f"{SERVER}?a=b", "contains more than an address"),
        (f"{SERVER}#a", "contains more than an address"),
        ("https://ann:secret-word@platform.ringcentral.com", "contains a user name or a password"),
        ("https://ann:secret-word@platform.ringcentral.com:port", "contains a user name or a password"),
        ("https://developers.ringcentral.com/my-account.html", "is a web site of RingCentral's"),
        ("https://service.ringcentral.com", "is a web site of RingCentral's"),
    ],
)
@pytest.mark.parametrize("read", [server_address, scim_address])
def test_what_may_be_meant_otherwise_is_refused(read: object, text: str, words: str) -> None:
    assert callable(read)
    with pytest.raises(InvalidInput, match=words) as caught:
        read(text)
    assert "secret-word" not in str(caught.value)
    assert "Nothing was sent." in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "https://platform.ringcentral.com/scim/v2",
        "https://platform.ringcentral.com/scim/v2/",
        "https://platform.ringcentral.com/scim",
        "https://platform.ringcentral.com",
        "platform.ringcentral.com/scim/v2/Users",
        "https://platform.ringcentral.com/scim/v2/ServiceProviderConfig/",
        "https://platform.ringcentral.com/scim/v2/Users/123",
    ],
)
def test_the_scim_interface_is_found(text: str) -> None:
    assert scim_address(text) == f"{SERVER}/scim/v2"


def test_another_scim_interface_keeps_its_path() -> None:
    assert (
        scim_address("https://gate.example.com/ringcentral/scim/v2/") == "https://gate.example.com/ringcentral/scim/v2"
    )
    assert scim_address("http://127.0.0.1:8080/other") == "http://127.0.0.1:8080/other"
