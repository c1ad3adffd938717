# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which credential counts, how a token is had, and that nothing of it lies about."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import jwt
import pytest
import requests
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.auth import (
    JWT_GRANT,
    Credential,
    Tokens,
    bearer,
    credential,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    InvalidInput,
    LoginFailed,
    NoAnswer,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.hints import LOGIN_HINTS
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import Operation
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore
from ansible_collections.itops.ringcentral.tests.support.full_disk import no_room

SERVER = "https://platform.example.com"
APP = {"client_id": "app-id", "client_secret": "app-secret-k9"}
KEY = "a-key-that-signs-nothing-of-worth"


def signed(**claims: Any) -> str:
    return jwt.encode({"sub": "1850023001", **claims}, KEY, algorithm="HS256")


JWT = signed()


# --- which credential --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kind", "secret"),
    [
        ({"access_token": "ready", "jwt": JWT, "refresh_token": "again", **APP}, "access_token", "ready"),
        ({"access_token": "ready"}, "access_token", "ready"),
        ({"jwt": JWT, "refresh_token": "again", **APP}, "jwt", JWT),
        ({"jwt": f" {JWT}\n", **APP}, "jwt", JWT),
        ({"refresh_token": "again", **APP}, "refresh_token", "again"),
        ({"jwt": " ", "access_token": "", "refresh_token": None, **APP}, "client_credentials", ""),
        (APP, "client_credentials", ""),
    ],
)
def test_precedence(options: dict[str, Any], kind: str, secret: str) -> None:
    chosen = credential(SERVER, options)
    assert (chosen.kind, chosen.secret, chosen.server_url) == (kind, secret, SERVER)


def refused(options: dict[str, Any]) -> str:
    with pytest.raises(InvalidInput) as caught:
        credential(SERVER, options)
    return str(caught.value)


def test_what_is_missing_is_named_with_its_variable() -> None:
    nothing = refused({})
    assert "client_id (RC_APP_CLIENT_ID) and client_secret (RC_APP_CLIENT_SECRET) must be given" in nothing
    assert "jwt (RC_USER_JWT)" in nothing and "access_token (RC_ACCESS_TOKEN) alone" in nothing
    half = refused({"client_id": "app-id", "client_secret": " ", "jwt": JWT})
    assert ": client_secret (RC_APP_CLIENT_SECRET) must be given" in half
    assert "client_id (" not in half


def test_a_jwt_that_is_none() -> None:
    for wrong in ("nonsense", JWT.rpartition(".")[0], JWT[:20] + "\n" + JWT[20:]):
        told = refused({"jwt": wrong, **APP})
        assert told.startswith("jwt (RC_USER_JWT) is not a JWT credential")
        assert wrong not in told


def test_a_jwt_that_expired_sends_nothing() -> None:
    told = refused({"jwt": signed(exp=1_600_000_000), **APP})
    assert told.startswith("jwt (RC_USER_JWT) expired on 2020-09-13 12:26 UTC, and this host's clock says 20")
    assert "Nothing was sent. Create a new JWT" in told
    assert credential(SERVER, {"jwt": signed(exp=int(time.time()) + 600), **APP}).kind == "jwt"


def test_an_owner_is_server_app_and_user() -> None:
    one = credential(SERVER, {"jwt": JWT, **APP})
    assert one.user == "1850023001"
    renewed = credential(SERVER, {"jwt": signed(jti="2"), "client_id": "app-id", "client_secret": "new"})
    assert renewed.owner == one.owner
    assert renewed.fingerprint != one.fingerprint
    others = [
        credential("https://other.example.com", {"jwt": JWT, **APP}),
        credential(SERVER, {"jwt": JWT, **APP, "client_id": "other"}),
        credential(SERVER, {"jwt": signed(sub="7"), **APP}),
        credential(SERVER, APP),
        credential(SERVER, {"access_token": "one"}),
        credential(SERVER, {"access_token": "two"}),
        credential(SERVER, {"refresh_token": "one", **APP}),
    ]
    assert len({one.owner, *(other.owner for other in others)}) == len(others) + 1
    assert len({one.fingerprint, *(other.fingerprint for other in others)}) == len(others) + 1
    for name in (one.owner, one.fingerprint):
        assert re.fullmatch("[0-9a-f]{20,32}", name)


