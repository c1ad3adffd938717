# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail addresses as people copy them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ...module_utils._resources.fields import EMAIL, check_email
from .remarks import DAMAGED_TEXT, Remark, Say
from .texts import INVISIBLE
from .values import Wrong, shown

# What stands around an address without being part of one.
_BEFORE = "\"\u201c\u201d„«»‹›<[('\u2018\u2019`,; "
_AFTER = "\"\u201c\u201d«»‹›>])'\u2018\u2019`,;:/. "
_START = re.compile(r"\s*(?:mailto|smtp|sip|e-?mail)\s*:\s*", re.IGNORECASE)
_AROUND_AT = re.compile(r"\s*@\s*")
# Addresses about which there is nothing to find out.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(rf"(?!'){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?!xn--)[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")
_WIDE_ATOM = r"[^\s@\"(),:;<>\[\\\].\x00-\x1f]+"
_WIDE_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_WIDE = re.compile(rf"{_WIDE_ATOM}(?:\.{_WIDE_ATOM})*@(?:{_WIDE_LABEL}\.)+{_WIDE_LABEL}")

_UNWRAPPED = Remark("text around the address was removed")
_NARROWED = Remark("wide and special characters were replaced by plain ones")
_BLANKS = Remark("blanks around the @ were removed")
_MARK = Remark("has a question mark where an encoding may have lost a letter", DAMAGED_TEXT)

# What may be mixed in one address: two scripts whose letters look alike are a mistake, or a trick.
_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def address(text: str, say: Say) -> str:
    """An e-mail address. Raises Wrong."""
    if _PLAIN.fullmatch(text):
        found = text
    else:
        found = _unwrapped(_narrowed(text, say), say)
        _check(found)
    if "?" in found:
        say(_MARK)
    return found


def _narrowed(text: str, say: Say) -> str:
    seen = text.replace("\u200c", "").replace("\u200d", "")
    if seen != text:
        say(INVISIBLE)
    plain = unicodedata.normalize("NFKC", seen)
    if plain != seen:
        say(_NARROWED)
    return plain


def _unwrapped(text: str, say: Say) -> str:
    bare = text
    for _time in range(3):  # "<mailto:ann@example.com>"
        bare = _START.sub("", bare.lstrip(_BEFORE).rstrip(_AFTER), count=1)
    addresses = EMAIL.findall(bare)
    if len(addresses) > 1:
        raise Wrong(f"{shown(text)} has more than one e-mail address: give one")
    if len(addresses) == 1 and re.search(r"[<\"(\[]", bare):
        only = re.split(r"[\])>]", addresses[0])[0].strip(_AFTER)  # [ann@example.com](mailto:ann@example.com)
        raise Wrong(f"{shown(text)} is more than an e-mail address: write only {shown(only)}")
    if bare != text:
        say(_UNWRAPPED)
    close = _AROUND_AT.sub("@", bare)
    if close != bare:
        say(_BLANKS)
    return close


def _check(text: str) -> None:
    if _PLAIN.fullmatch(text):
        return
    if check_email(text) or not _WIDE.fullmatch(text) or text.rpartition(".")[2].isdigit() or _mixed(text):
        raise Wrong(f"{shown(text)} is not an e-mail address")
    library = _library()
    if library:
        try:
            library.validate_email(text, check_deliverability=False, test_environment=True)
        except library.EmailNotValidError:
            raise Wrong(f"{shown(text)} is not an e-mail address") from None


def _library() -> Any:
    try:
        import email_validator
    except ImportError:
        return None
    return email_validator


def _mixed(text: str) -> bool:
    if text.isascii():
        return False
    scripts = [{unicodedata.name(char, "").partition(" ")[0] for char in part} for part in re.split("[@.]", text)]
    return any(len(part.intersection(_ALIKE)) > 1 for part in scripts)
