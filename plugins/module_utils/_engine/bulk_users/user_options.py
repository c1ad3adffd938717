# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that a user in a list may have."""

from __future__ import annotations

from ..._resources import extension
from ..._resources.fields import Json
from .requested_settings import PROFILE, SETTINGS

# What reads and lists of people have in addition to the fields; accepted, so that it can be given back.
LINE = ("device", "emergency_location", "emergency_address")
_BESIDE = ("read_only", "extension_id", "roles", "direct_number", "queues", *LINE, PROFILE, *SETTINGS, "line", "label")
_FIELDS = {one.option.partition(".")[0] for one in extension.FIELDS}
# What Ansible knows of a user in a list: the names, and what must not be seen. `requested_users.py` checks the values, where a
# message can name the user.
_SECRETS = {one.option for one in extension.FIELDS if one.secret}
USER_OPTIONS: Json = {name: {"type": "raw", "no_log": name in _SECRETS} for name in (*sorted(_FIELDS), *_BESIDE)}