# --- logging in --------------------------------------------------------------------------------


class Budget:
    """Waits for nothing, and counts."""

    def __init__(self, patience: int = 100) -> None:
        self.backed_off: list[int] = []
        self.patience = patience

    def back_off(self, attempt: int, at_least: float = 0.0) -> bool:
        self.backed_off.append(attempt)
        return len(self.backed_off) <= self.patience


class Http:
    """Answers logins with what it was given; without anything left, with ever new tokens."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.budget = Budget()
        self.server_url = SERVER
        self.forms: list[dict[str, str]] = []
        self.auths: list[Any] = []

    def send(self, operation: Operation, auth: Any, *, form: Mapping[str, str]) -> HttpAnswer:
        assert operation.name == "getToken"
        self.forms.append(dict(form))
        self.auths.append(auth)
        answer = self.answers.pop(0) if self.answers else granted(f"access-token-{len(self.forms)}")
        if isinstance(answer, NoAnswer):
            raise NoAnswer(str(answer), answer.outcome_unknown)
        assert isinstance(answer, HttpAnswer)
        return answer


def granted(token: str, **more: Any) -> HttpAnswer:
    return HttpAnswer(200, {}, {"access_token": token, "expires_in": 3600, **more})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path, pytest.fail)
    yield store
    store.close()


Build = Callable[..., tuple[Tokens, Http]]


@pytest.fixture
def build(store: SqliteStore) -> Build:
    def make(*answers: Any, learned: list[str] | None = None, **options: str) -> tuple[Tokens, Http]:
        http = Http(*answers)
        told = [] if learned is None else learned
        return Tokens(credential(SERVER, {**APP, **options}), cast(Any, http), store, told.append, pytest.fail), http

    return make


@pytest.mark.parametrize(
    ("options", "form"),
    [
        ({"jwt": JWT}, {"grant_type": JWT_GRANT, "assertion": JWT}),
        ({"refresh_token": "again"}, {"grant_type": "refresh_token", "refresh_token": "again"}),
        ({}, {"grant_type": "client_credentials"}),
    ],
)
def test_each_credential_logs_in_in_its_way(build: Build, options: dict[str, str], form: dict[str, str]) -> None:
    tokens, http = build(**options)
    assert tokens.get() == "access-token-1"
    assert http.forms == [form]
    assert (http.auths[0].username, http.auths[0].password) == ("app-id", "app-secret-k9")


def test_a_ready_token_needs_no_login_and_can_not_be_renewed(build: Build) -> None:
    tokens, http = build(access_token="ready-token")
    assert tokens.get() == "ready-token"
    with pytest.raises(LoginFailed, match=r"no longer accepts the access token \(RC_ACCESS_TOKEN\)") as caught:
        tokens.renew("ready-token")
    assert "ready-token" not in str(caught.value)
    assert http.forms == []


def test_one_login_serves_everyone(build: Build) -> None:
    (one, http), (two, other) = build(jwt=JWT), build(jwt=JWT)
    assert one.get() == one.get() == two.get() == "access-token-1"
    assert (len(http.forms), other.forms) == (1, [])


def test_every_token_is_told_so_that_it_can_be_hidden(build: Build) -> None:
    told: list[str] = []
    build(granted("one", refresh_token="next-refresh"), learned=told, refresh_token="again")[0].get()
    assert set(told) == {"one", "next-refresh"}
    again: list[str] = []
    build(learned=again, refresh_token="again")[0].get()
    assert again == ["one"]


def test_a_token_is_left_before_it_expires(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, http = build(jwt=JWT)
    start = time.time()
    tokens.get()
    for later, logins in ((3500, 1), (3590, 2)):
        monkeypatch.setattr(time, "time", lambda at=start + later: at)
        tokens.get()
        assert len(http.forms) == logins


def test_a_short_life_is_used_nearly_whole(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, http = build(granted("one", expires_in=1), jwt=JWT)
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start)
    tokens.get()
    monkeypatch.setattr(time, "time", lambda: start + 0.9)
    assert (tokens.get(), len(http.forms)) == ("one", 1)
    monkeypatch.setattr(time, "time", lambda: start + 0.96)
    assert (tokens.get(), len(http.forms)) == ("access-token-2", 2)


def test_a_refused_token_is_renewed_once_for_everyone(build: Build) -> None:
    (one, http), (two, other) = build(jwt=JWT), build(granted("unneeded"), jwt=JWT)
    assert one.get() == two.get() == "access-token-1"
    assert one.renew("access-token-1") == "access-token-2"
    assert two.renew("access-token-1") == "access-token-2"
    assert two.get() == "access-token-2"
    assert (len(http.forms), len(other.forms)) == (2, 0)


def test_a_refresh_token_is_followed_by_the_next(build: Build) -> None:
    tokens, http = build(granted("one", refresh_token="second", refresh_token_expires_in=60), refresh_token="first")
    tokens.get()
    assert tokens.renew("one") == "access-token-2"
    other, more = build(granted("three"), refresh_token="first")
    assert other.renew("access-token-2") == "three"
    assert [form["refresh_token"] for form in (*http.forms, *more.forms)] == ["first", "second", "second"]


def test_a_refresh_token_that_can_not_be_kept_is_told_and_used(tmp_path: Path) -> None:
    """On a full disk: the one before is good for nothing, the next run can't log in."""
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    http = Http(granted("one", refresh_token="second"), granted("two", refresh_token="third"), granted("three"))
    who = credential(SERVER, {**APP, "refresh_token": "first"})
    tokens = Tokens(who, cast(Any, http), store, lambda token: None, warned.append)
    assert (tokens.get(), warned) == ("one", [])
    with no_room():
        assert tokens.renew("one") == "two"
        assert tokens.renew("two") == "three"
    assert [form["refresh_token"] for form in http.forms] == ["first", "second", "third"]
    assert "The new one could not be kept" in warned[1] and "RC_REFRESH_TOKEN" in warned[1]
    assert len(warned) == 2, "of the state, and of the token"


