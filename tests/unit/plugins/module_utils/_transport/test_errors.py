# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors from whatever body came, in words for the person who has to act on them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    BudgetExhausted,
    InvalidInput,
    KINDS,
    LoginFailed,
    NoAnswer,
    NotFound,
    RingCentralError,
    Undecided,
    Unknown,
    facts,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.hints import HINTS, LICENSE_HINT
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.tests.support.server import ROOT
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st

CREATE = OPERATIONS["createExtension"]
TAKEN = {
    "errorCode": "CMN-406",
    "message": "Parameter [contact.email] value is taken",
    "parameterName": "contact.email",
}


def error(status: int, body: Any, request_id: str = "") -> ApiError:
    return api_error(CREATE, "ann@example.com", status, body, request_id)


def test_the_text_says_what_on_whom_why_and_what_to_do() -> None:
    found = error(400, {**TAKEN, "errors": [TAKEN]}, "r-1")
    assert str(found) == (
        "Could not create an extension (ann@example.com): RingCentral answered 400, CMN-406 Parameter"
        " [contact.email] value is taken (parameter contact.email) [request id r-1]. Another extension already has"
        " this value. Choose another one, or free it first."
    )
    assert (found.code, found.parameter, type(found)) == ("CMN-406", "contact.email", ApiError)
    assert found.facts() == {
        "kind": "conflict",
        "outcome_unknown": False,
        "operation": "createExtension",
        "status": 400,
        "codes": ["CMN-406"],
        "parameter": "contact.email",
        "request_id": "r-1",
        "hint": HINTS["CMN-406"],
    }


def test_every_error_is_told() -> None:
    other = {"errorCode": "CMN-101", "message": "Parameter [site.id] value is invalid"}
    found = error(400, {"errors": [TAKEN, other]})
    assert "CMN-406" in str(found) and "; CMN-101 Parameter [site.id]" in str(found)
    assert found.facts()["codes"] == ["CMN-406", "CMN-101"]


def test_the_list_comes_before_the_top_level_which_fills_its_gaps() -> None:
    top = {"errorCode": "OLD", "message": "old", "parameterName": "site.id"}
    found = error(400, {**top, "errors": [{"errorCode": "CMN-101", "message": "new"}]})
    assert (found.code, found.parameter) == ("CMN-101", "site.id")
    assert "OLD" not in str(found) and "old" not in str(found)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"errorCode": "CMN-101", "message": "no"}, "CMN-101", "CMN-101 no"),
        ({"errorCode": "CMN-101", "message": "no", "errors": []}, "CMN-101", "CMN-101 no"),
        ({"errorCode": "CMN-101", "message": "no", "errors": None}, "CMN-101", "CMN-101 no"),
        ({"errorCode": "CMN-101", "message": "no", "errors": ["x", 5, None]}, "CMN-101", "CMN-101 no"),
        ({"errorCode": "CMN-101", "message": "no", "errors": "x"}, "CMN-101", "CMN-101 no"),
        ({"errorCode": "CMN-101", "message": "no", "errors": {"a": 1}}, "CMN-101", "CMN-101 no"),
        ({"errors": [{"message": "no"}]}, "", "no"),
        ({"errors": [{"errorCode": "CMN-101"}]}, "CMN-101", "CMN-101"),
        ({"error": "invalid_grant", "error_description": "expired"}, "invalid_grant", "invalid_grant expired"),
        ({"error": "invalid_grant"}, "invalid_grant", "invalid_grant"),
        ({"detail": "No such user", "scimType": "invalidValue"}, "invalidValue", "invalidValue No such user"),
        ({"detail": "No such user"}, "", "No such user"),
        ({"error": "x", "errors": [{"errorCode": "OAU-153", "message": "no"}]}, "OAU-153", "OAU-153 no"),
        ({"errors": [{}]}, "", "no details"),
        ({}, "", "no details"),
        ([], "", "no details"),
        (["CMN-101"], "", "no details"),
        ("<html>", "", "no details"),
        (None, "", "no details"),
        (0, "", "no details"),
        (True, "", "no details"),
    ],
)
def test_bodies_of_every_kind(body: Any, code: str, message: str) -> None:
    found = error(400, body)
    assert found.code == code
    assert f"answered 400, {message}." in str(found)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("CMN-101")
ERRORS = st.lists(st.dictionaries(st.sampled_from(["errorCode", "message", "parameterName"]), SCALARS) | SCALARS)
BODIES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner), max_leaves=9
)
KEYS = {"errorCode": SCALARS, "message": SCALARS, "errors": ERRORS, "error": SCALARS, "detail": SCALARS}


@settings(max_examples=up_to(200))
@given(st.integers(400, 599), BODIES | st.fixed_dictionaries({}, optional=KEYS))
def test_no_body_is_too_odd(status: int, body: Any) -> None:
    found = error(status, body, "r-1")
    assert str(found).startswith("Could not create an extension (ann@example.com): RingCentral answered ")
    assert "[request id r-1]" in str(found)
    assert set(found.facts()) == set(facts("")) and found.facts()["kind"] in KINDS
    assert isinstance(HttpAnswer(status, {}, body).error_code, str)


