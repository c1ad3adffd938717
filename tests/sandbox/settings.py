# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be chosen, on the command line and with a reset alike."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from .behaviours import Behaviour, chosen
from .habits import Habits


class Settings(BaseModel):
    """The choices, in sandbox time where they are times."""

    model_config = ConfigDict(extra="forbid")

    profile: Literal["platform", "guide", "observed"] = "platform"
    behave: str = ""
    settle: float = 20.0
    habits: Habits = Habits()
    time_scale: float = 1.0
    users: int = 25
    seats: int = 0
    queues: int = 0
    free_numbers: int = 5
    call_handling: Literal["new", "older"] = "new"
    reencode_images: bool = False
    scim_lag: float = 0.0
    scim_enabled: bool = True
    licences: int | None = None
    automatic_recording: bool = True
    timezone: str = "US/Pacific"  # of the account; nothing where it does not say
    clock_ahead: float = 0.0  # real seconds that its clock is ahead of this host's
    roles: int = 0
    latency: float = 0.0
    without: str = ""
    without_permissions: str = ""
    limits: str = ""
    groups: str = ""
    refresh_tokens: bool = False
    sso: bool = False
    subscription_ceiling: float = 1209600.0
    webhook_failures: int = 3
    webhook_timeout: float = 3.0  # real seconds: somebody's real server answers
    recovery_timeout: float = 180.0
    idle_timeout: float = 1800.0
    absolute_timeout: float = 86400.0

    @field_validator("behave")
    @classmethod
    def _known(cls, value: str) -> str:
        chosen(value, everything=False)
        return value

    @cached_property
    def _behaviours(self) -> frozenset[Behaviour]:
        return chosen(self.behave, everything=self.profile == "observed")

    def behaves(self, name: Behaviour) -> bool:
        """Whether the account has this habit."""
        return name in self._behaviours

    @property
    def reading(self) -> Literal["platform", "guide"]:
        """Whose operations and usage plans there are: real accounts have the published ones."""
        return "guide" if self.profile == "guide" else "platform"

    def missing(self) -> dict[str, int]:
        """Operations that the account lacks, and the status with which it says so."""
        found = {}
        for item in filter(None, self.without.split(",")):
            name, _equals, status = item.strip().partition("=")
            found[name] = int(status or 403)
        return found

    def limit_of(self, group: str) -> tuple[int, float]:
        """Requests and window in seconds."""
        limits = {"light": (50, 60.0), "medium": (40, 60.0), "heavy": (10, 60.0), "auth": (5, 60.0)}
        if self.behaves("other-limits"):
            limits["medium"] = (75, 60.0)
        for item in filter(None, self.limits.split(",")):
            name, _equals, value = item.strip().partition("=")
            allowed, _slash, window = value.partition("/")
            limits[name.lower()] = (int(allowed), float(window or 60))
        return limits.get(group, (40, 60.0))

    def group_of(self, operation: str, plan: str) -> str:
        """The group that an operation is counted in."""
        for item in filter(None, self.groups.split(",")):
            name, _equals, group = item.strip().partition("=")
            if name == operation:
                return group.lower()
        return plan.lower()
