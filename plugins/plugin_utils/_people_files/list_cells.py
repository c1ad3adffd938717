# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One cell, or one list, that may hold several values: roles, direct numbers, call queues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...module_utils._resources.phone_number import WISH
from .known_names import KnownNames
from .list_options import DIRECT_NUMBER, ROLES
from .option_cells import CellReader
from .remarks import Say
from .texts import doubted
from .values import Wrong, WrongAlike, shown

# What stands between the values of one cell.
BETWEEN = re.compile("[;|]")


class ListReader(CellReader):
    """Reads the cells of one column, each of which may have several values."""

    def read(self, raw: Any, say: Say) -> list[str] | None:
        """What a cell or a list has, each once; None for a cell that has nothing. Raises Wrong naming all that is wrong."""
        if isinstance(raw, Mapping):
            raise Wrong("is a dictionary where a list is expected")
        if isinstance(raw, (list, tuple)):
            parts = [self._text(part, say) for part in raw if part is not None]
        else:
            text = self._text(raw, say, split=True)
            parts = [self._text(part, say) for part in BETWEEN.split(text or "")]
        read_one = {ROLES: self._roles, DIRECT_NUMBER: self._direct_number}.get(self.option, self._as_written)
        wrong: list[Wrong] = []
        result: list[str] = []
        for text in filter(None, parts):
            try:
                result += read_one(text, say)
            except Wrong as error:
                wrong.append(error)
        if self.option == DIRECT_NUMBER and len(result) > 1 and any(WISH.fullmatch(number) for number in result):
            several = shown("; ".join(result))
            wrong.append(Wrong(f"{several}: any, and a number that ends with *, can't stand with other numbers"))
        if len(wrong) == 1:
            raise wrong[0]
        if wrong:
            raise Wrong("; ".join(map(str, wrong)))
        return list(dict.fromkeys(result)) if result or isinstance(raw, (list, tuple)) else None

    def _as_written(self, text: str, say: Say) -> list[str]:
        return [text]

    def _direct_number(self, text: str, say: Say) -> list[str]:
        """A phone number, or which one of those that are free."""
        if WISH.fullmatch(text.casefold()):
            return [text.casefold()]
        number = self._phone(text, say)
        if self.extension:
            raise Wrong(f"{shown(text)} has an extension: give direct numbers only")
        if not number:
            raise WrongAlike(shown(text), "has no area code, or is an extension", "write it as +1 415 555 0100")
        return [number]

    def _roles(self, text: str, say: Say) -> list[str]:
        """A role, or several that are separated by commas. There are roles whose names have commas."""
        known = self.context.roles
        text = doubted(text, say, is_name=False)
        if not known:
            return [text]
        if "," in text and text.casefold() not in known.by_name:
            several = _known_parts(text.split(","), known)
            if several:
                return several
        return [known.resolve(text)]


def _known_parts(parts: list[str], known: KnownNames) -> list[str] | None:
    """The roles that the parts of a text name, each of as many parts as possible; None if some are unknown."""
    if not any(part.strip() for part in parts):
        return []
    for end in range(len(parts), 0, -1):
        name = known.by_name.get(",".join(parts[:end]).strip().casefold())
        rest = _known_parts(parts[end:], known) if name else None
        if name and rest is not None:
            return [name, *rest]
    return None