# --- at rest -----------------------------------------------------------------------------------

SECRETS = {"jwt": JWT, "refresh_token": "refresh-token-k9"}


@pytest.mark.parametrize("kind", ["jwt", "refresh_token", "client_credentials"])
def test_no_file_holds_a_secret(build: Build, store: SqliteStore, tmp_path: Path, kind: str) -> None:
    given = {kind: SECRETS[kind]} if kind in SECRETS else {}
    tokens, _http = build(granted("access-token-k9", refresh_token="next-refresh-k9"), **given)
    tokens.get()
    store.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "state.db" for path in files)
    for path in files:
        content = path.read_bytes()
        for secret in ("access-token-k9", "next-refresh-k9", "refresh-token-k9", JWT, "app-secret-k9"):
            assert secret.encode() not in content
            assert secret not in path.name
        assert b"1850023001" not in content


@pytest.mark.parametrize(
    "change",
    [
        {"client_secret": "other"},
        {"client_id": "other"},
        {"secret": signed(jti="2")},
        {"kind": "refresh_token"},
    ],
)
def test_another_credential_can_not_read_it(build: Build, store: SqliteStore, change: dict[str, str]) -> None:
    mine = credential(SERVER, {"jwt": JWT, **APP})
    build(jwt=JWT)[0].get()
    sealed = store.get(f"token:{mine.fingerprint}")
    assert sealed
    other: Credential = replace(mine, **change)
    assert other.fingerprint != mine.fingerprint
    store.put(f"token:{other.fingerprint}", sealed, 60)  # put under its name, it is worth nothing anyway
    http = Http(granted("its-own"))
    assert Tokens(other, cast(Any, http), store, lambda token: None, pytest.fail).get() == "its-own"
    assert len(http.forms) == 1


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAA==", "ünsinn"])
def test_what_can_not_be_read_is_replaced(build: Build, store: SqliteStore, sealed: str) -> None:
    mine = credential(SERVER, {"jwt": JWT, **APP})
    store.put(f"token:{mine.fingerprint}", sealed, 60)
    assert build(jwt=JWT)[0].get() == "access-token-1"
    assert store.get(f"token:{mine.fingerprint}") != sealed


