# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps names, addresses and numbers out of what to show to strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What is masked by its form alone: e-mail addresses, phone numbers, ids.
_FORMS = (
    (re.compile(r"[^\s@<>\[\]'\"]+@[^\s@<>\[\]'\"]+"), "<address>"),
    (re.compile(r"(?<![\w-])\+?\d(?:[\s().-]{0,3}\d){4,}(?![\w-])"), "<number>"),
)
# Where an account's answers have what identifies somebody.
_TELLING = (
    "name", "firstName", "lastName", "company", "department", "jobTitle", "displayName", "email", "street", "city", "zip",
    "extensionNumber", "phoneNumber", "businessPhone", "mobilePhone", "mainNumber", "text", "ref", "value", "comment",
)  # fmt: skip


class Mask:
    """Learns what identifies somebody from answers, and replaces it in what RingCentral said."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def learn(self, answer: Any) -> None:
        """Values that identify somebody; a single character would hit every word."""
        self._known.update(value for value in _telling(answer) if len(value) > 1)

    def text(self, message: str) -> str:
        """The same message without what is known, and without what has the form of an address or number."""
        for pattern, instead in _FORMS:
            message = pattern.sub(instead, message)
        for value in sorted(self._known, key=len, reverse=True):
            message = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "<…>", message)
        return message


def _telling(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in _TELLING and isinstance(inner, (str, int)) and not isinstance(inner, bool):
                yield str(inner).strip()
            else:
                yield from _telling(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _telling(inner)
