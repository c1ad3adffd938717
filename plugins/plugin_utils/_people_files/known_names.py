# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of things that the account has, such as roles and sites."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .values import Wrong, shown


@dataclass(frozen=True)
class KnownNames:
    """The things of one kind that the account has: what each may be called, and its proper name."""

    kind: str
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, kind: str, things: Iterable[Any] | None) -> KnownNames | None:
        """From names, ids, or dictionaries with id, name and code as the info modules return them."""
        if things is None:
            return None
        by_name: dict[str, str] = {}
        for thing in things:
            names = [thing.get(key) for key in ("name", "code", "id")] if isinstance(thing, Mapping) else [thing]
            texts = [str(name) for name in names if name not in (None, "")]
            for name in texts:
                by_name.setdefault(name.casefold(), texts[0])
        return cls(kind, by_name)

    def resolve(self, value: str) -> str:
        """The proper name of what is called `value`. Raises Wrong naming what comes close."""
        name = self.by_name.get(value.casefold())
        if name is not None:
            return name
        if not self.by_name:
            if value.isdigit():
                return value  # an account that can't list them still takes ids
            raise Wrong(f"there is no {self.kind} {shown(value)}: this account lists none")
        names = sorted(set(self.by_name.values()))
        close = difflib.get_close_matches(value.casefold(), self.by_name, n=3, cutoff=0.6)
        suggestions = list(dict.fromkeys(self.by_name[match] for match in close))
        if suggestions:
            advice = ". Did you mean " + " or ".join(f"'{name}'" for name in suggestions) + "?"
        elif len(names) <= 20:
            advice = ". There are: " + ", ".join(names)
        else:
            advice = f", nor anything like it among {len(names)}"
        raise Wrong(f"there is no {self.kind} {shown(value)}{advice}")
