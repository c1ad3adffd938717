# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client whose server answers by a script, and whose budget waits for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import NoAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS, Operation

# Reads for whose answer an id is enough: that of a rule needs more, see `shapes`.
READS = sorted(
    name
    for name, operation in OPERATIONS.items()
    if not operation.writes and operation.plan != "Auth" and name != "readVoiceStateBasedRule"
)
WRITES = sorted(name for name, operation in OPERATIONS.items() if operation.writes)
FINE = HttpAnswer(200, {}, {"id": 1})
LOST = NoAnswer("Could not create: closed.", outcome_unknown=True)
UNSENT = NoAnswer("Could not create: unreachable.", outcome_unknown=False)
Build = Callable[..., Client]


class Pauses:
    """A budget that waits for nothing, and counts."""

    def __init__(self) -> None:
        self.usage = Usage()
        self.backed_off: list[tuple[int, float]] = []
        self.patience = 100

    def back_off(self, attempt: int, at_least: float = 0.0) -> bool:
        if len(self.backed_off) >= self.patience:
            return False
        self.backed_off.append((attempt, at_least))
        self.usage.retries += 1
        return True


class Http:
    """Answers with what it was given, one by one; a function is asked for its answer to the query."""

    server_url = "https://platform.example.com"

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.budget = Pauses()
        self.sent: list[dict[str, Any]] = []

    def send(
        self, operation: Operation, auth: Any, path_values: Mapping[str, str], query: Any, body: Any, *, files: Any
    ) -> HttpAnswer:
        request = requests.Request("GET", self.server_url, auth=auth).prepare()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.sent.append(
            {"name": operation.name, "token": token, "path": dict(path_values), "query": query, "body": body}
        )
        answer = self.answers[0] if callable(self.answers[0]) else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        result = answer(query) if callable(answer) else answer
        assert isinstance(result, HttpAnswer)
        return result


class Tokens:
    """Gives a new token when one was refused."""

    user = "1850023001"

    def __init__(self) -> None:
        self.count = 1

    def get(self) -> str:
        return f"token-{self.count}"

    def renew(self, refused: str, **_request: object) -> str:
        assert refused == self.get()
        self.count += 1
        return self.get()


def answer(status: int, code: str = "", **headers: str) -> HttpAnswer:
    body = {"errors": [{"errorCode": code, "message": "no"}]} if code else None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpAnswer(status, {"RCRequestId": "r-1", **named}, body)


def call(client: Client, name: str) -> Any:
    return client.call(name, extensionId="7", subject="Ann", body={"x": 1} if name in WRITES else None)
