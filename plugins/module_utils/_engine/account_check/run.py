# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first look at an account: the work of rc_account_check_info."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._resources.fields import Json
from ..._transport.errors import InvalidInput
from .._run.context import Context, Result
from . import expectations, permissions
from .asking import QUESTIONS, Answers
from .facts import facts_of, samples_of
from .masking import Mask


def account_check(context: Context, _options: Mapping[str, Any]) -> Result:
    """What an account is like, and where it is not as expected: reads only, about 30 requests."""
    if not context.has_rest:
        raise InvalidInput(
            "A static SCIM token opens SCIM only.",
            "scim_token",
            "To look at an account, give client_id, client_secret and jwt.",
        )
    scopes = context.client.scopes()
    if scopes is not None and permissions.missing(permissions.OF_APP, scopes):
        scopes = context.client.scopes(afresh=True)  # a permission may have been added since the last login
    answers = Answers(context.client, context.scim)
    for question in QUESTIONS:
        answers.ask(question)
    samples = samples_of(answers)
    facts = facts_of(answers, scopes, samples)
    mask = Mask()
    for answer in (*answers.by_operation.values(), *samples):
        mask.learn(answer)
    operations: list[Json] = [{**row, "message": mask.text(row["message"])} for row in answers.outcomes]
    found = expectations.findings(facts, operations)
    untried = [{"question": text, "trial": trial} for text, trial in expectations.UNTRIED]
    return Result({"check": {**facts, "operations": operations, "findings": found, "untried": untried}})
