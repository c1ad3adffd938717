# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others see of a user: which presence there is, and what is an image."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import presence, profile_image
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.profile_image import MAX_BYTES, Image
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

NEWER = {"userStatus": "Busy", "dndStatusPersonal": "TakeAllCalls", "acceptCallQueueCalls": True, "message": "Hi"}
OLDER = {"userStatus": "Busy", "dndStatus": "TakeAllCalls", "message": "Hi", "allowSeeMyPresence": False}


def test_each_kind_of_account_has_its_own_words() -> None:
    assert presence.body(NEWER, {"dnd_status": "DoNotAcceptAnyCalls"})["dndStatusPersonal"] == "DoNotAcceptAnyCalls"
    assert presence.body(OLDER, {"dnd_status": "TakeDepartmentCallsOnly"})["dndStatus"] == "TakeDepartmentCallsOnly"
    assert presence.problems({"dnd_status": "TakeDepartmentCallsOnly"}, OLDER) == []
    assert "up to accept_queue_calls" in presence.problems({"dnd_status": "TakeDepartmentCallsOnly"}, NEWER)[0]
    assert "does not exist" in presence.problems({"accept_queue_calls": True}, OLDER)[0]


def test_what_people_change_themselves_is_not_repeated() -> None:
    assert presence.body(OLDER, {"status_message": ""}) == {"message": "", "allowSeeMyPresence": False}
    assert presence.body(OLDER, {}) == {"message": "Hi", "allowSeeMyPresence": False}


def test_queues_have_none() -> None:
    assert not presence.has_one({"presenceStatus": "Offline"})
    assert presence.has_one(OLDER)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\x89PNG\r\n\x1a\n...", "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF87a.", "gif"), (b"GIF89a.", "gif")],
)
def test_an_image_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert Image.of(data, "it").content_type == f"image/{kind}"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"<svg/>", "not a PNG, JPEG or GIF"),
        (b"<!DOCTYPE html>", "not a PNG, JPEG or GIF"),
        (b"GIF89a" + b"." * MAX_BYTES, "larger than 10 MB"),
    ],
)
def test_what_is_no_image_is_not_sent(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    with pytest.raises(InvalidInput, match=why):
        profile_image.from_file(str(path))


@pytest.mark.parametrize("url", ["http://example.com/a.png", "file:///etc/passwd", "ftp://example.com/a.png"])
def test_pictures_come_by_https_only(url: str) -> None:
    with pytest.raises(InvalidInput, match="must be https"):
        profile_image.from_url(url, 1.0, True)


def test_a_picture_needs_authorities_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"could not be fetched: .*company-ca.pem. Nothing was sent"):
        profile_image.from_url("https://127.0.0.1:9/a.png", 1.0, str(tmp_path / "company-ca.pem"))


@pytest.mark.parametrize(
    ("record", "etag"), [({}, None), ({"profileImage": {"uri": "x"}}, None), ({"profileImage": {"etag": 7}}, "7")]
)
def test_an_extension_tells_whether_it_has_an_image(record: Any, etag: str | None) -> None:
    assert profile_image.etag_of(record) == etag
