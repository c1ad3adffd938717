# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time zones by all their names. RingCentral's dictionary has one of each."""

from __future__ import annotations

from typing import Final

# The name that RingCentral has, as far as it is known, or else IANA's; then the other names of IANA and those of Windows
# (https://github.com/unicode-org/cldr/blob/main/common/supplemental/windowsZones.xml).
ZONES: Final = (
    ("US/Pacific", "America/Los_Angeles", "Pacific Standard Time", "Pacific Time", "PST8PDT"),
    ("US/Mountain", "America/Denver", "Mountain Standard Time", "Mountain Time", "MST7MDT"),
    ("US/Central", "America/Chicago", "Central Standard Time", "Central Time", "CST6CDT"),
    ("US/Eastern", "America/New_York", "Eastern Standard Time", "Eastern Time", "EST5EDT"),
    ("America/Phoenix", "US/Arizona", "US Mountain Standard Time"),
    ("America/Anchorage", "US/Alaska", "Alaskan Standard Time"),
    ("Pacific/Honolulu", "US/Hawaii", "Hawaiian Standard Time"),
    ("America/Halifax", "Canada/Atlantic", "Atlantic Standard Time"),
    ("America/St_Johns", "Canada/Newfoundland", "Newfoundland Standard Time"),
    ("Europe/London", "GB", "GMT Standard Time"),
    ("Europe/Berlin", "W. Europe Standard Time"),
    ("Europe/Paris", "Romance Standard Time"),
    ("Europe/Budapest", "Central Europe Standard Time"),
    ("Europe/Warsaw", "Central European Standard Time", "Poland"),
    ("Asia/Tokyo", "Tokyo Standard Time", "Japan"),
    ("Asia/Singapore", "Singapore Standard Time", "Singapore"),
    ("Asia/Shanghai", "China Standard Time", "PRC"),
    ("Asia/Kolkata", "Asia/Calcutta", "India Standard Time"),
    ("Australia/Sydney", "Australia/NSW", "AUS Eastern Standard Time"),
    ("Pacific/Auckland", "NZ", "New Zealand Standard Time"),
)
_BY_NAME = {name.casefold(): zone for zone in ZONES for name in zone}


def names_of(zone: str) -> tuple[str, ...]:
    """All names of a time zone, of which RingCentral's comes first; none where it has one only, or is unknown."""
    return _BY_NAME.get(zone.casefold(), ())
