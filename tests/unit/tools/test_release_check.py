# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of a release see what they are there to see."""

from __future__ import annotations

import pytest
import yaml
from tools.release_check import ROOT, leaks, misplaced

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import USER_AGENT


def test_requests_name_the_version_that_sends_them() -> None:
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]
    assert f"itops.ringcentral/{version} " in USER_AGENT


def test_a_tarball_holds_what_ships_and_nothing_else() -> None:
    committed = ["README.md", "plugins/modules/a.py", "tests/sandbox/door.py", "tests/unit/test_a.py", "Makefile"]
    ships = committed[:3]
    assert misplaced([*ships, "MANIFEST.json", "FILES.json"], committed) == []
    assert misplaced([*ships, "Makefile", "plugins/new.py"], committed) == [
        "not meant to ship: Makefile",
        "not meant to ship: plugins/new.py",
    ]
    assert misplaced(ships[1:], committed) == ["not in it: README.md"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"see {ROOT}/README.md", "a path of the machine that built it"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
        ("token: ey" + "J" + "a" * 20 + ".ey" + "J" + "b" * 20 + ".c", "a JWT"),
        ("gh" + "p_" + "a" * 36, "a token of a code host or cloud"),
    ],
)
def test_what_is_given_away_is_seen(text: str, what: str) -> None:
    assert leaks("file", text) == [f"file: {what}"]


def test_what_is_said_about_secrets_gives_none_away() -> None:
    assert leaks("file", "A JWT is like eyJ… and belongs into a vault, in /home/you/vault.yml.") == []
