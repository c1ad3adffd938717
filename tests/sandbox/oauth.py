# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in: JWT, refresh token, client credentials; sessions that expire, five for each user of an app."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import jwt

from . import dictionaries as known
from .clock import Clock
from .problems import unauthorized

SCOPES = (
    "ReadAccounts", "EditAccounts", "EditExtensions", "RoleManagement", "ReadPresence", "EditPresence", "Contacts",
    "SubscriptionWebhook", "WebSocketsSubscription", "ReadAuditTrail",
)  # fmt: skip
GRANTS = ("jwt", "refresh", "client_credentials")
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ACCESS_SECONDS = 3600
REFRESH_SECONDS = 604800
SESSIONS = 5


class OAuthProblem(Exception):
    """An error of the token endpoint."""

    def __init__(self, kind: str, code: str, message: str) -> None:
        super().__init__(message)
        self.body = {
            "error": kind,
            "error_description": message,
            "errors": [{"errorCode": code, "message": message}],
        }


@dataclass
class App:
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    grants: tuple[str, ...]


@dataclass
class Session:
    app: App
    user: str
    expires: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    refresh: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(8))

    def may(self, scope: str) -> bool:
        """EditAccounts includes ReadAccounts and EditExtensions."""
        scopes = set(self.app.scopes)
        if "EditAccounts" in scopes:
            scopes |= {"ReadAccounts", "EditExtensions"}
        return not scope or scope in scopes


class OAuth:
    """Apps, and who is logged in."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._signing_key = secrets.token_bytes(32)
        self.apps: dict[str, App] = {}
        self.sessions: dict[str, Session] = {}
        self._ended: dict[str, str] = {}
        self.refresh_tokens = False
        self.admin = str(known.ADMIN_ID)
        self.logins = 0

    def restart(self, clock: Clock, refresh_tokens: bool, admin: str) -> None:
        """Forget who is logged in; apps and JWTs stay good."""
        self.clock, self.refresh_tokens, self.admin = clock, refresh_tokens, admin
        self.sessions, self._ended, self.logins = {}, {}, 0

    def register(self, scopes: tuple[str, ...] = SCOPES, grants: tuple[str, ...] = GRANTS) -> App:
        app = App(secrets.token_urlsafe(16), secrets.token_urlsafe(32), scopes, grants)
        self.apps[app.client_id] = app
        return app

    def jwt(self, app: App, url: str, user: str, real_seconds: float) -> str:
        """A JWT credential, as the developer console gives one out."""
        now = time.time()
        claims = {
            "iss": f"{url}/", "sub": user, "aud": f"{url}/restapi/oauth/token",
            "iat": int(now), "exp": int(now + real_seconds), "jti": secrets.token_urlsafe(12), "azp": app.client_id,
        }  # fmt: skip
        return jwt.encode(claims, self._signing_key, algorithm="HS256")

    def identify(self, authorization: str) -> Session:
        """Whose access token this is."""
        kind, _space, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token:
            raise unauthorized("AGW-402", "Invalid Authorization header")
        session = self.sessions.get(token)
        if session is None:
            raise unauthorized(self._ended.get(token, "OAU-213"), "Token not found")
        if self.clock.now() >= session.expires:  # its refresh token stays good
            raise unauthorized("OAU-210", "Access token expired")
        return session

    def goes_on(self, session: Session) -> bool:
        """Whether a session has not been ended, though its access token may have expired."""
        return session.token in self.sessions

    def _end(self, session: Session, code: str) -> None:
        self.sessions.pop(session.token, None)
        self._ended[session.token] = code

    def _open(self, app: App, user: str, refreshable: bool) -> Session:
        mine = [item for item in self.sessions.values() if item.app is app and item.user == user]
        if len(mine) >= SESSIONS:
            self._end(mine[0], "OAU-213")
        session = Session(app, user, self.clock.now() + ACCESS_SECONDS)
        if refreshable:
            session.refresh = secrets.token_urlsafe(48)
        self.sessions[session.token] = session
        self.logins += 1
        return session

    def ready_session(self, app: App, user: str, refreshable: bool = False) -> Session:
        """A session that was begun elsewhere (side door)."""
        session = self._open(app, user, refreshable)
        self.logins -= 1
        return session

    def app_of(self, authorization: str) -> App:
        """The app that authenticates itself by HTTP Basic."""
        kind, _space, value = authorization.partition(" ")
        try:
            client_id, _colon, secret = base64.b64decode(value).decode().partition(":")
        except ValueError:
            client_id, secret = "", ""
        app = self.apps.get(client_id)
        if kind.lower() != "basic" or app is None or not secrets.compare_digest(app.client_secret, secret):
            raise OAuthProblem("invalid_client", "OAU-153", "Invalid client credentials")
        return app

    def token(self, app: App, form: bytes) -> dict[str, Any]:
        """The token endpoint."""
        values = {key: value[-1] for key, value in parse_qs(form.decode()).items()}
        grant = values.get("grant_type", "")
        if grant == JWT_GRANT:
            session = self._open(app, self._jwt_user(app, values.get("assertion", "")), self.refresh_tokens)
        elif grant == "refresh_token":
            session = self._refreshed(app, values.get("refresh_token", ""))
        elif grant == "client_credentials":
            self._allow(app, "client_credentials")
            session = self._open(app, self.admin, False)
        else:
            raise OAuthProblem("unsupported_grant_type", "OAU-250", f"Unsupported grant type [{grant}]")
        return self._answer(session)

    def _allow(self, app: App, grant: str) -> None:
        if grant not in app.grants:
            raise OAuthProblem("unauthorized_client", "OAU-251", f"Unauthorized for this grant type [{grant}]")

    def _jwt_user(self, app: App, assertion: str) -> str:
        self._allow(app, "jwt")
        try:
            claims = jwt.decode(assertion, self._signing_key, algorithms=["HS256"], options={"verify_aud": False})
        except jwt.ExpiredSignatureError:
            raise OAuthProblem("invalid_grant", "OAU-210", "JWT expired") from None
        except jwt.PyJWTError:
            raise OAuthProblem("invalid_grant", "OAU-213", "JWT is not valid") from None
        if claims.get("azp") != app.client_id:
            raise OAuthProblem("invalid_grant", "OAU-213", "JWT is not issued for this application")
        return str(claims["sub"])

    def _refreshed(self, app: App, token: str) -> Session:
        self._allow(app, "refresh")
        for session in list(self.sessions.values()):
            if token and session.refresh == token and session.app is app:
                self._end(session, "OAU-213")
                return self._open(app, session.user, True)
        raise OAuthProblem("invalid_grant", "OAU-213", "Token not found")

    def revoke(self, app: App, form: bytes) -> None:
        """Ends the whole session of an access or refresh token of this app."""
        token = parse_qs(form.decode()).get("token", [""])[-1]
        for session in list(self.sessions.values()):
            if token and session.app is app and token in (session.token, session.refresh):
                self._end(session, "OAU-213")

    def _answer(self, session: Session) -> dict[str, Any]:
        lifetime = self.clock.real(ACCESS_SECONDS)
        answer: dict[str, Any] = {
            "access_token": session.token,
            "token_type": "bearer",
            "expires_in": max(1, int(lifetime)),
            "scope": " ".join(session.app.scopes),
            "owner_id": session.user,
            "endpoint_id": hashlib.sha256(session.app.client_id.encode()).hexdigest()[:22],
            "session_id": session.key,
        }
        if session.refresh:
            answer["refresh_token"] = session.refresh
            answer["refresh_token_expires_in"] = max(1, int(self.clock.real(REFRESH_SECONDS)))
        return answer
