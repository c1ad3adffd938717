# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What processes share: budgets, tokens, what was learned. Where it lives is up to one of the stores.

`store_sqlite.py` is one file for the processes of a host, `store_redis.py` a server for those of many hosts, and
`store_loss.py` what happens while that server is gone.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import Any, Protocol

# Slots of other clients, seen only through the server's count.
FOREIGN = "foreign"


@dataclass(frozen=True)
class Group:
    """A usage plan group to take a slot in, with what is assumed of it until the server says more.

    Where nothing has been learned yet, one request goes ahead alone, unless the group is `open`.
    """

    key: str
    allowed: int
    window: float
    open: bool = False


@dataclass(frozen=True)
class Answer:
    """What an answer reports about its group.

    Attributes:
        key: the group that the server counted the request in.
        allowed, window, used: its limit, its window in seconds, and the requests that the server counted in it
            until then, as announced, else None.
        assumed: what is taken for limit and window as long as nothing was announced.
        learned: whether this answer is reason enough to use the whole limit.
        penalty: seconds for which nobody may send (429), else 0.
        sent: when the request left, by the clock of `take`.
    """

    key: str
    assumed: Group
    allowed: int | None = None
    window: float | None = None
    used: int | None = None
    learned: bool = False
    penalty: float = 0.0
    sent: float = 0.0


class Store(Protocol):
    """What the budget, the token cache and the engine need of shared state."""

    def take(self, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        """Take one slot in every group at once: (request id, 0), or ('', seconds to wait)."""

    def settle(self, request: str, answer: Answer | None) -> None:
        """The request has ended: its slots begin to expire; an answer also corrects its group."""

    def give_back(self, request: str) -> None:
        """The request was never sent."""

    def announced(self, key: str) -> tuple[int, float] | None:
        """Limit and window of a group, if the server has announced them."""

    def get(self, key: str) -> Any:
        """A fact that has not expired, or None."""

    def put(self, key: str, value: Any, seconds: float) -> None:
        """Remember a fact (JSON) for a time."""

    def forget(self, key: str) -> None:
        """Forget a fact."""

    def facts(self, prefix: str) -> dict[str, Any]:
        """All facts that have not expired whose key begins so."""

    def lock(self, name: str) -> contextlib.AbstractContextManager[None]:
        """One process at a time; released by the holder's death as well."""

    @property
    def lasting(self) -> bool:
        """Whether what is put here outlives this process, as far as is known by now."""

    def close(self) -> None:
        """Let go of the store."""


def this_process() -> str:
    """Names this process among those of all hosts and containers, as `namespace:pid`."""
    return f"{_pid_namespace()}:{os.getpid()}"


def has_died(owner: str) -> bool:
    """Whether a process of this host, named as `this_process` does, is gone; False where that can't be known."""
    namespace, _colon, pid = owner.rpartition(":")
    return namespace == _pid_namespace() and int(pid) != os.getpid() and not _alive(int(pid))


def _pid_namespace() -> str:
    """Process ids mean something only within one namespace (containers may share a directory)."""
    try:
        return os.readlink("/proc/self/ns/pid") + os.uname().nodename
    except OSError:
        return os.uname().nodename


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
