# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in to the sandbox, and being thrown out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
REVOKE = "/restapi/oauth/revoke"


def by_jwt(app: dict[str, str]) -> dict[str, str]:
    return {"grant_type": JWT, "assertion": app["jwt"]}


def refused(answer: Any) -> tuple[int, str, str]:
    told = answer.json()
    assert told["error_description"] == told["errors"][0]["message"]
    return answer.status_code, told["error"], told["errors"][0]["errorCode"]


def works(sandbox: Sandbox, token: str) -> bool:
    return sandbox.call("GET", "/sites", token=token).status_code == 200


def test_a_jwt_gives_an_access_token(sandbox: Sandbox) -> None:
    app = sandbox.credentials(user="1850100002")
    told = sandbox.login(by_jwt(app), app).json()
    assert (told["token_type"], told["expires_in"], told["owner_id"]) == ("bearer", 3600, "1850100002")
    assert "EditAccounts" in told["scope"].split()
    assert "refresh_token" not in told
    assert works(sandbox, told["access_token"])
    assert sandbox.door("GET", "stats")["logins"] == 1


def test_the_environment_logs_in(sandbox: Sandbox) -> None:
    given = sandbox.environment
    assert given["RC_SERVER_URL"] == sandbox.url
    app = {"client_id": given["RC_APP_CLIENT_ID"], "client_secret": given["RC_APP_CLIENT_SECRET"]}
    assert sandbox.login({"grant_type": JWT, "assertion": given["RC_USER_JWT"]}, app).status_code == 200


