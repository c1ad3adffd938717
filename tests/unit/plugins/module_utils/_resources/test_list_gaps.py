# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lists leave out, as some people who were read completely show."""

from __future__ import annotations

from typing import Any

from ansible_collections.itops.ringcentral.plugins.module_utils._resources.list_gaps import sample, unexpected


def extension(number: int, **more: Any) -> Any:
    return {"extension_id": str(number), "type": "User", "status": "Enabled", "first_name": f"P{number}", **more}


LISTED = [extension(number) for number in range(1, 8)]
QUEUE = extension(9, type="Department", department="Sales")
SEAT = extension(10, status="Unassigned")


def test_three_people_are_read_and_neither_queues_nor_seats() -> None:
    assert sample([QUEUE, *LISTED, SEAT]) == ["1", "7", "4"]
    assert sample(LISTED[:1]) == ["1"]
    assert sample([QUEUE, SEAT]) == []


def test_what_nobody_has_in_the_list_and_somebody_has_is_left_out() -> None:
    details = [extension(1), extension(7, mobile_phone="+14155550100", business_address={"city": "Oslo"}), extension(4)]
    assert unexpected([QUEUE, *LISTED], details) == ["mobile_phone", "business_address.city"]
    told = [extension(2, mobile_phone="+14155550101"), *LISTED]
    assert unexpected(told, details) == ["business_address.city"]


def test_what_is_expected_to_be_left_out_is_no_surprise() -> None:
    details = [extension(1, custom_fields={"Badge": "7"}, regional_settings={"time_format": "24h"})]
    assert unexpected(LISTED, details) == []
    assert unexpected(LISTED, []) == []
