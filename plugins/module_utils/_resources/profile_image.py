# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's profile image: found out what it is, fetched, compared, sent.

Source: operations readUserProfileImageLegacy, createUserProfileImage, updateUserProfileImage and deleteUserProfileImage of
the published document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .._transport.addresses import LOCAL
from .._transport.client import Client
from .._transport.errors import InvalidInput
from .fields import dig

MAX_BYTES = 10 * 1024 * 1024
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}


@dataclass(frozen=True)
class Image:
    """An image by its content; `kind` is png, jpeg or gif."""

    data: bytes
    kind: str

    @classmethod
    def of(cls, data: bytes, source: str) -> Image:
        """Raises InvalidInput when RingCentral could not take this as an image."""
        if not data:
            raise InvalidInput(f"{source} is empty. Nothing was sent.", source.split(" ")[0])
        if len(data) > MAX_BYTES:
            raise InvalidInput(
                f"{source} is larger than 10 MB, which is the most RingCentral takes. Nothing was sent.",
                source.split(" ")[0],
            )
        for beginning, kind in _BEGINNINGS.items():
            if data.startswith(beginning):
                return cls(data, kind)
        raise InvalidInput(f"{source} is not a PNG, JPEG or GIF image. Nothing was sent.", source.split(" ")[0])

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def content_type(self) -> str:
        return f"image/{self.kind}"


def from_file(path: str) -> Image:
    """The image in a file. Raises InvalidInput."""
    try:
        with open(Path(path).expanduser(), "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InvalidInput(f"path {path} can't be read: {why}. Nothing was sent.", "path") from error
    return Image.of(data, f"path {path}")


def from_url(url: str, timeout: float, verify: bool | str) -> Image:
    """The image behind a URL, without redirects. Raises InvalidInput."""
    import requests

    parts = urlsplit(url)
    loopback = parts.hostname in LOCAL
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise InvalidInput(f"url {url} must be https. Nothing was sent.", "url")
    try:
        with requests.get(url, timeout=timeout, verify=verify, stream=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                raise InvalidInput(
                    f"url {url} answered {answer.status_code} instead of an image. Nothing was sent.", "url"
                )
            data = b""
            for part in answer.iter_content(65536):
                data += part
                if len(data) > MAX_BYTES:
                    break
    except OSError as error:  # every exception of `requests` is one, and so is a ca_path that is not there
        raise InvalidInput(f"url {url} could not be fetched: {error}. Nothing was sent.", "url") from error
    return Image.of(data, f"url {url}")


def etag_of(record: Mapping[str, Any]) -> str | None:
    """What RingCentral knows the present image by; None when there is none."""
    etag = dig(record, ("profileImage", "etag"))
    return None if etag is None else str(etag)


def download(client: Client, extension_id: str, subject: str) -> bytes:
    """The present image, as RingCentral keeps it."""
    answer = client.call("readUserProfileImageLegacy", extensionId=extension_id, subject=subject)
    return answer if isinstance(answer, bytes) else b""


def upload(client: Client, extension_id: str, image: Image, replace: bool, subject: str) -> None:
    name = "updateUserProfileImage" if replace else "createUserProfileImage"
    files = {"image": (f"image.{image.kind}", image.data, image.content_type)}
    client.repeatable(name, extensionId=extension_id, files=files, subject=subject)


def delete(client: Client, extension_id: str, subject: str) -> None:
    client.repeatable("deleteUserProfileImage", extensionId=extension_id, subject=subject)
