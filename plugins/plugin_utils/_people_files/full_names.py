# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First and last name from one cell. What is not certain is refused: nobody notices a name that was divided wrong."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from ...module_utils._resources.fields import bare
from .remarks import LONG_NAMES
from .values import Wrong

FIRST_LAST: Final = "first_last"
LAST_FIRST: Final = "last_first"
ORDERS = (FIRST_LAST, LAST_FIRST)
# Reported once for a column.
NO_ORDER: Final = "does not say which part is the last name"

# In small letters they begin a last name. In capitals some of them are first names as well.
_PARTICLES = frozenset(
    "af al d' da dal dalla dall' das de degli dei del dell' della den der des di do dos du el el- la le lo ter ten te van vom von zu"
    " zum zur 't y".split()
)
_SUFFIXES = frozenset("jr sr jnr snr ii iii iv".split())
_TITLES = frozenset("mr mrs ms miss mx dr prof professor sir herr frau mme mlle sra srta dhr mevr".split())
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
# What stands behind a name, and is none.
_DEGREES = frozenset("PhD MD MBA CPA Esq RN DDS JD MSc BSc MA BA MS BS PMP CISSP DipHE LLB LLM".split())
# Letters that have no accent for Unicode.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# From which likeness on one name may be the other with typing errors.
_ALIKE = 0.7
_ODD = re.compile(r"[\d@/\\&()\[\]{}<>|:;_+=*#\"]|\s[-–—]\s")
_COMMA = re.compile(r"\s*[,，،、]\s*")


def divided(text: str, order: str = "", *, first_then_last: bool = False, long: bool = False) -> tuple[str, str]:
    """First and last name of a person. Raises Wrong.

    Args:
        order: one of ORDERS, for names without a comma; empty when nothing says it.
        first_then_last: the column's own name says that the first name stands before the comma.
        long: of three names and more, one is taken for the last name.
    """
    if _ODD.search(text):
        raise Wrong("has more than a name: give first and last name in columns of their own")
    parts = [" ".join(part.split()) for part in _COMMA.split(text)]
    suffix = ""
    if len(parts) > 1 and _is_suffix(parts[-1]):
        suffix = f" {parts.pop()}"
    if "" in parts or len(parts) > 2 or parts[-1].replace(".", "") in _DEGREES:
        raise Wrong("has more than a last and a first name: give both in columns of their own")
    if len(parts) == 2:
        first, last = parts if first_then_last else reversed(parts)
        words = first.split()
        if _is_suffix(words[-1]):
            suffix = suffix or f" {words.pop()}"
        while len(words) > 1 and words[-1] in _PARTICLES:  # Berg, Jane van der
            last = f"{words.pop()} {last}"
        first = " ".join(words)
    else:
        first, last = _by_order(parts[0].split(), order, long)
    if not first or not last or _bare(first.split()[0]) in _TITLES or _bare(last.split()[0]) in _TITLES:
        raise Wrong("has a title, or only one name: give first and last name in columns of their own")
    return first, last + suffix


def _by_order(words: list[str], order: str, long: bool) -> tuple[str, str]:
    suffix = [words.pop()] if len(words) > 2 and _is_suffix(words[-1]) else []
    if len(words) < 2:
        raise Wrong("has only one name: give first and last name in columns of their own")
    if order not in ORDERS:
        raise Wrong(NO_ORDER)
    count = (_last_names if order == FIRST_LAST else _leading_last_names)(words, long)
    if not count:
        raise Wrong(
            f"has more than two names: write it as 'Last name, First name', or add {LONG_NAMES} to accept (in the role"
            f" people_accept), which takes the {'last' if order == FIRST_LAST else 'first'} word for the last name"
        )
    first, last = (words[:-count], words[-count:]) if order == FIRST_LAST else (words[count:], words[:count])
    return " ".join(first), " ".join(last + suffix)


def _last_names(words: list[str], long: bool) -> int:
    """How many words at the end are the last name; 0 where that is not certain."""
    given = 1
    while given < len(words) - 1 and (_INITIAL.fullmatch(words[given]) or (long and words[given] not in _PARTICLES)):
        given += 1
    rest = words[given:]
    return len(rest) if len(rest) - _particles(rest) == 1 else 0


def _leading_last_names(words: list[str], long: bool) -> int:
    """How many words at the beginning are the last name; 0 where that is not certain."""
    end = _particles(words) + 1
    given = words[end:]
    certain = given and (long or all(_INITIAL.fullmatch(word) for word in given[1:]))
    return end if certain and not any(word in _PARTICLES for word in given) else 0


def _particles(words: list[str]) -> int:
    """How many particles the words begin with."""
    return next((place for place, word in enumerate(words) if word not in _PARTICLES), len(words))


def _is_suffix(text: str) -> bool:
    return _bare(text) in _SUFFIXES


def _bare(word: str) -> str:
    return word.casefold().strip(".")


def may_be_one(one: str, other: str) -> bool:
    """Whether two whole names may be of one person: they share a name, or part of one, or are of scripts that can't be compared."""
    ones, others = _with_digraphs(_latin_names(one)), _with_digraphs(_latin_names(other))
    return not ones or not others or any(_is_part(a, b) or _is_part(b, a) for a in ones for b in others)


def contradicts(whole: str, first: str, last: str) -> bool | None:
    """Whether a whole name is certainly not that of somebody of this first and last name.

    None where it has nothing in common with them, and may still be a nickname, a login, or a name with typing errors.
    """
    if any(len(name) > 2 and name in whole for name in (first, last)):  # of most people
        return False
    own = f"{first} {last}"
    if may_be_one(whole, own) or any(char.isalpha() and char > "z" for char in _folded(whole + own)):
        return False
    names, own_names = ([name for name in _latin_names(text) if len(name) > 1] for text in (whole, own))
    if not any(len(name) > 2 for name in names) and len(names) < 2:
        return False
    is_name = len(names) > 1 and not re.search(r"[\d@_]", whole)
    alike = any(get_close_matches(name, own_names, 1, _ALIKE) for name in names)
    return True if is_name and first and last and len(own_names) > 1 and not alike else None


def _is_part(short: str, long: str) -> bool:
    return short == long or (len(short) > 2 and short in long)


def _latin_names(text: str) -> set[str]:
    """The names in a whole name, without accents, apostrophes, titles, particles and suffixes."""
    words = re.sub("['\u2019`.-]", "", text).casefold().split()
    names = {re.sub("[^a-z]", "", _folded(word)) for word in words if word not in _PARTICLES | _SUFFIXES | _TITLES}
    return names - {""}


def _with_digraphs(names: set[str]) -> set[str]:
    """Names, and what they are if ae, oe and ue stand for ä, ö and ü, whose accents are gone."""
    return names | {re.sub("([aou])e", r"\1", name) for name in names}


def _folded(text: str) -> str:
    """Letters and digits without accents, also where Unicode does not take the accent for one."""
    return bare(text).translate(_LETTERS)
