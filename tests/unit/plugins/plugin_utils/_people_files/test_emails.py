# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail addresses: the address that was meant, or a word about it."""

from __future__ import annotations

import sys

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import check_email
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.emails import address
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.remarks import Remark
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import Wrong
from hypothesis import given
from hypothesis import strategies as st


def read(text: str) -> tuple[str, list[Remark]]:
    said: list[Remark] = []
    return address(text, said.append), said


@pytest.fixture(params=[True, False], ids=["with the library", "without the library"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setitem(sys.modules, "email_validator", None)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "written",
    [
        "ann@example.com",
        "Ann.O'Lee+x@sub.example.co.uk",
        "ann@company.test",
        "a@b-c.io",
        "zoë@example.com",
        "ann@exämple.com",
        "x" * 242 + "@example.com",
    ],
)
def test_right_ones_stay_as_they_are(written: str) -> None:
    assert read(written) == (written, [])


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "written",
    [
        "mailto:ann@example.com",
        "SMTP:ann@example.com",
        "<ann@example.com>",
        "<mailto:ann@example.com>",
        '"ann@example.com"',
        "'ann@example.com'",
        "\u201cann@example.com\u201d",
        "ann@example.com/",
        "ann@example.com.",
        "ann@example.com,",
        "ann@example.com;",
        "ann @example.com",
        "ann\u200c@example.com",
        "ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    ],
)
def test_what_stands_around_an_address_is_removed_and_told(written: str) -> None:
    found, said = read(written)
    assert found == "ann@example.com"
    assert said and not any(remark.doubt for remark in said)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("ann", "is not an e-mail address"),
        ("ann@example", "is not an e-mail address"),
        ("ann..lee@example.com", "is not an e-mail address"),
        (".ann@example.com", "is not an e-mail address"),
        ("ann.@example.com", "is not an e-mail address"),
        ("ann@-example.com", "is not an e-mail address"),
        ("ann@example..com", "is not an e-mail address"),
        ("ann@192.0.2.1", "is not an e-mail address"),
        ("ann lee@example.com", "is not an e-mail address"),
        ("ann(at)example.com", "is not an e-mail address"),
        ("ann@example,com", "is not an e-mail address"),
        ("аnn@example.com", "is not an e-mail address"),  # with a Cyrillic а
        ("mailto:ann@example.com?subject=x", "is not an e-mail address"),
        ("ann@example.com, bob@example.com", "more than one"),
        ("ann@example.com bob@example.com", "more than one"),
        ("Ann Lee <ann@example.com>", "write only 'ann@example.com'"),
        ("ann@example.com (private)", "write only 'ann@example.com'"),
        ("[ann@example.com](mailto:ann@example.com)", "write only 'ann@example.com'"),
    ],
)
def test_the_rest_is_refused(written: str, message: str) -> None:
    with pytest.raises(Wrong, match=message):
        read(written)


def test_a_lost_letter_is_a_doubt() -> None:
    assert [remark.doubt for remark in read("?ukasz@example.com")[1]] == ["damaged_text"]


LOCAL = st.from_regex(r"[a-z0-9]+([._+-][a-z0-9]+){0,2}", fullmatch=True)
DOMAIN = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?\.(com|org|example|test)", fullmatch=True)
AROUND = st.sampled_from(
    [("", ""), ("<", ">"), ("mailto:", ""), ('"', '"'), (" ", ";"), ("", ","), ("'", "'"), ("x ", "")]
)


@given(LOCAL, DOMAIN, AROUND)
def test_an_address_is_the_one_that_was_meant(local: str, domain: str, around: tuple[str, str]) -> None:
    meant = f"{local}@{domain}"
    try:
        found, said = read(around[0] + meant + around[1])
    except Wrong:
        assert around == ("x ", "")
        return
    assert found == meant and bool(said) == (around != ("", ""))


@given(st.text(max_size=12))
def test_what_is_taken_the_module_takes(text: str) -> None:
    try:
        found, _said = read(text + "@example.com")
    except Wrong:
        return
    assert check_email(found) is None
