# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How names of columns are compared: case, accents, spaces, punctuation and remarks such as `[Required]` do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Names of columns that are kept with what they mean: a file has few, and each on every line.
KEPT = 1000

# Parts of a name that say nothing of what the column is for, such as `[Required]`.
_REMARKS = frozenset(
    (
        "required", "optional", "mandatory", "readonly", "uploadonly", "mustbeinthee164format", "e164", "text", "pflicht",
        "pflichtfeld", "erforderlich", "obligatoire", "obligatorio", "verplicht",
    )
)  # fmt: skip
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_LAST_WORD = re.compile(r"[\s*]+(?:required|optional|mandatory|\*)\s*$", re.IGNORECASE)


@lru_cache(KEPT)
def column_key(name: str) -> str:
    """A column's name without what people write differently: case, accents, spaces, punctuation."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if char.isalnum())


@lru_cache(KEPT)
def without_remarks(name: str) -> str:
    """A column's name without what says nothing of what it is for: `First Name [Required]` is `First Name`."""
    name = _BRACKETS.sub(lambda found: "" if column_key(found[1]) in _REMARKS else found[0], name)
    return " ".join(_LAST_WORD.sub("", name).split())


def in_brackets(name: str) -> list[str]:
    """What stands in brackets, such as the attribute's name in `First name [givenName]`."""
    return _BRACKETS.findall(name)


def option_of(name: str, options: Mapping[str, str]) -> str | None:
    """The option that a column is about, by the keys of all names; None when it is unknown.

    What stands in brackets counts as well: `Phone (mobile)` is a mobile phone, and `Phone (fax)` is nothing known.
    """
    found = options.get(column_key(name))
    if found:
        return found
    plain = without_remarks(name)
    inner, outer = " ".join(in_brackets(plain)), _BRACKETS.sub("", plain)
    if not inner:
        return options.get(column_key(plain))
    both = options.get(column_key(f"{inner} {outer}"))
    if both:
        return both
    one, other = options.get(column_key(inner)), options.get(column_key(outer))
    return one if one == other else None


def by_key(options: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The option for the key of every name that it has."""
    keys = {column_key(option): option for option in options}
    return {**keys, **{column_key(alias): option for option, names in aliases.items() for alias in names}}
