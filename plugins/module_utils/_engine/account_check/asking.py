# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of an account to know it: reads, one request each, whose failures end nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._resources import extension_calls
from ..._resources.fields import Json
from ..._transport.client import PAGE_SIZE, Client
from ..._transport.errors import (
    ApiError,
    BudgetExhausted,
    LoginFailed,
    NoAnswer,
    NotAvailable,
    RingCentralError,
    Stopped,
)
from ..._transport.operations import OPERATIONS

# The result of a question.
YES, MISSING, REFUSED, FAILED, NOT_ASKED = "answers", "is not there", "is refused", "failed", "was not asked"
# RingCentral's codes by which the app, and by which the user, lacks a permission.
APP_LACKS, USER_LACKS = ("CMN-401",), ("CMN-402", "CMN-404", "CMN-408")
# By which an account has another interface in place of this one.
REPLACED = "CMN-468"
# After so many questions in a row to which nothing came, nothing more is asked.
SILENCES = 2
# There is no such task: an account that has bulk updates says so of the task, one that has not, of the address.
NO_TASK = "no-such-task"


@dataclass(frozen=True)
class Question:
    """One read: the operation, and what the collection uses it for."""

    operation: str
    purpose: str
    query: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)

    @property
    def scim(self) -> bool:
        return OPERATIONS[self.operation].scim


_OWN = {"extensionId": "~"}
_ONE = {"page": 1, "perPage": 1}
# In the order in which they are asked; nothing about a single user but the caller's own.
QUESTIONS = (
    Question("readAccountInfo", "what the account is"),
    Question("readAccountServiceInfo", "licences, length of extension numbers"),
    Question("listLicenses", "licences, where RingCentral counts them"),
    Question("readAuthorizationProfile", "what the user of the credential may do", path=_OWN),
    Question(extension_calls.LIST, "who is there", {"page": 1, "perPage": PAGE_SIZE}),
    Question(extension_calls.READ, "what lists leave out", path=_OWN),
    Question("listUserRoles", "roles by name", {"page": 1, "perPage": PAGE_SIZE}),
    Question("listUserAssignedRoles", "who has which role", path=_OWN),
    Question("listSites", "sites by name"),
    Question("listCostCenters", "cost centers by name"),
    Question("listCustomFields", "custom fields by name"),
    Question("listAccountPhoneNumbersV2", "phone numbers", _ONE),
    Question("listAccountPhoneNumbers", "phone numbers, the older way", _ONE),
    Question("listExtensionPhoneNumbers", "a user's own numbers", {"page": 1, "perPage": 100}, _OWN),
    Question("listCallQueues", "call queues", {"page": 1, "perPage": 100}),
    Question("readExtensionFeatures", "the kind of call handling", {"featureId": "NewCallHandlingAndForwarding"}, _OWN),
    Question("readVoiceStateBasedRule", "forwarding, the newer kind", path={**_OWN, "stateId": "forward-all-calls"}),
    Question("listUserAnsweringRules", "forwarding, the older kind", path=_OWN),
    Question("listForwardingNumbers", "numbers to forward to", {"page": 1, "perPage": 100}, _OWN),
    Question("readExtensionCallerId", "a user's devices", path=_OWN),
    Question("readUserPresenceStatus", "presence", path=_OWN),
    Question("listSubscriptions", "subscriptions"),
    Question("getExtensionBulkUpdateTask", "updates of many users at once", path={"taskId": NO_TASK}),
    Question("scimGetProviderConfig2", "what SCIM can do"),
    Question("scimListResourceTypes2", "what SCIM manages"),
    Question("scimListSchemas2", "SCIM's fields"),
    Question("scimSearchViaGet2", "users through SCIM", {"startIndex": 1, "count": 1}),
)


@dataclass
class Answers:
    """What the account answered, by operation, and the result of each question."""

    client: Client
    scim: Client | None
    by_operation: dict[str, Any] = field(default_factory=dict)
    outcomes: list[Json] = field(default_factory=list)
    silences: int = 0

    def ask(self, question: Question) -> Any:
        """The answer to one question, None where there is none. Raises Stopped and LoginFailed only."""
        operation = OPERATIONS[question.operation]
        outcome: Json = {
            "operation": operation.name,
            "doing": operation.doing,
            "purpose": question.purpose,
            "scope": operation.scope,
            "outcome": NOT_ASKED,
            "status": None,
            "code": "",
            "message": "",
        }
        self.outcomes.append(outcome)
        client = self.scim if question.scim else self.client
        if client is None or self.silences >= SILENCES:
            return None
        try:
            path: dict[str, Any] = dict(question.path)
            answer = client.call(question.operation, query=dict(question.query) or None, **path)
        except (Stopped, LoginFailed):
            raise
        except RingCentralError as error:
            outcome.update(self._refusal(question, error))
            self.silences = self.silences + 1 if isinstance(error, NoAnswer) else 0
            return None
        self.silences = 0
        outcome["outcome"] = YES
        self.by_operation[question.operation] = answer
        return answer

    @staticmethod
    def _refusal(question: Question, error: RingCentralError) -> Json:
        if not isinstance(error, ApiError):
            kind = NOT_ASKED if isinstance(error, BudgetExhausted) else FAILED
            return {"outcome": kind, "message": str(error)}
        if error.code in (*APP_LACKS, *USER_LACKS):
            kind = REFUSED
        elif error.status == 404 and error.code == "CMN-102" and NO_TASK in question.path.values():
            kind = YES  # it knows the operation, and says that there is no such task
        elif isinstance(error, NotAvailable) or error.status in (404, 405, 501) or error.code == REPLACED:
            kind = MISSING
        else:
            kind = REFUSED if error.status == 403 else FAILED
        message = str(error.errors[0].get("message") or "")
        return {"outcome": kind, "status": error.status, "code": error.code, "message": message}

    def outcome(self, operation: str) -> str:
        """The result of the question that this operation is."""
        return next((row["outcome"] for row in self.outcomes if row["operation"] == operation), NOT_ASKED)

    def records(self, operation: str, key: str = "records") -> list[Json]:
        """The records of a list, those that are any."""
        answer = self.by_operation.get(operation)
        found = answer.get(key) if isinstance(answer, Mapping) else answer
        return [record for record in found if isinstance(record, dict)] if isinstance(found, list) else []
