# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors from whatever body came, in words for the person who has to act on them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    HINTS,
    LICENSE_HINT,
    ApiError,
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    NotAvailable,
    NotFound,
    RingCentralError,
    api_error,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
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


@settings(max_examples=200)
@given(st.integers(400, 599), BODIES | st.fixed_dictionaries({}, optional=KEYS))
def test_no_body_is_too_odd(status: int, body: Any) -> None:
    found = error(status, body, "r-1")
    assert str(found).startswith("Could not create an extension (ann@example.com): RingCentral answered ")
    assert "[request id r-1]" in str(found)
    assert set(found.facts()) == {"operation", "status", "codes", "parameter", "request_id", "hint"}
    assert isinstance(HttpAnswer(status, {}, body).error_code, str)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, {"errorCode": "CMN-102", "message": "no"}, NotFound),
        (404, None, NotFound),
        (404, {"errorCode": "CMN-120", "message": "Invalid URI"}, NotAvailable),
        (404, {"errors": [{"errorCode": "X"}, {"errorCode": "CMN-120"}]}, NotAvailable),
        (403, {"errorCode": "CMN-109", "message": "not in your plan"}, NotAvailable),
        (403, {"errorCode": "CMN-120"}, ApiError),
        (403, {"errorCode": "CMN-401"}, ApiError),
        (405, None, NotAvailable),
        (501, "<html>", NotAvailable),
        (400, {"errorCode": "CMN-120"}, ApiError),
        (503, None, ApiError),
    ],
)
def test_what_is_missing_is_told_apart(status: int, body: Any, kind: type[ApiError]) -> None:
    assert error(status, body).__class__ is kind


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
    assert NoAnswer("closed", outcome_unknown=True).facts() == {"outcome_unknown": True}
    for kind in (InvalidInput, BudgetExhausted, LoginFailed):
        assert kind("x").facts() == {}
        assert issubclass(kind, RingCentralError)


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