def test_jwts_outlive_a_reset_and_sessions_do_not(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    sandbox.reset()
    assert sandbox.login(by_jwt(app), app).status_code == 200
    assert sandbox.refusal("GET", "/sites", token=app["access_token"]) == (401, "OAU-213", None)


def test_a_bad_secret(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    for wrong in ({**app, "client_secret": "guess"}, {**app, "client_id": "nobody"}):
        assert refused(sandbox.login(by_jwt(app), wrong)) == (400, "invalid_client", "OAU-153")
    answer = sandbox.http.post(f"{sandbox.url}/restapi/oauth/token", data=by_jwt(app))
    assert refused(answer) == (400, "invalid_client", "OAU-153")


def test_an_expired_jwt(sandbox: Sandbox) -> None:
    app = sandbox.credentials(jwt_expires_in=-5)
    assert refused(sandbox.login(by_jwt(app), app)) == (400, "invalid_grant", "OAU-210")


def test_the_jwt_of_another_app(sandbox: Sandbox) -> None:
    app, other = sandbox.credentials(), sandbox.credentials()
    assert refused(sandbox.login(by_jwt(other), app)) == (400, "invalid_grant", "OAU-213")


def test_a_wrong_signature(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    head, claims, signature = app["jwt"].split(".")
    forged = ("A" if signature[0] != "A" else "B") + signature[1:]
    for token in (f"{head}.{claims}.{forged}", f"{head}.{claims}.", "no JWT", ""):
        form = {"grant_type": JWT, "assertion": token}
        assert refused(sandbox.login(form, app)) == (400, "invalid_grant", "OAU-213"), token


@pytest.mark.parametrize(
    ("grants", "form", "kind", "code"),
    [
        (["refresh"], {"grant_type": JWT}, "unauthorized_client", "OAU-251"),
        (["jwt"], {"grant_type": "refresh_token"}, "unauthorized_client", "OAU-251"),
        (["jwt"], {"grant_type": "client_credentials"}, "unauthorized_client", "OAU-251"),
        (["jwt"], {"grant_type": "password"}, "unsupported_grant_type", "OAU-250"),
        (["jwt"], {}, "unsupported_grant_type", "OAU-250"),
    ],
)
def test_grants_that_the_app_does_not_have(
    sandbox: Sandbox, grants: list[str], form: dict[str, str], kind: str, code: str
) -> None:
    app = sandbox.credentials(grants=grants)
    assert refused(sandbox.login(form, app)) == (400, kind, code)


def test_client_credentials(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    told = sandbox.login({"grant_type": "client_credentials"}, app).json()
    assert works(sandbox, told["access_token"])
    assert "refresh_token" not in told


def test_a_refresh_token_is_good_for_one_use(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    form = {"grant_type": "refresh_token", "refresh_token": app["refresh_token"]}
    told = sandbox.login(form, app).json()
    assert told["refresh_token"] != app["refresh_token"]
    assert told["refresh_token_expires_in"] == 604800
    assert works(sandbox, told["access_token"])
    assert not works(sandbox, app["access_token"])
    assert refused(sandbox.login(form, app)) == (400, "invalid_grant", "OAU-213")
    again = sandbox.login({**form, "refresh_token": told["refresh_token"]}, app)
    assert again.status_code == 200


def test_a_refresh_token_belongs_to_its_app(sandbox: Sandbox) -> None:
    app, other = sandbox.credentials(), sandbox.credentials()
    form = {"grant_type": "refresh_token", "refresh_token": app["refresh_token"]}
    assert refused(sandbox.login(form, other)) == (400, "invalid_grant", "OAU-213")
    assert sandbox.login(form, app).status_code == 200


def test_refresh_tokens_with_each_login(sandbox: Sandbox) -> None:
    sandbox.reset(refresh_tokens=True)
    app = sandbox.credentials()
    first = sandbox.login(by_jwt(app), app).json()["refresh_token"]
    assert sandbox.login({"grant_type": "refresh_token", "refresh_token": first}, app).status_code == 200


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_ends_the_whole_session(sandbox: Sandbox, which: str) -> None:
    app = sandbox.credentials()
    other = sandbox.login(by_jwt(app), app).json()["access_token"]
    assert sandbox.login({"token": app[which]}, app, REVOKE).status_code == 200
    assert sandbox.refusal("GET", "/sites", token=app["access_token"]) == (401, "OAU-213", None)
    form = {"grant_type": "refresh_token", "refresh_token": app["refresh_token"]}
    assert refused(sandbox.login(form, app)) == (400, "invalid_grant", "OAU-213")
    assert works(sandbox, other)


def test_revoking_needs_the_app(sandbox: Sandbox) -> None:
    app = sandbox.credentials()
    answer = sandbox.login({"token": app["access_token"]}, {**app, "client_secret": "guess"}, REVOKE)
    assert refused(answer) == (400, "invalid_client", "OAU-153")
    assert works(sandbox, app["access_token"])


def test_an_access_token_lasts_an_hour(sandbox: Sandbox) -> None:
    sandbox.reset(time_scale=3600)
    app = sandbox.credentials()
    told = sandbox.login(by_jwt(app), app).json()
    assert told["expires_in"] == 1
    time.sleep(1.01)
    for _again in range(2):
        assert sandbox.refusal("GET", "/sites", token=told["access_token"]) == (401, "OAU-210", None)


def test_the_sixth_session_ends_the_oldest(sandbox: Sandbox) -> None:
    app = sandbox.credentials()  # the first session of this app and user
    tokens = [app["access_token"], *(sandbox.login(by_jwt(app), app).json()["access_token"] for _count in range(5))]
    assert [works(sandbox, token) for token in tokens] == [False, True, True, True, True, True]
    assert sandbox.refusal("GET", "/sites", token=tokens[0]) == (401, "OAU-213", None)


def test_sessions_of_other_users_and_apps_do_not_count(sandbox: Sandbox) -> None:
    app, other = sandbox.credentials(), sandbox.credentials()
    for _count in range(5):
        sandbox.login(by_jwt(other), other)
    assert works(sandbox, app["access_token"])


def test_sessions_are_ended_by_the_side_door(sandbox: Sandbox) -> None:
    sandbox.door("DELETE", "sessions")
    assert sandbox.refusal("GET", "/sites") == (401, "OAU-213", None)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "token"])
def test_no_token_at_all(sandbox: Sandbox, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = sandbox.http.get(f"{sandbox.url}/restapi/v1.0/account/~/sites", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["errorCode"]) == (401, "AGW-402")


def test_a_token_that_was_never_given(sandbox: Sandbox) -> None:
    assert sandbox.refusal("GET", "/sites", token="made-up") == (401, "OAU-213", None)


@pytest.mark.parametrize(
    ("scopes", "method", "path", "missing"),
    [
        (["ReadAccounts"], "POST", "/extension", "EditAccounts"),
        (["ReadAccounts"], "DELETE", "/extension/1", "EditAccounts"),
        (["ReadAccounts"], "PUT", "/extension/1", "EditExtensions"),
        (["EditExtensions"], "GET", "/extension", "ReadAccounts"),
        (["EditAccounts"], "PUT", "/extension/1/assigned-role", "RoleManagement"),
    ],
)
def test_a_scope_that_is_missing(sandbox: Sandbox, scopes: list[str], method: str, path: str, missing: str) -> None:
    token = sandbox.credentials(scopes=scopes)["access_token"]
    answer = sandbox.call(method, path, {}, token=token)
    first = answer.json()["errors"][0]
    assert (answer.status_code, first["errorCode"], first["permissionName"]) == (403, "CMN-401", missing)
    assert f"[{missing}]" in first["message"]


def test_edit_accounts_includes_reading_and_editing(sandbox: Sandbox) -> None:
    token = sandbox.credentials(scopes=["EditAccounts"])["access_token"]
    user = sandbox.user()
    assert sandbox.call("GET", "/extension", token=token).status_code == 200
    assert sandbox.call("PUT", f"/extension/{user['id']}", {}, token=token).status_code == 200


def test_dictionaries_need_no_scope(sandbox: Sandbox) -> None:
    token = sandbox.credentials(scopes=[])["access_token"]
    assert sandbox.call("GET", "/restapi/v1.0/dictionary/country", token=token).status_code == 200
