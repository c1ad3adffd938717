# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client with recorded answers: what the sandbox can hardly be brought to say, in the order that a test wants."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from typing import Any

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import RateLimit, Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    NoAnswer,
    NotAvailable,
)
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall, refusal

__all__ = ["LOST", "UNSENT", "Names", "Recorded", "refusal"]

Json = dict[str, Any]
LOST = NoAnswer("The answer was lost.", outcome_unknown=True)
UNSENT = NoAnswer("RingCentral could not be reached.", outcome_unknown=False)


class Recorded(OnTopOfCall):
    """Answers each operation with what is recorded for it, one after the other; the last answer stays.

    An answer is a value, an exception, or a function of what is sent. An operation without answers must not be called.
    Every operation counts in one usage plan group.
    """

    own_user = "1"
    owner = "somebody"
    has_app_secret = True
    app_secret = "secret"
    clock_ahead: float | None = None
    permissions: frozenset[str] | None = None

    def __init__(self, **answers: list[Any]) -> None:
        self.answers = answers
        self.sent: list[tuple[str, Json]] = []
        self.usage = Usage()
        self.facts: Json = {}
        self.lacking: set[str] = set()
        self._lock = threading.Lock()

    def names(self) -> list[str]:
        """The operations in the order in which they were called."""
        return [name for name, _sent in self.sent]

    def bodies(self, name: str) -> list[Any]:
        """What was sent by one operation, call by call."""
        return [sent.get("body") for called, sent in self.sent if called == name]

    def call(self, name: str, **sent: Any) -> Any:
        with self._lock:
            self.sent.append((name, sent))
            left = self.answers[name]
            answer = left.pop(0) if len(left) > 1 else left[0]
        if callable(answer):
            answer = answer(sent)
        if isinstance(answer, NotAvailable):
            self.lacking.add(name)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pages(self, name: str, query: Any = None, **sent: Any) -> Iterator[Json]:
        yield from self.call(name, query=query, **sent)

    def lacks(self, name: str) -> bool:
        return name in self.lacking

    def limit_of(self, name: str) -> RateLimit:
        return RateLimit("heavy", 10, 60.0)

    def window(self) -> float:
        return 0.0

    def pause(self, seconds: float) -> None:
        pass

    def waiting_for(self) -> str:
        return ""

    def keep(self, name: str, value: Any, seconds: float) -> None:
        self.facts[name] = value

    def kept(self, name: str) -> Json:
        return {key: value for key, value in self.facts.items() if key.startswith(name)}

    def note_created(self, extension_id: str, names: Json) -> None:
        self.facts[f"created:{extension_id}"] = names

    def note_deleted(self, extension_id: str) -> None:
        self.facts.pop(f"created:{extension_id}", None)

    def just_created(self) -> Json:
        return {key.partition(":")[2]: names for key, names in self.kept("created:").items()}

    def alone(self, name: str) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def drop(self, name: str) -> None:
        self.facts.pop(name, None)

    def scopes(self) -> frozenset[str] | None:
        return self.permissions

    def mark_of(self, text: str, own_key: str = "") -> str:
        key = own_key or self.app_secret
        name, code = (hashlib.sha256(part.encode()).hexdigest() for part in (key, f"{key} {text}"))
        return f"{name[:16]}:{code}"


class Names:
    """Every name is its own id, but for a country, which has two names."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return "US" if (kind, name) == ("country", "United States") else name

    def entries(self, kind: str) -> list[dict[str, str]]:
        return []
