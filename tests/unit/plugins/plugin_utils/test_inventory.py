# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What names hosts and groups acts on no screen."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._inventory import groups_of, named


@pytest.mark.parametrize("name", ["Zo\u202eë", "Zoë\x1b[2J", "Zoë\x9b"])
def test_a_name_that_acts_on_a_screen_names_nobody(name: str) -> None:
    extensions = [{"extension_id": "1", "name": name}, {"extension_id": "2", "name": "Lee"}]
    assert named(extensions, ["name"]) == ({"1": extensions[0], "Lee": extensions[1]}, [])
    assert list(groups_of({"site": name}, ["site"])) == [("site", "Zoë")]
