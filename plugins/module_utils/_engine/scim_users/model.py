# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user of a run over SCIM users, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._resources import scim_user
from ..._resources.fields import Json
from ..._transport.errors import NoAnswer, RingCentralError

OPERATIONS = {
    "create": scim_user.CREATE,
    "replace": scim_user.REPLACE,
    "patch": scim_user.PATCH,
    "delete": scim_user.DELETE,
}
DONE = {"create": "created", "replace": "updated", "patch": "updated", "delete": "deleted"}


@dataclass
class ScimPerson:
    """One user who is asked for, and how far it has come.

    Attributes:
        step: what to do: create, replace, patch, delete, or nothing.
        missing: whether the list does not name this user.
        in_doubt: a request was sent, and its answer is not known.
    """

    index: int
    options: Mapping[str, Any]
    wanted: Json
    goal: str
    record: Json | None = None
    complete: bool = False
    step: str = ""
    action: str = "none"
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    errors: list[Json] = field(default_factory=list)
    failure: RingCentralError | None = None
    extension_id: str | None = None
    missing: bool = False
    in_doubt: bool = False

    @property
    def operation(self) -> str:
        return OPERATIONS[self.step]

    @property
    def error(self) -> list[Json]:
        return self.errors

    @property
    def label(self) -> str:
        for option in ("user_name", "external_id", "id"):
            if self.options.get(option):
                return str(self.options[option])
        return f"users[{self.index}]"

    @property
    def id(self) -> str:
        return str(self.record["id"]) if self.record else ""

    def fail(self, error: RingCentralError) -> None:
        """Note why this user can't be done."""
        self.failure = self.failure or error
        codes = error.facts().get("codes") or [""]
        self.errors.append({"code": codes[0], "message": str(error), "parameter": error.facts().get("parameter")})

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was done; where an answer was lost, it may have been done."""
        lost = isinstance(self.failure, NoAnswer) and self.failure.outcome_unknown
        return self.action == "none" and not lost
