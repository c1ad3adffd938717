# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark that offboarding leaves in RingCentral itself: the comment of a Disabled user's status.

It carries the dates, so that a nightly job needs no database of its own, and a code that binds them to this user and to
this day of suspension: a mark that was copied from another user, or whose dates were edited, is noticed. Only a comment
that is exactly the mark counts: anyone who adds to it or changes it, such as for a legal hold, wants something else.

The key of the code is `mark_key`, or else is derived from the app's id and secret. The id alone is no secret: anyone who may
write comments could have users deleted. Logins, tokens and JWTs play no part, so that a new JWT changes nothing. With a new
client secret, marks are recognized as those of another key, and wait until somebody decides.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from .._transport.client import Client
from .._transport.errors import InvalidInput
from .._transport.text import printable

_SIGN = "[itops.ringcentral"
# The word as people write it: LEGAL_HOLD, LegalHold, hold2026, on-hold, holds, holding; not household, and no Holden.
_HOLD = re.compile(r"(?i:(?<![^\W\d_])hold(?:s|ing)?(?![^\W\d_]))|(?<=[a-z])Hold(?![a-z])")
_DAY = r"\d{4}-\d\d-\d\d"
_MARK = re.compile(
    rf"Left (?P<left>{_DAY}), to be deleted from (?P<delete>{_DAY}) on"
    rf" \[itops\.ringcentral(?: (?P<suspended>{_DAY}) (?P<code>[0-9a-f]{{8}}:[0-9a-f]{{16}}))?\]"
)
# Digits of the name of the key, and of the code itself.
_NAME_DIGITS, _CODE_DIGITS = 8, 16
# What may be wrong with a mark: version 1 wrote none; it is by another key; or it is not as it was written.
Problem = Literal["without_code", "other_key", "altered"]
ACCEPTABLE: tuple[Problem, ...] = ("without_code", "other_key")
SHORTEST_KEY = 16


@dataclass(frozen=True)
class Mark:
    """When somebody left, and from when on the extension may be deleted.

    Attributes:
        suspended: the day on which the mark was made. Marks of version 1 have neither this nor a code.
    """

    last_day: date
    delete_from: date
    suspended: date | None = None
    code: str = ""

    @classmethod
    def of(cls, last_day: date, grace_days: int) -> Mark:
        return cls(last_day, last_day + timedelta(days=grace_days))

    @classmethod
    def read(cls, comment: Any) -> Mark | None:
        """The mark that a status comment is, if it is one of ours and nothing else."""
        match = _MARK.fullmatch(str(comment or "").strip())
        if match is None:
            return None
        try:
            days = [date.fromisoformat(match[name]) for name in ("left", "delete")]
            suspended = date.fromisoformat(match["suspended"]) if match["suspended"] else None
        except ValueError:
            return None
        mark = cls(days[0], days[1], suspended, match["code"] or "")
        return mark if mark.delete_from >= mark.last_day else None

    @staticmethod
    def stands_in(comment: Any) -> bool:
        """Whether a comment was made of a mark, regardless of what else it says."""
        return _SIGN in str(comment or "")

    def __str__(self) -> str:
        code = f" {self.suspended} {self.code}" if self.code else ""
        return f"Left {self.last_day}, to be deleted from {self.delete_from} on {_SIGN}{code}]"


class MarkKey:
    """Writes the codes of marks, and checks them."""

    def __init__(self, client: Client, own_key: str | None) -> None:
        """
        Args:
            own_key: the option `mark_key`. Where it is given, marks by the app's secret are still recognized.

        Raises InvalidInput for a key that can be guessed.
        """
        own_key = (own_key or "").strip()
        if own_key and len(own_key) < SHORTEST_KEY:
            raise InvalidInput(
                f"mark_key (RC_MARK_KEY) has fewer than {SHORTEST_KEY} characters. Nothing was sent.",
                "mark_key",
                "Make one with: openssl rand -hex 32.",
            )
        self._client = client
        self._keys = [own_key] if own_key else []
        if client.has_app_secret:
            self._keys.append("")

    def __bool__(self) -> bool:
        """Whether there is a key. A ready access token is none: the next one makes other codes."""
        return bool(self._keys)

    def signed(self, mark: Mark, extension_id: str, today: date) -> Mark:
        """The mark with its code; without one where there is no key."""
        if not self._keys:
            return mark
        mark = replace(mark, suspended=today)
        return replace(mark, code=self._code(mark, extension_id, self._keys[0]))

    def problem(self, mark: Mark, extension_id: str) -> Problem | None:
        """What is wrong with a mark of this user; None where it is as this app has written it."""
        if not mark.code:
            return "without_code"
        for key in self._keys:
            code = self._code(mark, extension_id, key)
            if code[:_NAME_DIGITS] == mark.code[:_NAME_DIGITS]:
                return None if hmac.compare_digest(code, mark.code) else "altered"
        return "other_key"

    def _code(self, mark: Mark, extension_id: str, key: str) -> str:
        text = "\0".join(("leaver", extension_id, str(mark.last_day), str(mark.delete_from), str(mark.suspended)))
        name, _colon, code = self._client.mark_of(text, key).partition(":")
        return f"{name[:_NAME_DIGITS]}:{code[:_CODE_DIGITS]}"


def has_hold(comment: Any) -> bool:
    """Whether a status comment has the word with which somebody asks for a user to be kept, in any of its forms."""
    return bool(_HOLD.search(printable(unicodedata.normalize("NFKC", str(comment or "")))))


def changed_by_hand(extension: Mapping[str, Any], key: MarkKey) -> bool:
    """Whether somebody has written to the comment that offboarding left, or asks for a hold. It stays as it is."""
    comment = extension.get("status_comment")
    if extension.get("status") != "Disabled" or not (Mark.stands_in(comment) or has_hold(comment)):
        return False
    mark = Mark.read(comment)
    return mark is None or key.problem(mark, str(extension["extension_id"])) == "altered"


def mark_for(
    extension: Mapping[str, Any], last_day: date | None, today: date, grace_days: int, key: MarkKey, extension_id: str
) -> Mark:
    """The mark to leave: grace begins with the suspension, or with the last day if that is later.

    Args:
        extension: as modules return it. A mark that is there keeps its dates, except where nothing is said of the last day
            and grace is over: that one may be of an earlier time.
        last_day: None where nothing is said of it.
    """
    old = Mark.read(extension.get("status_comment")) if extension.get("status") == "Disabled" else None
    if old is not None and (last_day == old.last_day or (last_day is None and old.delete_from > today)):
        return old
    new = Mark(last_day or today, Mark.of(max(last_day or today, today), grace_days).delete_from)
    return key.signed(new, extension_id, today)
