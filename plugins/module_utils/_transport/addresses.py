# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The addresses of servers, as people copy them: what is meant without doubt is understood, anything else is refused.

One server has one address then, by which its rate limits are shared.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from .errors import InvalidInput

SCIM_PATH = "/scim/v2"
LOCAL = ("localhost", "127.0.0.1", "::1")
# Web sites of RingCentral's, which people have open while they set an address; none of them is the API.
_SITES = re.compile(r"(app|developers?|service|www|support|login)\.ringcentral\.(com|co\.uk|eu|ca)")
# What follows the address of a server in those of its operations.
_REST = re.compile(r"/(restapi|scim)(/.*)?$", re.IGNORECASE)
_SCIM = re.compile(r"/(Users|Groups|ServiceProviderConfig|ResourceTypes|Schemas)(/.*)?$", re.IGNORECASE)
# What can only be meant as an address, although it does not say https.
_BARE = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?(/.*)?", re.IGNORECASE)


def server_address(text: str) -> str:
    """The address of a server, without the path of an operation. Raises InvalidInput."""
    parts = _split(text, "server_url", "https://platform.ringcentral.com")
    return _joined(parts, _REST.sub("", parts.path, count=1))


def scim_address(text: str) -> str:
    """The address of a SCIM interface, without the path of an operation. Raises InvalidInput."""
    parts = _split(text, "scim_url", f"https://platform.ringcentral.com{SCIM_PATH}")
    path = _SCIM.sub("", parts.path.rstrip("/"))
    if path.lower() in ("", "/scim"):
        path = SCIM_PATH
    return _joined(parts, path)


def _split(text: str, option: str, example: str) -> SplitResult:
    given = text.strip()
    if "@" in given:
        raise InvalidInput(
            f"{option} contains a user name or a password. Nothing was sent.",
            option,
            f"Give the address alone, as {example}.",
        )
    if _BARE.fullmatch(given):
        given = f"https://{given}"
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except (UnicodeError, ValueError):
        raise InvalidInput(f"{option} '{text}' is not a URL such as {example}. Nothing was sent.", option) from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise InvalidInput(f"{option} '{text}' is not a URL such as {example}. Nothing was sent.", option)
    if parts.query or parts.fragment:
        raise InvalidInput(
            f"{option} '{text}' contains more than an address. Nothing was sent.", option, f"Give it as {example}."
        )
    if parts.scheme == "http" and host not in LOCAL:
        raise InvalidInput(
            f"{option} '{text}' would send the credentials unencrypted. Nothing was sent.",
            option,
            "Use https (http is for a server on this machine only).",
        )
    if _SITES.fullmatch(host):
        raise InvalidInput(
            f"{option} '{text}' is a web site of RingCentral's, not its API: that is {example}. Nothing was sent.",
            option,
        )
    return parts


def _joined(parts: SplitResult, path: str) -> str:
    default = {"http": 80, "https": 443}[parts.scheme]
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, default) else ""
    return f"{parts.scheme}://{host}{port}{path.rstrip('/')}"
