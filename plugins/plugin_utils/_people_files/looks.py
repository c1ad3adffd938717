# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A column's cells as its option takes them. A whole column tells more of itself than a cell does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.fields import check_phone
from ...module_utils._resources.phone_number import WISH
from .columns import CUSTOM, DIRECT_NUMBER, QUEUES, ROLES
from .known_names import KnownNames
from .phones import Phones
from .values import Wrong, as_bool, clean, visible


@dataclass(frozen=True)
class Context:
    """What a value's meaning depends on.

    Attributes:
        phones: reads phone numbers.
        roles, sites: what the account has; None when that is not known, and so not checked.
        accept: kinds of doubt that are taken as they are.
    """

    phones: Phones
    roles: KnownNames | None = None
    sites: KnownNames | None = None
    accept: Sequence[str] = ()


@dataclass
class Look:
    """What a column says.

    Attributes:
        values: one for each cell; None where nothing is given, or where it is wrong.
        wrong: what is wrong with a cell, by its row's index; in words that follow the column's name.
        notes: what was corrected, a line for each kind of correction, with examples.
        doubts: what may be wrong with the whole column, by the kind that `accept` names.
    """

    values: list[Any]
    wrong: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


def look(option: str, cells: Sequence[Any], context: Context) -> Look:
    """The cells of a column of a people file as `option` takes them."""
    found = Look([None] * len(cells))
    for row, cell in enumerate(cells):
        if cell is None:
            continue
        try:
            found.values[row] = _value(option, cell, context)
        except Wrong as error:
            found.wrong[row] = str(error)
    return found


def _value(option: str, value: Any, context: Context) -> Any:
    """A value as the option takes it. Raises Wrong saying what is wrong with it."""
    if option == ROLES:
        return _several(value, lambda name: context.roles.resolve(name) if context.roles else name)
    if option == DIRECT_NUMBER:
        return _direct_numbers(value, context.phones)
    if option == QUEUES:
        return _several(value, str)
    if isinstance(value, (Mapping, list, tuple)):
        raise Wrong("is a list or dictionary where one value is expected")
    if option == CUSTOM:
        raise Wrong("needs the name of a custom field as well, such as 'Custom field: Badge'")
    if option.startswith(f"{CUSTOM}."):
        return visible(clean(str(value)))
    field_ = BY_OPTION[option]
    if field_.secret:
        return str(value)
    if field_.type == "bool":
        return as_bool(value)
    if isinstance(value, bool):
        raise Wrong(f"is {str(value).lower()} where text is expected; put it in quotation marks")
    text = visible(clean(str(value)))
    if option == "business_address.state" and text.casefold() in ("present", "absent"):
        raise Wrong("means the state of the address here; everybody in the list is to be present")
    if option == "status" and text.casefold() == "unassigned":
        raise Wrong("can't be Unassigned: that is a seat without a person")
    if field_.check is check_phone and text:
        return context.phones.e164(text)
    if option == "site" and context.sites and text:
        return context.sites.resolve(text)
    return next((choice for choice in field_.choices if choice.casefold() == text.casefold()), text)


def _direct_numbers(value: Any, phones: Phones) -> list[str]:
    """Phone numbers, or which one of those that are free."""

    def one(text: str) -> str:
        return text.casefold() if WISH.fullmatch(text.casefold()) else phones.e164(text)

    found = _several(value, one)
    if len(found) > 1 and any(WISH.fullmatch(number) for number in found):
        raise Wrong(f"'{'; '.join(found)}': what means any free number stands alone")
    return found


def _several(value: Any, resolve: Callable[[str], str]) -> list[str]:
    """What a cell or a list has, each once. Raises Wrong naming everything that is wrong."""
    if isinstance(value, Mapping):
        raise Wrong("is a dictionary where a list is expected")
    parts = value if isinstance(value, (list, tuple)) else re.split(r"[;|\n]", str(value))
    texts = [visible(clean(str(part))) for part in parts if part is not None]
    wrong = []
    result = []
    for text in filter(None, texts):
        try:
            result.append(resolve(text))
        except Wrong as error:
            wrong.append(str(error))
    if wrong:
        raise Wrong("; ".join(wrong))
    return list(dict.fromkeys(result))
