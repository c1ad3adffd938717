# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of a server that are not what RingCentral's document says: something is missing, null, or of another type."""

from __future__ import annotations

import contextlib
import copy
import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest import mock

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import Http, HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import Operation

# What stands in the place of a value.
OTHERS: tuple[Any, ...] = (
    None,
    "",
    "x",
    "\x1b[2J\u202e",
    0,
    -7,
    1e300,
    2**70,
    True,
    [],
    [None],
    ["x"],
    {},
    {"x": None},
    [[]],
)
MISSING = object()


def mutated(body: Any, chance: random.Random) -> Any:
    """JSON in which one place is another."""
    whole = {"": copy.deepcopy(body)}
    node: Any = whole
    key: Any = ""
    while isinstance(node[key], (dict, list)) and node[key] and chance.random() < 0.8:
        node = node[key]
        key = chance.choice(sorted(node)) if isinstance(node, dict) else chance.randrange(len(node))
    other = chance.choice((*OTHERS, MISSING, MISSING, MISSING, None, None))
    if other is not MISSING:
        node[key] = other
    elif node is whole:
        node[key] = None
    else:
        del node[key]
    return whole[""]


@contextlib.contextmanager
def mutating(seed: str, share: float) -> Iterator[list[Any]]:
    """Change that share of all answers. Yields what was sent instead.

    Which answer is changed, and how, depends on the request alone and on how many like it came before: requests run side by
    side, and the same seed finds the same places in whatever order they come.
    """
    send = Http.send
    sent: list[Any] = []
    like_it: Counter[str] = Counter()
    one_at_a_time = threading.Lock()

    def answered(self: Http, operation: Operation, auth: Any, *arguments: Any, **options: Any) -> HttpAnswer:
        request = f"{operation.method} {operation.path} {arguments} {sorted(options.items(), key=str)}"
        with one_at_a_time:
            like_it[request] += 1
            chance = random.Random(f"{seed} {request} {like_it[request]}")
        answer = send(self, operation, auth, *arguments, **options)
        if isinstance(answer.body, (dict, list)) and chance.random() < share:
            answer = replace(answer, body=mutated(answer.body, chance))
            sent.append((operation.path, answer.body))
        return answer

    with mock.patch.object(Http, "send", answered):
        yield sent
