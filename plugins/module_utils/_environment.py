# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options out of environment variables."""

from __future__ import annotations

import os

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound


def from_environment(name: str) -> str:
    """The value of an environment variable, as a fallback of an option. A blank one is not set: shells and AWX leave such.

    Raises:
        AnsibleFallbackNotFound: there is no value.
    """
    value = os.environ.get(name, "")
    if not value.strip():
        raise AnsibleFallbackNotFound
    return value
