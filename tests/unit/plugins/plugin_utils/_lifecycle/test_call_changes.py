# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of somebody's calls in sentences: names instead of ids, and each change once."""

from __future__ import annotations

from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.call_changes import changes, extensions_in

NUMBER, OTHER = "+14155550191", "+14155550101"


def test_each_kind_of_change_is_one_sentence() -> None:
    diff: dict[str, Any] = {
        "before": {
            "queues": [],
            "forwarding": {"to": "extension", "extension_id": "2", "phone_number": None},
            "notification_settings": {"voicemails": {"notify_by_email": False}, "missed_calls": {}},
            "caller_id": {
                "by_feature": {"RingOut": OTHER, "MobileApp": OTHER},
                "extension_name_for_outbound_calls": False,
            },
        },
        "after": {
            "queues": ["Sales", "Support"],
            "forwarding": {"to": "voicemail", "extension_id": None, "phone_number": None},
            "notification_settings": {
                "voicemails": {"notify_by_email": True},
                "missed_calls": {"notify_by_email": True},
            },
            "caller_id": {
                "by_feature": {"RingOut": NUMBER, "MobileApp": NUMBER},
                "extension_name_for_outbound_calls": True,
            },
        },
    }
    assert changes(diff, {"2": "Ada Okafor (ext. 22, id 2)"}) == [
        "queues: none \u2192 Sales, Support",
        "forwarding: Ada Okafor (ext. 22, id 2) \u2192 voicemail",
        "notification_settings: voicemails, missed calls by email \u2192 on",
        f"caller_id (RingOut, MobileApp): {OTHER} \u2192 {NUMBER}",
        "caller_id (extension name for outbound calls): no \u2192 yes",
    ]
    assert changes(diff, {})[1] == "forwarding: extension id 2 \u2192 voicemail", "whose name is not known"
    assert extensions_in(diff) == {"2"}
    assert changes({}, {}) == []
