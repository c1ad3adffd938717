# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens while the store of many hosts can't be reached.

The others are not seen any more, so this host continues with a quarter of each limit. What they sent shortly before is not
known either: nobody here sends until one window has passed since the loss, and then one request of each group goes ahead
alone, whose answer reports what is used. When the store is back, the same probe goes first there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from .errors import InvalidInput, StoreLost
from .store import Answer, Group, Store
from .store_redis import RedisStore, refuses, server_errors

T = TypeVar("T")

# How much of each limit a host takes that does not see the others.
CAUTIOUS_SHARE = 0.25
# Seconds between two attempts to reach the store again.
TRY_AGAIN = 5.0
POLICIES = ("local", "fail")


class LosableStore:
    """A store of many hosts, with that of this host in its place while it is gone."""

    def __init__(
        self, shared: RedisStore, where: str, policy: str, local: Callable[[], Store], warn: Callable[[str], None]
    ) -> None:
        """
        Args:
            shared: the store of many hosts.
            where: what to call it in messages.
            policy: `local` or `fail`.
            local: opens the store of this host, once it is needed.
            warn: called when the store is lost and when it is back.
        """
        self._shared = shared
        self._where = where
        self._policy = policy
        self._open_local = local
        self._local: Store | None = None
        self._warn = warn
        # By this process's clock: when the store was lost, and until when it is not tried again; 0 while it is there.
        self._lost_at = self._lost_until = 0.0
        # Groups that were used without the others' knowledge, and the windows that the server has announced.
        self._alone: set[str] = set()
        self._windows: dict[str, float] = {}
        self._requests: set[str] = set()
        self._one_thread = threading.RLock()

    def _either(self, shared: Callable[[RedisStore], T], local: Callable[[Store], T]) -> T:
        """Use the store of many hosts, or that of this host while the former is gone. Raises StoreLost."""
        if time.monotonic() >= self._lost_until:
            try:
                self._rejoin()
                return shared(self._shared)
            except server_errors() as error:
                self._lose(error)
        return local(self._on_this_host())

    def _lose(self, error: Exception) -> None:
        if refuses(error):
            raise InvalidInput(
                f"The store {self._where} can't be used by this client ({error}).",
                "store_url",
                "Check store_url (RC_STORE_URL), and for TLS its ssl_ca_certs.",
            )
        with self._one_thread:
            reason = f"The store {self._where} can't be used ({error})"
            if self._policy == "fail":
                raise StoreLost(
                    f"{reason}, and on_store_loss is fail: without it, other hosts' requests are not seen. What was done"
                    " so far is done; run it again when the store is back."
                ) from error
            if not self._lost_until:
                self._lost_at = time.monotonic()
                self._warn(
                    f"{reason}: continuing with this host's own state and {CAUTIOUS_SHARE:.0%} of each limit until it is back."
                )
            self._lost_until = time.monotonic() + TRY_AGAIN

    def _rejoin(self) -> None:
        if not self._lost_until:
            return
        with self._one_thread:
            self._shared.forget_limits(sorted(self._alone))
            if self._lost_until:
                self._warn(f"The store {self._where} is back.")
            self._alone.clear()
            self._lost_until = 0.0

    def _on_this_host(self) -> Store:
        with self._one_thread:
            if self._local is None:
                self._local = self._open_local()
            return self._local

    # --- budgets -------------------------------------------------------------------------------

    def take(self, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        return self._either(
            lambda store: store.take(groups, share, hold), lambda store: self._take_alone(store, groups, share, hold)
        )

    def _take_alone(self, store: Store, groups: list[Group], share: float, hold: float) -> tuple[str, float]:
        with self._one_thread:
            for group in groups:
                if group.key not in self._alone:
                    self._alone.add(group.key)
                    window = self._windows.get(group.key, max(self._windows.values(), default=group.window))
                    left = self._lost_at + window - time.monotonic()
                    store.settle("", Answer(group.key, group, penalty=max(left, 0.001)))
            request, wait = store.take(groups, share * CAUTIOUS_SHARE, hold)
            if request:
                self._requests.add(request)
            return request, wait

    def settle(self, request: str, answer: Answer | None) -> None:
        if answer and answer.window:
            self._windows[answer.key] = answer.window
        if request in self._requests:
            self._requests.discard(request)
            self._on_this_host().settle(request, answer)
            return
        # A slot that the lost store holds expires there by itself.
        self._either(lambda store: store.settle(request, answer), lambda store: None)

    def give_back(self, request: str) -> None:
        if request in self._requests:
            self._requests.discard(request)
            self._on_this_host().give_back(request)
            return
        self._either(lambda store: store.give_back(request), lambda store: None)

    def announced(self, key: str) -> tuple[int, float] | None:
        return self._either(lambda store: store.announced(key), lambda store: store.announced(key))

    # --- facts ---------------------------------------------------------------------------------

    def get(self, key: str) -> Any:
        return self._either(lambda store: store.get(key), lambda store: store.get(key))

    def put(self, key: str, value: Any, seconds: float) -> None:
        self._either(lambda store: store.put(key, value, seconds), lambda store: store.put(key, value, seconds))

    def forget(self, key: str) -> None:
        self._either(lambda store: store.forget(key), lambda store: store.forget(key))

    def facts(self, prefix: str) -> dict[str, Any]:
        return self._either(lambda store: store.facts(prefix), lambda store: store.facts(prefix))

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            self._either(
                lambda store: stack.enter_context(store.lock(name)),
                lambda store: stack.enter_context(store.lock(name)),
            )
            yield

    @property
    def lasting(self) -> bool:
        return not self._lost_until  # what this host keeps meanwhile is not looked for later

    def close(self) -> None:
        self._shared.close()
        if self._local is not None:
            self._local.close()