def of(code: str = "CMN-102", **more: Any) -> dict[str, Any]:
    return {"errors": [{"errorCode": code, "message": "no", **more}]}


def scim(detail: str) -> dict[str, Any]:
    return {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": detail}


@pytest.mark.parametrize(
    ("name", "status", "body", "kind"),
    [
        # RingCentral says so of this very thing.
        ("deleteExtension", 404, of(parameterName="extensionId"), NotFound),
        ("deleteExtension", 400, of(parameterName="extensionId"), NotFound),
        ("deleteExtension", 404, of("cmn-102", parameterName="extensionId"), NotFound),
        ("deleteExtension", 404, of(message="Resource for parameter [extensionId] is not found"), NotFound),
        ("deleteExtension", 404, of(message="Extension 7001 is not found"), NotFound),
        ("updateSubscription", 404, of("SUB-507"), NotFound),
        ("scimDeleteUser2", 404, scim("Resource 7001 not found"), NotFound),
        ("scimDeleteUser2", 404, scim('User "7001" does not exist'), NotFound),
        # It says so of another, or of none.
        ("deleteExtension", 404, of(parameterName="accountId"), ApiError),
        ("updateExtension", 404, of(parameterName="site.id"), ApiError),
        ("updateExtension", 400, of(message="no"), ApiError),
        ("deleteExtension", 404, of(), Undecided),
        ("deleteExtension", 404, of(message="Extension 17001 is not found"), Undecided),
        ("deleteExtension", 404, of("SUB-507"), Undecided),
        # It may be the operation.
        ("deleteExtension", 404, None, Undecided),
        ("deleteExtension", 404, "<html>", Undecided),
        ("deleteExtension", 410, None, Undecided),
        ("deleteExtension", 404, of("AGW-404", message="Resource not found"), Undecided),
        ("deleteExtension", 404, of("CMN-120"), Undecided),
        ("deleteExtension", 404, of("X", message="no route: DELETE /restapi/v1.0/account/~/extension/7001"), Undecided),
        ("scimDeleteUser2", 404, scim("No endpoint DELETE /Users/7001"), Undecided),
        ("scimDeleteUser2", 404, scim("Resource not found"), Undecided),
        ("deleteExtension", 405, None, Undecided),
        ("deleteExtension", 501, "<html>", Undecided),
        ("deleteExtension", 403, of("CMN-109"), Undecided),
        ("deleteExtension", 403, of("CMN-468"), Undecided),
        ("deleteExtension", 403, of("NEW-1", message="Call queues are not enabled for this edition"), Undecided),
        # It is neither.
        ("deleteExtension", 403, of("CMN-401", message="not available without the permission"), ApiError),
        ("deleteExtension", 403, of("CMN-120"), ApiError),
        ("deleteExtension", 403, None, ApiError),
        ("deleteExtension", 400, of("CMN-120"), ApiError),
        ("deleteExtension", 503, None, ApiError),
    ],
)
def test_gone_lacking_and_refused_are_told_apart(name: str, status: int, body: Any, kind: type[ApiError]) -> None:
    values = {"accountId": "~", "extensionId": "7001", "subscriptionId": "7001", "scimUserId": "7001"}
    found = api_error(OPERATIONS[name], "ann", status, body, "", values)
    assert found.__class__ is kind


ATTACK = "a\x1b[2Jb\x1b]0;title\x07c\x9b31md\u202ee\u2066f\r\ng\x00h\x1b(Bi\u2028TASK [ok]"


@pytest.mark.parametrize(
    "body",
    [
        {"errorCode": ATTACK, "message": ATTACK, "parameterName": ATTACK},
        {"errors": [{"errorCode": "CMN-408", "message": ATTACK, "permissionName": ATTACK, "parameterValue": ATTACK}]},
        {"error": ATTACK, "error_description": ATTACK},
        {"detail": ATTACK, "scimType": ATTACK},
    ],
)
def test_what_a_server_says_does_nothing_to_a_terminal(body: Any) -> None:
    found = error(403, body)
    for text in (str(found), found.hint, *map(str, found.facts().values())):
        assert text.isprintable(), text
        assert "[2J" not in text and "title" not in text
    assert "abcdef" in str(found)


def test_nobody_is_told_a_whole_page() -> None:
    assert len(str(error(400, {"errorCode": "CMN-101", "message": "x" * 100_000}))) < 1000


@pytest.mark.parametrize("kind", [InvalidInput, BudgetExhausted, LoginFailed, RingCentralError])
def test_no_message_acts_on_a_terminal(kind: type[RingCentralError]) -> None:
    """Names from records are in many of them."""
    assert str(kind("one\n\x1b[31mtwo\u202e")) == "one\ntwo"


@pytest.mark.parametrize(
    ("status", "body", "hint"),
    [
        (403, {"errorCode": "CMN-401"}, "app permission 'EditAccounts'"),
        (403, {"errorCode": "CMN-408", "permissionName": "EditUsers"}, "lacks the permission EditUsers"),
        (403, {"errors": [{"errorCode": "CMN-408"}], "permissionName": "EditUsers"}, "the permission EditUsers"),
        (403, {"errorCode": "CMN-408"}, "lacks the permission it names"),
        (403, {"errorCode": "NEW-1"}, "app's permissions (EditAccounts)"),
        (401, None, "RC_USER_JWT"),
        (400, {"errorCode": "EXT-413"}, "SSO"),
        (503, None, "not available at the moment"),
        (418, None, ""),
    ],
)
def test_hints(status: int, body: Any, hint: str) -> None:
    found = error(status, body)
    assert hint in found.hint
    assert str(found).endswith(found.hint)
    assert "{" not in found.hint


def test_braces_in_what_the_server_says_are_its_own() -> None:
    assert "{scope} {0}" in str(error(400, {"errorCode": "CMN-101", "message": "{scope} {0}"}))


@pytest.mark.parametrize("word", ["License limit has been reached.", "no free licence", "LICENSES are used up"])
def test_no_licence_is_known_by_its_words(word: str) -> None:
    found = error(403, {"errorCode": "ANY-1", "message": word})
    assert found.no_license
    assert found.hint == LICENSE_HINT
    assert not error(429, {"errorCode": "CMN-301", "message": word}).no_license
    assert not error(403, {"errorCode": "ANY-1", "message": "no"}).no_license


def test_facts_of_other_failures() -> None:
    assert NoAnswer("closed", outcome_unknown=True).facts() == facts("no_answer", outcome_unknown=True)
    assert Unknown("x", "site").facts() == facts("not_found", parameter="site")
    assert LoginFailed("x", 401).facts() == facts("login", operation="getToken", status=401)
    assert InvalidInput("x", "users[3].roles", "Correct it.").facts() == facts(
        "invalid_input", parameter="users[3].roles", hint="Correct it."
    )
    assert BudgetExhausted("x").facts() == facts("rate_limit")


def test_the_text_of_a_failure_ends_with_its_hint() -> None:
    failures = [
        InvalidInput("It is wrong.", "site", "Correct it."),
        LoginFailed("It is refused.", 401, "Correct it."),
        NoAnswer("It is lost.", outcome_unknown=True, hint="Correct it."),
        BudgetExhausted("It is late.", "Correct it."),
    ]
    for failure in failures:
        assert str(failure).endswith(" Correct it.")
        assert failure.facts()["hint"] == "Correct it."


def test_what_is_known_of_a_request_stays_where_its_outcome_is_not_known() -> None:
    refused = error(500, {"errorCode": "CMN-211", "message": "no"})
    unclear = NoAnswer.after(refused)
    assert str(unclear) == str(refused)
    assert unclear.facts() == {**refused.facts(), "kind": "no_answer", "outcome_unknown": True}
    assert unclear.about("Ann").facts() == unclear.facts()
    assert str(unclear.about("Ann")) == f"{refused.message} It was about Ann. {refused.hint}"


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (400, "CMN-101", "no", "refused"),
        (400, "CMN-406", "taken", "conflict"),
        (409, "uniqueness", "taken", "conflict"),
        (409, "ANY-1", "The account is locked", "busy"),
        (423, "ANY-1", "no", "busy"),
        (403, "CMN-408", "no", "permission"),
        (403, "ANY-1", "no", "permission"),
        (400, "ANY-1", "No licenses left", "no_license"),
        (401, "ANY-1", "no", "login"),
        (404, "ANY-1", "no", "not_found"),
        (429, "CMN-301", "no", "rate_limit"),
        (500, "ANY-1", "no", "server_error"),
        (503, "ANY-1", "no", "server_error"),
    ],
)
def test_the_kind_of_what_ringcentral_said(status: int, code: str, message: str, kind: str) -> None:
    found = ApiError(OPERATIONS["createExtension"], "", status, [{"errorCode": code, "message": message}])
    assert found.facts()["kind"] == kind


def test_the_guide_says_what_each_kind_means() -> None:
    text = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
    section = text.split("## By kind")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == sorted(KINDS)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errors": [{"errorCode": "CMN-304"}]}, "CMN-304"),
        ({"errors": ["x", {"message": "no"}, {"errorCode": "CMN-304"}], "errorCode": "OLD"}, "CMN-304"),
        ({"errorCode": "CMN-301"}, "CMN-301"),
        ({"errors": None}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_code_of_an_answer(body: Any, code: str) -> None:
    assert HttpAnswer(429, {}, body).error_code == code


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"errorCode": "SUB-521"}, "Validation-Token"),
        ({"errorCode": "SUB-525"}, "1024 bytes at most"),
        ({"errorCode": "CMN-101", "parameterName": "deliveryMode.address"}, "within 3 seconds"),
        ({"errorCode": "SUB-505"}, "30 subscriptions"),
        ({"errorCode": "SUB-508"}, "event filters"),
    ],
)
def test_subscriptions_that_are_refused_are_explained(wrong: dict[str, str], hint: str) -> None:
    assert hint in api_error(OPERATIONS["createSubscription"], "https://a.example.com/", 400, wrong, "").hint