# --- logins that fail --------------------------------------------------------------------------


def failing(code: str, kind: str = "", status: int = 400) -> HttpAnswer:
    body = {"error": kind, "error_description": "no", "errors": [{"errorCode": code, "message": "no"}]}
    return HttpAnswer(status, {"RCRequestId": "r-1"}, body)


@pytest.mark.parametrize(
    ("options", "answer", "words"),
    [
        ({"jwt": JWT}, failing("OAU-153", "invalid_client"), "copy both again from the app's Credentials page"),
        ({"jwt": JWT}, failing("OAU-153", "invalid_client", 401), "client_id or client_secret"),
        ({"jwt": JWT}, failing("OAU-251", "unauthorized_client"), "enable 'JWT auth flow'"),
        ({}, failing("OAU-251", "unauthorized_client"), "enable 'Client credentials grant'"),
        ({"refresh_token": "x"}, failing("OAU-112"), "enable 'Refresh token grant'"),
        ({"jwt": JWT}, failing("OAU-213", "invalid_grant"), "The jwt (RC_USER_JWT) was refused"),
        ({"refresh_token": "x"}, failing("OAU-213", "invalid_grant"), "refresh_token (RC_REFRESH_TOKEN) was refused"),
        ({"jwt": JWT}, failing("OAU-250", "unsupported_grant_type"), "enable 'JWT auth flow'"),
        ({"jwt": JWT}, failing("OAU-250", "invalid_request"), "Sandbox and production have different apps"),
        ({"jwt": JWT}, failing("oau-251"), "enable 'JWT auth flow'"),
        ({"jwt": JWT}, failing("OAU-140", "invalid_request"), "The jwt (RC_USER_JWT) was refused"),
        ({"jwt": JWT}, failing("OAU-211"), "Create a new one"),
        ({}, failing("OAU-213"), "The login of the app was refused"),
        ({"jwt": JWT}, failing("OAU-141", "invalid_grant"), "see the user's status"),
        ({"jwt": JWT}, failing("OAU-142", "invalid_grant"), "The account can't be used"),
        ({"jwt": JWT}, failing("OAU-147", "invalid_grant"), "locked out"),
        ({"jwt": JWT}, failing("OAU-151", "invalid_request"), "must be an app that has a secret"),
        ({"jwt": JWT}, failing("OAU-999", "invalid_grant"), "The jwt (RC_USER_JWT) was refused"),
        ({"jwt": JWT}, failing("AGW-404", status=404), "There is no login at https://"),
        ({"jwt": JWT}, HttpAnswer(404, {}, None, unreadable=True), "Check server_url (RC_SERVER_URL)"),
        ({"jwt": JWT}, HttpAnswer(200, {}, {"hello": 1}), "it answered 200, and not as RingCentral does"),
        ({"jwt": JWT}, HttpAnswer(200, {}, None), "Check server_url (RC_SERVER_URL)"),
        ({"jwt": JWT}, HttpAnswer(302, {}, None), "it answered 302"),
        ({"jwt": JWT}, HttpAnswer(403, {}, ["odd"]), "RingCentral answered 403"),
    ],
)
def test_what_to_do_about_a_refusal(build: Build, options: dict[str, str], answer: HttpAnswer, words: str) -> None:
    tokens, http = build(answer, **options)
    with pytest.raises(LoginFailed) as caught:
        tokens.get()
    told = str(caught.value)
    assert told.startswith("Could not log in") and words in told
    assert not any(secret in told for secret in (JWT, "app-secret-k9"))
    assert len(http.forms) == 1
    if answer.request_id:
        assert re.search(r"answered 40[014], (OAU-|AGW-404)", told)
        assert "[request id r-1]" in told


