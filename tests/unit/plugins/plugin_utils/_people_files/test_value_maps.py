# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of other systems, as RingCentral calls them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import people_option
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.value_maps import (
    _BUILT_IN,
    ACTIVE_WORDS,
    INACTIVE_WORDS,
    is_active,
    mapped,
    rules_of,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import Wrong


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("status", "Active", "Enabled"),
        ("status", "aktiv", "Enabled"),
        ("status", "disabled", "Disabled"),
        ("status", "Not activated", "NotActivated"),
        ("status", "On leave", "On leave"),
        ("type", "Virtual User", "VirtualUser"),
        ("type", "Limited Extension", "Limited"),
        ("business_address.country", "US", "United States"),
        ("business_address.country", "usa", "United States"),
        ("business_address.country", "Deutschland", "Germany"),
        ("business_address.country", "GB", "United Kingdom"),
        ("business_address.country", "Großbritannien", "United Kingdom"),
        ("business_address.country", "Narnia", "Narnia"),
        ("business_address.state", "CA", "CA"),
        ("regional_settings.home_country", "United Kingdom", "GB"),
        ("regional_settings.home_country", "Schweiz", "CH"),
        ("regional_settings.timezone", "America/Denver", "US/Mountain"),
        ("regional_settings.timezone", "Pacific  standard time", "US/Pacific"),
        ("regional_settings.timezone", "W. Europe Standard Time", "Europe/Berlin"),
        ("regional_settings.timezone", "Europe/London", "Europe/London"),
        ("regional_settings.formatting_locale", "en_US", "en-US"),
        ("regional_settings.formatting_locale", "de_DE.UTF-8", "de-DE"),
        ("regional_settings.language", "en-us", "en-US"),
        ("regional_settings.language", "German", "de-DE"),
        ("regional_settings.language", "English", "English"),
        ("regional_settings.language", "en", "en"),
        ("job_title", "Active", "Active"),
    ],
)
def test_what_is_beyond_doubt(option: str, text: str, value: str) -> None:
    assert mapped(option, text, {}) == value


def test_a_value_of_ringcentral_stays_as_it_is() -> None:
    for option, table in _BUILT_IN.items():
        for value in table.values():
            assert mapped(option, value, {}) == value
    for option in ("status", "type"):
        for choice in BY_OPTION[option].choices:
            assert mapped(option, choice, {}) == choice


@pytest.mark.parametrize("text", ["Terminated", "INACTIVE", "suspended", "Ausgeschieden"])
def test_people_who_are_gone_are_refused(text: str) -> None:
    with pytest.raises(Wrong, match="not active"):
        mapped("status", text, {})
    assert mapped("status", text, rules_of({"status": {text: "Disabled"}}, people_option)) == "Disabled"


def test_words_say_one_thing() -> None:
    assert not ACTIVE_WORDS & INACTIVE_WORDS
    assert is_active("Password Expired") and not is_active("LOCKED_OUT")
    with pytest.raises(Wrong):
        is_active("On leave")


def test_the_user_s_values_come_first() -> None:
    values: dict[str, Any] = {
        "Status": {"active": "NotActivated", "Frozen ": None},
        "site": {"HQ": "London", 7: "Zürich"},
        "hidden": {True: "no"},
    }
    rules = rules_of(values, people_option)
    assert mapped("status", "Active", rules) == "NotActivated"
    assert mapped("status", "Frozen", rules) is None
    assert mapped("site", "hq", rules) == "London"
    assert mapped("site", "7", rules) == "Zürich"
    assert mapped("site", "Paris", rules) == "Paris"
    assert mapped("hidden", "yes", rules) == mapped("hidden", "True", rules) == "no"


def test_values_that_can_t_be_meant() -> None:
    with pytest.raises(Wrong, match="no option 'statos'"):
        rules_of({"statos": {"a": "b"}}, people_option)
    with pytest.raises(Wrong, match="needs what each value becomes"):
        rules_of({"status": "Enabled"}, people_option)
