# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One cell as its option takes it: what it says, what was corrected, and what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...module_utils._engine.bulk_users.requested_settings import CALLER_ID, RECORDING
from ...module_utils._resources.fields import Field, check_email, check_phone
from . import value_maps
from .date_cells import looks_like_a_day
from .list_options import CUSTOM, DIRECT_NUMBER, ROLES, SINGLE, WHOLE
from .emails import address
from .known_names import KnownNames
from .phones import Phones
from .remarks import FILLERS, Remark, Say
from .spreadsheet_values import FILLERS as FILLER_TEXTS
from .spreadsheet_values import NAMES as REAL_NAMES
from .spreadsheet_values import (
    A_DAY,
    ZEROS,
    are_grouped,
    has_decimals,
    is_error,
    lost_zeros,
    stands_for_nothing,
    ungrouped,
    whole_number,
    written,
)
from .texts import PLAIN, doubted, tidy
from .values import NOT_ONE, SHOWN, Wrong, as_bool, shown

NAMES = ("first_name", "last_name")
# Ids that a spreadsheet takes for numbers.
ZIPS = ("business_address.zip", "emergency_address.zip")
IDS = ("employee_id", "extension_number", "cost_center", "device.area_code", *ZIPS)
# Texts of which a spreadsheet makes days, as there are teams, levels and codes such as 1-3 and MAR1.
_CODED = ("department", "job_title", "cost_center", "employee_id")
# A caller ID that is neither a word nor the name of a profile.
_NUMBER = re.compile(r"[+(\d][\d\s().\-/]{4,}")
# What some values are for which the words that stand for no value are real: NA is Namibia.
_CODES = ("country", "state", "language")
_FILLED = Remark("means no value, and was left blank")
_FILLED_DOUBT = Remark("may mean no value", FILLERS)
_MAPPED = Remark("was translated for RingCentral")
_WIDE = Remark("wide characters were replaced by plain ones")


@dataclass(frozen=True)
class Context:
    """What a value's meaning depends on.

    Attributes:
        phones: reads phone numbers.
        roles, sites: what the account has; None when that is not known, and so not checked.
        accept: kinds of doubt that are taken as they are.
        values: the user's own values, see value_maps.rules_of.
    """

    phones: Phones
    roles: KnownNames | None = None
    sites: KnownNames | None = None
    accept: Sequence[str] = ()
    values: value_maps.Rules = field(default_factory=dict)


