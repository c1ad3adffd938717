# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a people file says of lines, and where the account differs from it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import lines

Json = dict[str, Any]
ADDRESS = {"street": "5 Elm Street", "street2": None, "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}


def device(kind: str = "WebRTC", place: str | None = "Belmont", key: str | None = "31", **more: Any) -> Json:
    return {
        "id": "8",
        "type": kind,
        "lines": [{"id": "7", "phone_number": "+14155550100"}],
        "phone_numbers": ["+14155550100"],
        "emergency_location": place,
        "emergency_location_id": key,
        "emergency_address": ADDRESS,
        **more,
    }


@pytest.mark.parametrize(
    ("devices", "cells", "note"),
    [
        ([], {}, ""),
        ([device(lines=[])], {}, ""),
        ([device()], {"device.type": "WebRTC", "emergency_location": "Belmont"}, ""),
        ([device(place="Twice")], {"device.type": "WebRTC", "emergency_location": "31"}, ""),
        ([device(place="4711")], {"device.type": "WebRTC", "emergency_location": "31"}, ""),
        ([device("HardPhone")], {"emergency_location": "Belmont"}, "a HardPhone comes from"),
        ([device(), device("OtherPhone")], {"device.type": "WebRTC", "emergency_location": "Belmont"}, "has 2 lines"),
        ([device(), device(key="32")], {"device.type": "WebRTC"}, "has 2 lines"),
    ],
)
def test_a_line_as_a_file_has_it(devices: list[Json], cells: Json, note: str) -> None:
    found, notes = lines.cells(cast(Any, {"lines": devices}), {"twice"})
    assert found == cells
    assert note in " ".join(notes) and bool(note) == bool(notes)


@pytest.mark.parametrize(("key", "own"), [(None, []), ("31", [{"id": "31"}])])
def test_a_place_of_the_user_alone_is_an_address(key: str | None, own: list[Json]) -> None:
    found, notes = lines.cells(cast(Any, {"lines": [device(key=key)], "emergency_locations": own}), ())
    assert not notes
    assert {option: value for option, value in found.items() if "address" in option} == {
        f"emergency_address.{part}": value for part, value in ADDRESS.items() if value
    }


@pytest.mark.parametrize(
    ("asked", "devices", "differs"),
    [
        ({"device": {"type": "WebRTC"}, "emergency_location": "BELMONT"}, [device()], []),
        ({"emergency_location": "31"}, [device()], []),
        ({"device": {"type": "WebRTC"}}, [], [("device.type", None, "WebRTC")]),
        ({"device": {"type": "OtherPhone"}}, [device()], [("device.type", "WebRTC", "OtherPhone")]),
        ({"emergency_location": "London"}, [device()], [("emergency_location", "Belmont", "London")]),
        ({"emergency_address": {"street": "5 ELM STREET", "country": "United States"}}, [device()], []),
        (
            {"emergency_address": {"street": "7 Elm Street"}},
            [device()],
            [("emergency_address.street", "5 Elm Street", "7 Elm Street")],
        ),
    ],
)
def test_where_the_account_differs(asked: Json, devices: list[Json], differs: list[Any]) -> None:
    assert [*lines.differences(cast(Any, asked), cast(Any, {"lines": devices}))] == differs
