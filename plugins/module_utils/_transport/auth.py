# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens: one login per credential, however many processes start at once.

At rest a token is encrypted with a key derived from the credential itself: the state file alone is
worth nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .error_list import code_of
from .errors import InvalidInput, LoginFailed, NoAnswer
from .hints import LOGIN_HINTS, OAUTH_HINTS
from .refusals import api_error
from .headers import number
from .http import Http
from .operations import OPERATIONS
from .store import Store
from .text import said

if TYPE_CHECKING:
    import requests

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# RingCentral's refresh tokens live a week by default.
REFRESH_SECONDS = 7 * 86400.0
MOST_SECONDS = 366 * 86400.0
LOGIN_TRIES = 5
# Where each option comes from, for messages.
VARIABLES = {
    "client_id": "RC_APP_CLIENT_ID",
    "client_secret": "RC_APP_CLIENT_SECRET",
    "jwt": "RC_USER_JWT",
    "access_token": "RC_ACCESS_TOKEN",
    "refresh_token": "RC_REFRESH_TOKEN",
    "scim_token": "RC_SCIM_TOKEN",
}
GRANT_NAMES = {
    "jwt": "JWT auth flow",
    "refresh_token": "Refresh token grant",
    "client_credentials": "Client credentials grant",
}


@dataclass(frozen=True)
class Credential:
    """What an administrator gave to log in with. `kind` is the grant that follows from it."""

    server_url: str
    client_id: str
    client_secret: str
    kind: str
    secret: str
    user: str
    option: str = "access_token"  # where a ready token came from

    @property
    def owner(self) -> str:
        """Identifies (server, app, user) without reporting who: budgets belong to it."""
        return _digest(self.server_url, self.client_id, self.user)[:20]

    @property
    def fingerprint(self) -> str:
        """Identifies this very credential."""
        return _digest(self.server_url, self.client_id, self.client_secret, self.kind, self.secret)[:32]

    def cipher(self) -> Any:
        """Encrypts what only the owner of this credential may read."""
        from cryptography.fernet import Fernet

        key = _derive("token cache", self.client_id, self.client_secret, self.kind, self.secret)
        return Fernet(base64.urlsafe_b64encode(key))

    def mark_of(self, text: str, own_key: str = "") -> str:
        """By which a text is known again, and which reports nothing to anyone who lacks the key.

        It begins with the name of its key and a colon: marks by different keys can't be compared.

        Args:
            own_key: a key of the user's own, instead of the app's secret.
        """
        secrets = (own_key,) if own_key else (self.client_id, self.client_secret or self.secret)
        key = _derive("marks", *secrets)
        return f"{_digest(key.hex())[:16]}:{hmac.digest(key, text.encode(), 'sha256').hex()}"


def credential(server_url: str, options: Mapping[str, Any]) -> Credential:
    """Choose the way to log in: a ready access token, else a JWT, else a refresh token, else the app alone.

    Raises InvalidInput, before any request, when something is missing, malformed or expired.
    """
    given = {name: str(options.get(name) or "").strip() for name in VARIABLES}
    for name, value in given.items():
        if value and name != "jwt" and not is_token(value):
            raise InvalidInput(
                f"{name} ({VARIABLES[name]}) has a blank, a line break or another character in it that"
                " none has. Nothing was sent.",
                name,
                "Copy it again, as one line.",
            )
    client_id, client_secret = given["client_id"], given["client_secret"]
    if given["access_token"]:
        user = _digest(given["access_token"])
        return Credential(server_url, client_id, client_secret, "access_token", given["access_token"], user)
    kind = "jwt" if given["jwt"] else "refresh_token" if given["refresh_token"] else "client_credentials"
    missing = [name for name in ("client_id", "client_secret") if not given[name]]
    if missing:
        names = " and ".join(f"{name} ({VARIABLES[name]})" for name in missing)
        raise InvalidInput(
            f"No way to log in: {names} must be given, together with jwt ({VARIABLES['jwt']});"
            f" or access_token ({VARIABLES['access_token']}) alone.",
            missing[0],
        )
    if kind == "client_credentials":
        return Credential(server_url, client_id, client_secret, kind, "", "app")
    user = _jwt_user(given["jwt"]) if kind == "jwt" else _digest(given["refresh_token"])
    return Credential(server_url, client_id, client_secret, kind, given[kind], user)


def is_token(value: Any) -> bool:
    """Whether this may be a token, an id or a secret: it can be sent in a header."""
    return isinstance(value, str) and bool(re.fullmatch(r"[\x21-\x7e]+", value))


def scim_credential(scim_url: str, token: str) -> Credential:
    """The static token of the SCIM interface, which stands for itself: it has a budget of its own."""
    return Credential(scim_url, "", "", "access_token", token.strip(), _digest(token.strip()), "scim_token")


