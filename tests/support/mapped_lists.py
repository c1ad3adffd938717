# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people with what the user says of their columns."""

from __future__ import annotations

from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import People, Rules, read_text

HEADER = "First Name,Last Name,E-mail"


def read(text: str, accept: tuple[str, ...] = (), **choices: Any) -> People:
    """The people of a CSV file. `choices` are those of Choices."""
    return read_text(text, Rules(choices=Choices(**choices), accept=accept))


def said(found: People) -> list[str]:
    """What is wrong, in words."""
    return [str(problem) for problem in found.problems]


def one(found: People) -> dict[str, Any]:
    """The only person of a list with which nothing is wrong."""
    assert said(found) == []
    (person,) = found.people
    return dict(person)
