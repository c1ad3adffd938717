# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module's work is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..._resources.fields import Json
from ..._resources.learned import Learned
from ..._resources.named_ids import NamedIds
from ..._transport.client import Client


@dataclass(frozen=True)
class Context:
    """What work is done with.

    Attributes:
        client: the account.
        names: ids of what people call by name.
        check_mode: only find out what would be done.
        warn: say something that is no failure.
        progress: show a line while the work continues, where somebody can see it.
        scim: the SCIM interface, for the modules that use it.
        has_rest: whether `client` can be used: a static SCIM token opens SCIM only.
    """

    client: Client
    names: NamedIds
    check_mode: bool
    warn: Callable[[str], None]
    progress: Callable[[str], None] | None = None
    scim: Client | None = None
    has_rest: bool = True

    @cached_property
    def learned(self) -> Learned:
        """What was learned of this account."""
        return Learned(self.client)

    @property
    def scim_client(self) -> Client:
        """The SCIM interface, for modules that declare that they use it."""
        if self.scim is None:
            raise LookupError("this module does not declare that it uses SCIM")
        return self.scim


@dataclass
class Result:
    """What work came to: `values` are returned to the playbook, `before` and `after` are the diff.

    A `failure` makes the task fail, and return its values anyway.
    """

    values: Json
    changed: bool = False
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    failure: str = ""

    @classmethod
    def of_records(cls, values: Json, rows: Iterable[Mapping[str, Any]], in_doubt: bool) -> Result:
        """The result of a run over a list, with the diff of those who changed.

        Args:
            rows: the records; each has `label`, `changed` and `diff`.
            in_doubt: whether an answer was lost, so that something may have changed.
        """
        changed = [row for row in rows if row["changed"]]
        before, after = ({row["label"]: row["diff"][side] for row in changed} for side in ("before", "after"))
        return cls(values, changed=bool(changed) or in_doubt, before=before, after=after)