@pytest.mark.parametrize("code", sorted(LOGIN_HINTS))
def test_every_login_error_has_its_advice(build: Build, code: str) -> None:
    tokens, _http = build(failing(code), jwt=JWT)
    with pytest.raises(LoginFailed) as caught:
        tokens.get()
    assert "{" not in str(caught.value)
    facts = caught.value.facts()
    assert (facts["operation"], facts["status"], facts["codes"]) == ("getToken", 400, [code])
    assert facts["request_id"] == "r-1" and facts["hint"] and str(caught.value).endswith(facts["hint"])


def test_what_a_login_says_does_nothing_to_a_terminal(build: Build) -> None:
    body = {"error": "x\x1b[31m", "error_description": "\x1b[2J\u202eno\nTASK [ok]"}
    tokens, _http = build(HttpAnswer(400, {}, body), jwt=JWT)
    with pytest.raises(LoginFailed) as caught:
        tokens.get()
    assert str(caught.value).isprintable() and "x noTASK [ok]" not in str(caught.value)


@pytest.mark.parametrize("lifetime", ["soon", -1, 0, None, [], 1e99, "inf", True])
def test_a_lifetime_that_is_none_is_an_hour(build: Build, lifetime: Any) -> None:
    tokens, _http = build(HttpAnswer(200, {}, {"access_token": "t", "expires_in": lifetime}), jwt=JWT)
    assert tokens.get() == "t"


@pytest.mark.parametrize(
    "fault",
    [NoAnswer("closed", True), NoAnswer("unreachable", False), HttpAnswer(503, {}, None), HttpAnswer(429, {}, None)],
)
def test_a_login_that_failed_on_the_way_is_tried_again(build: Build, fault: Any) -> None:
    tokens, http = build(fault, fault, jwt=JWT)
    assert tokens.get() == "access-token-3"
    waited = [] if isinstance(fault, HttpAnswer) and fault.status == 429 else [1, 2]
    assert http.budget.backed_off == waited  # the budget itself waits for a limit


def test_five_tries_are_all(build: Build) -> None:
    for fault, kind in ((NoAnswer("closed", True), NoAnswer), (HttpAnswer(500, {}, None), LoginFailed)):
        tokens, http = build(*[fault] * 6, jwt=JWT)
        with pytest.raises(kind):
            tokens.get()
        assert len(http.forms) == 5
    tokens, http = build(*[HttpAnswer(429, {}, None)] * 6, jwt=JWT)
    with pytest.raises(LoginFailed, match="limit for logins is used up"):
        tokens.get()
    assert len(http.forms) == 5


def test_patience_ends_when_the_budgets_does(build: Build) -> None:
    tokens, http = build(*[NoAnswer("closed", True)] * 3, jwt=JWT)
    http.budget.patience = 1
    with pytest.raises(NoAnswer):
        tokens.get()
    assert len(http.forms) == 2


def test_a_refresh_token_is_not_sent_again_after_a_lost_answer(build: Build) -> None:
    tokens, http = build(NoAnswer("closed", True), refresh_token="once")
    with pytest.raises(NoAnswer):
        tokens.get()
    assert len(http.forms) == 1


# --- the header --------------------------------------------------------------------------------


def test_a_netrc_does_not_replace_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine platform.example.com login someone password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    request = requests.Request("GET", f"{SERVER}/x", auth=bearer("token-1"))
    assert requests.Session().prepare_request(request).headers["Authorization"] == "Bearer token-1"


def test_a_mark_knows_a_secret_again_and_tells_nothing_without_the_app_s_secret() -> None:
    def mark(secret: str, text: str, credential: str = "one") -> str:
        return Credential("https://rc", "app", secret, "jwt", credential, "101").mark_of(text)

    name, _colon, digest = mark("s1", "token").partition(":")
    assert mark("s1", "token") == mark("s1", "token", "another") == f"{name}:{digest}"
    assert mark("s1", "other").startswith(f"{name}:") and mark("s1", "other") != mark("s1", "token")
    assert mark("s2", "token").partition(":")[0] != name
    assert digest not in (mark("s2", "token").partition(":")[2], hashlib.sha256(b"token").hexdigest())