class Cell(NamedTuple):
    """What one cell says."""

    value: Any = None
    wrong: Wrong | None = None
    remarks: tuple[Remark, ...] = ()
    extension: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say but the value."""
        return not (self.wrong or self.remarks or self.extension)


class CellReader:
    """Reads the cells of one column, each of which has one value."""

    def __init__(self, option: str, context: Context, cells: Sequence[Any]) -> None:
        self.option = option
        self.context = context
        self.field: Field | None = SINGLE.get(option)
        texts = [str(cell).strip() for cell in cells if cell is not None] if option in IDS else []
        self.grouped = option != "cost_center" and are_grouped(texts)  # there are cost centers such as 10.100
        self.decimals = not self.grouped and has_decimals(texts)
        self.lost_zeros = lost_zeros(texts) if option == "employee_id" else set()
        self.maps = value_maps.is_mapped(option, context.values)

    def cell(self, raw: Any) -> Cell:
        """What a cell says."""
        remarks: list[Remark] = []
        self.extension = ""
        try:
            value = self.read(raw, remarks.append)
            self._check(value)
        except Wrong as error:
            return Cell(wrong=error.with_traceback(None))  # it is kept, and would keep its frames
        return Cell(value, None, tuple(dict.fromkeys(remarks)), self.extension)

    def read(self, raw: Any, say: Say) -> Any:
        """The value of a cell; None for none. Raises Wrong."""
        if self.option == CUSTOM:
            raise Wrong("needs the name of a custom field as well, such as 'Custom field: Badge'")
        if self.field and self.field.secret:
            return self._secret(raw)
        return self._single(raw, say)

    def _check(self, value: Any) -> None:
        """Raise Wrong if the option does not take the value."""
        problem = self.field.problem(value) if self.field and value not in (None, "") else None
        if problem and self.field and not self.field.secret and isinstance(value, str) and len(value) <= SHOWN:
            # The choices are reported with the value, which may be a password in the wrong column.
            problem = f"{shown(value)} {problem.removesuffix(f', not {value!r}')}"
        if problem:
            raise Wrong(problem)

    def _secret(self, raw: Any) -> str:
        """Nothing is corrected in a secret, and nothing said of it."""
        if isinstance(raw, (Mapping, list, tuple)):
            raise Wrong(NOT_ONE)
        return str(raw)

    def _single(self, raw: Any, say: Say) -> Any:
        """A value as the option takes it."""
        if isinstance(raw, Mapping) and self.option in WHOLE:
            return raw
        if isinstance(raw, bool) and self.option == RECORDING:
            return "All" if raw else "off"
        if not isinstance(raw, str):
            if isinstance(raw, (Mapping, list, tuple)):
                raise Wrong(NOT_ONE)
            if isinstance(raw, bool) and self.field and self.field.type != "bool":
                raise Wrong(f"is {str(raw).lower()} where text is expected; put it in quotation marks")
        if self.field and self.field.type == "bool":
            return self._bool(raw, say)
        plain = not self.maps and isinstance(raw, str) and PLAIN.fullmatch(raw) and not stands_for_nothing(raw)
        text = raw if plain else self._text(raw, say)
        return self._value(text, say) if text else text

    def _bool(self, raw: Any, say: Say) -> bool | None:
        if isinstance(raw, bool):
            return raw
        text = self._text(raw, say)
        return None if text is None else as_bool(text)

    def _text(self, raw: Any, say: Say, split: bool = False) -> str | None:
        """A cell's text; None for one that means no value. An empty text in a list clears what is there."""
        text = str(raw)
        breaks = (
            "; " if split else ", " if self.option in ("business_address.street", "emergency_address.street") else None
        )
        clean = written(tidy(text, say, breaks), say)
        if not clean:
            return None if text else ""
        if self.maps and not split:
            known = value_maps.mapped(self.option, clean, self.context.values)
            if (known or "").casefold() != clean.casefold():
                say(_MAPPED)
            if not known:
                return None
            clean = known
        # What a spreadsheet shows for a value that is not there is nobody's name.
        if is_error(clean) or (self.option in NAMES and clean.startswith("#") and stands_for_nothing(clean)):
            raise Wrong(f"{shown(clean)} is an error of a spreadsheet, not a value")
        return None if self._is_filler(clean, say) else clean

    def _is_filler(self, text: str, say: Say) -> bool:
        """Whether a text means no value and is left blank."""
        if not stands_for_nothing(text):
            return False
        folded = text.casefold()
        certain = folded in FILLER_TEXTS
        names = {ROLES: self.context.roles, "site": self.context.sites}.get(self.option)
        if (names and folded in names.by_name) or (not certain and self.option.endswith(_CODES) and len(text) == 2):
            return False
        if self.option in NAMES:
            if text not in REAL_NAMES:
                say(_FILLED_DOUBT)
            return False
        say(_FILLED if certain or self._takes_no_words() else _FILLED_DOUBT)
        return True

    def _takes_no_words(self) -> bool:
        """Whether a value of the option is never a word that means no value."""
        if self.option == DIRECT_NUMBER or self.option in ("extension_number", *ZIPS):
            return True
        field_ = self.field
        return bool(field_ and (field_.choices or field_.type == "bool" or field_.check in (check_phone, check_email)))

    def _value(self, text: str, say: Say) -> Any:
        field_ = self.field
        if (field_ and field_.check is check_phone) or (self.option == CALLER_ID and _NUMBER.fullmatch(text)):
            return self._phone(text, say)
        if field_ and field_.check is check_email:
            return address(text, say)
        if self.option in IDS:
            text = self._id(text, say)
        else:
            text = text if PLAIN.fullmatch(text) else doubted(text, say, self.option in NAMES)
        if self.option in _CODED and looks_like_a_day(text):
            say(A_DAY)
        if not field_:
            return text
        if self.option == "business_address.state" and text.casefold() in ("present", "absent"):
            raise Wrong("means the state of the address here; everybody in the list should be present")
        if self.option == "status" and text.casefold() == "unassigned":
            raise Wrong("can't be Unassigned: that is a seat without a person")
        if self.option == "site" and self.context.sites:
            return self.context.sites.resolve(text)
        if not field_.choices:
            return text
        return next((choice for choice in field_.choices if choice.casefold() == text.casefold()), text)

    def _id(self, text: str, say: Say) -> str:
        if not text.isascii():
            plain = unicodedata.normalize("NFKC", text)
            if self.option == "extension_number":
                plain = "".join(str(int(char)) if char.isdecimal() else char for char in plain)
            if plain != text:
                say(_WIDE)
                text = plain
        if self.grouped:
            text = ungrouped(text, say)
        if not self.decimals:
            text = whole_number(text, say)
        if text in self.lost_zeros:
            say(ZEROS)
        return text

    def _phone(self, text: str, say: Say) -> str | None:
        number, self.extension = self.context.phones.read(text, say)
        return number