def _jwt_user(token: str) -> str:
    """The user a JWT stands for; RingCentral signed it, so its claims are only read here."""
    import jwt

    try:
        claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": False, "verify_aud": False})
    except jwt.PyJWTError as error:
        raise InvalidInput(
            f"jwt ({VARIABLES['jwt']}) is not a JWT credential ({error}).",
            "jwt",
            "Copy it again from RingCentral's developer console, under Credentials, as one line.",
        ) from error
    expires = claims.get("exp")
    if isinstance(expires, (int, float)) and expires < time.time():
        when, now = (time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(moment)) for moment in (expires, time.time()))
        raise InvalidInput(
            f"jwt ({VARIABLES['jwt']}) expired on {when}, and this host's clock says {now}. Nothing was sent.",
            "jwt",
            "Create a new JWT credential in RingCentral's developer console, under Credentials,"
            " and put it in its place.",
        )
    return str(claims.get("sub") or _digest(token))


class Tokens:
    """The access token for one credential, shared with other processes through the store."""

    def __init__(
        self,
        credential: Credential,
        http: Http,
        store: Store,
        learned: Callable[[str], None],
        warn: Callable[[str], None],
    ) -> None:
        """
        Args:
            credential: what to log in with.
            http: sends the login.
            store: shares the token.
            learned: called with every token, so that it can be kept out of output.
            warn: called with what is no failure.
        """
        self._credential = credential
        self._http = http
        self._store = store
        self._learned = learned
        self._warn = warn
        self._key = f"token:{credential.fingerprint}"
        self._token = ""
        self._until = 0.0
        self._scope: str | None = None

    def scopes(self, afresh: bool = False) -> frozenset[str] | None:
        """The app's permissions that go with the token; None where nothing shows them, as with a ready token.

        With `afresh` they are those of a new login: a token that is some minutes old does not have what was added since.
        Raises LoginFailed, NoAnswer.
        """
        token = self.get()
        if (afresh or self._scope is None) and self._credential.kind != "access_token":
            self.renew(token)
        return frozenset(self._scope.split()) if self._scope else None

    @property
    def user(self) -> str:
        """The extension id of the user who logs in, where the credential reports it."""
        return self._credential.user

    @property
    def has_app_secret(self) -> bool:
        """Whether there is the app's secret, which outlives tokens."""
        return bool(self._credential.client_secret)

    def mark_of(self, text: str, own_key: str = "") -> str:
        """See `Credential.mark_of`."""
        return self._credential.mark_of(text, own_key)

    def get(self) -> str:
        """An access token that is valid for a while. Raises LoginFailed, NoAnswer."""
        if self._credential.kind == "access_token":
            return self._credential.secret
        if time.time() < self._until or self._read_shared():
            return self._token
        with self._store.lock(f"login-{self._credential.fingerprint}"):
            if not self._read_shared():  # another process may have logged in while this one waited
                self._log_in()
        return self._token

    def renew(self, refused: str, **request: Any) -> str:
        """A token other than the one that was refused with 401, by one new login at most.

        Args:
            request: of the request that was refused, what an error reports of it.
        """
        if self._credential.kind == "access_token":
            option = self._credential.option
            raise LoginFailed(
                f"RingCentral no longer accepts the {option.replace('_', ' ')} ({VARIABLES[option]}): it is revoked or expired, and a ready"
                " token can't be renewed.",
                401,
                "Give a fresh one, or client_id, client_secret and jwt instead.",
                **{"operation": "", **request, "parameter": option},
            )
        with self._store.lock(f"login-{self._credential.fingerprint}"):
            if not (self._read_shared() and self._token != refused):
                self._log_in()
        return self._token

    def _read_shared(self) -> bool:
        shared = self._open(self._store.get(self._key))
        if not shared or time.time() >= shared["until"]:
            return False
        self._token, self._until, self._scope = shared["token"], shared["until"], shared.get("scope")
        self._learned(self._token)
        return True

    def _open(self, sealed: str | None) -> Any:
        """Decrypt what the store holds; None when there is nothing, or nothing that can be used."""
        from cryptography.fernet import InvalidToken

        if not sealed:
            return None
        try:
            return json.loads(self._credential.cipher().decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            return None

    def _seal(self, value: Any) -> str:
        sealed: bytes = self._credential.cipher().encrypt(json.dumps(value).encode())
        return sealed.decode()

    def _log_in(self) -> None:
        answer = self._request_token()
        self._keep_refresh_token(answer)  # first, for the old one is good for nothing by now
        lifetime = _seconds(answer.get("expires_in"), 3600.0)
        # Shortly before the end, so that no request is on its way while the token expires.
        self._token = str(answer["access_token"])
        self._until = time.time() + lifetime - min(60.0, lifetime / 20)
        self._scope = str(answer.get("scope") or "")
        self._learned(self._token)
        shared = {"token": self._token, "until": self._until, "scope": self._scope}
        self._store.put(self._key, self._seal(shared), lifetime)

    def _keep_refresh_token(self, answer: Mapping[str, Any]) -> None:
        """RingCentral's refresh tokens are good for one use: the next one has to be kept."""
        if self._credential.kind != "refresh_token" or not answer.get("refresh_token"):
            return
        self._learned(str(answer["refresh_token"]))
        seconds = _seconds(answer.get("refresh_token_expires_in"), REFRESH_SECONDS)
        kept = False
        try:
            self._store.put(f"refresh:{self._credential.fingerprint}", self._seal(answer["refresh_token"]), seconds)
            kept = self._store.lasting
        finally:
            if not kept:
                self._warn(
                    "RingCentral has given a new refresh token in place of the one that was used, which is good for"
                    " nothing any more. The new one could not be kept: this process has it, and the next run will not be"
                    f" able to log in. Get a new refresh token before that, and give it as {VARIABLES['refresh_token']}."
                )

    def _form(self) -> dict[str, str]:
        kind, secret = self._credential.kind, self._credential.secret
        if kind == "jwt":
            return {"grant_type": JWT_GRANT, "assertion": secret}
        if kind == "refresh_token":
            newer = self._open(self._store.get(f"refresh:{self._credential.fingerprint}"))
            return {"grant_type": "refresh_token", "refresh_token": str(newer or secret)}
        return {"grant_type": "client_credentials"}

    def _request_token(self) -> dict[str, Any]:
        """Ask for a token. A login that failed on the way has harmed nobody, so it is tried again."""
        from requests.auth import HTTPBasicAuth

        operation = OPERATIONS["getToken"]
        auth = HTTPBasicAuth(self._credential.client_id, self._credential.client_secret)
        for attempt in range(1, LOGIN_TRIES + 1):
            last = attempt == LOGIN_TRIES
            try:
                answer = self._http.send(operation, auth, form=self._form())
            except NoAnswer as error:
                # A refresh token may be used up by now.
                enough = last or error.lasting or self._credential.kind == "refresh_token"
                if enough or not self._http.budget.back_off(attempt):
                    raise
            else:
                if answer.status == 200 and isinstance(answer.body, dict) and is_token(answer.body.get("access_token")):
                    return answer.body
                again = answer.status == 429 or (not last and answer.status >= 500)
                if not again or (answer.status != 429 and not self._http.budget.back_off(attempt)):
                    raise self._refused(answer.status, answer.body, answer.request_id, answer.unreadable)
        raise LoginFailed(
            "Could not log in: RingCentral's limit for logins is used up.", 429, "Try again in some minutes."
        )

    def _refused(self, status: int, body: Any, request_id: str, unreadable: bool) -> LoginFailed:
        if status < 400 or unreadable:
            return LoginFailed(
                f"Could not log in at {self._http.server_url}: it answered {status}, and not as RingCentral does.",
                status,
                "Check server_url (RC_SERVER_URL).",
                request_id=request_id,
                parameter="server_url",
            )
        error = api_error(OPERATIONS["getToken"], "", status, body, request_id)
        kind = said(body.get("error")) if isinstance(body, dict) else ""
        hints = [LOGIN_HINTS.get(code_of(item), "") for item in error.errors] + [OAUTH_HINTS.get(kind, "")]
        hint = next(filter(None, hints), "")
        if not hint and status in (404, 405):
            hint = f"There is no login at {self._http.server_url}: check server_url (RC_SERVER_URL)."
        option = self._credential.kind
        hint = hint.format(
            grant=GRANT_NAMES.get(option, option),
            option=f"{option} ({VARIABLES[option]})" if option in VARIABLES else "login of the app",
            server=self._http.server_url,
        )
        facts = {**error.facts(), "hint": hint or error.hint}
        said_of_it = (f"{e.get('errorCode', '')} {e.get('message', '')}".strip() for e in error.errors)
        details = "; ".join(filter(None, said_of_it)) or kind or "no details"
        where = f" [request id {request_id}]" if request_id else ""
        return LoginFailed(
            f"Could not log in: RingCentral answered {status}, {details}{where}.",
            **{name: facts[name] for name in ("status", "codes", "parameter", "request_id", "hint")},
        )


def _seconds(value: Any, usual: float) -> float:
    """How long something is good for; what is none, or is more than a year, is taken as not said."""
    found = number(str(value))
    return found if found is not None and 0 < found <= MOST_SECONDS else usual


def bearer(token: str) -> requests.auth.AuthBase:
    """Authorization by access token, as an object that `requests` won't replace from a .netrc."""
    from requests.auth import AuthBase

    class Bearer(AuthBase):
        def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["Authorization"] = f"Bearer {token}"
            return request

    return Bearer()


def _derive(purpose: str, *secrets: str) -> bytes:
    """A key for one purpose, from secrets of high entropy."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"itops.ringcentral {purpose} v1".encode()
    key: bytes = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive("\0".join(secrets).encode())
    return key


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
