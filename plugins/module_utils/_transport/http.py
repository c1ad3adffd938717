# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP request, within the budget: the answer, or an exception that says whether it was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from .budget import Budget
from .errors import InvalidInput, NoAnswer
from .operations import Operation

if TYPE_CHECKING:
    import requests

# As many requests as one run has in flight.
CONNECTIONS = 32
SCIM_TYPE = "application/scim+json"
SCIM_TYPES = f"{SCIM_TYPE}, application/json;q=0.9"
USER_AGENT = "itops.ringcentral/1.0.0 (Ansible)"


@dataclass(frozen=True)
class HttpAnswer:
    """What came back: `body` is parsed JSON, the bytes of an image, or None for an empty body.

    `unreadable` says that it was none of these.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    unreadable: bool = False

    @property
    def request_id(self) -> str:
        return self.headers.get("RCRequestId", "")

    @property
    def error_code(self) -> str:
        if not isinstance(self.body, dict):
            return ""
        listed = self.body.get("errors")
        for error in listed if isinstance(listed, list) else []:
            if isinstance(error, dict) and error.get("errorCode"):
                return str(error["errorCode"])
        return str(self.body.get("errorCode") or "")


class Http:
    """Sends requests to one server in one session."""

    def __init__(self, server_url: str, budget: Budget, timeout: float, verify: bool | str) -> None:
        """
        Args:
            server_url: such as https://platform.ringcentral.com.
            budget: asked before each request.
            timeout: seconds to connect, and between bytes of the answer.
            verify: check TLS certificates, or the path of the authorities to check against.
        """
        parts = urlsplit(server_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidInput(f"server_url '{server_url}' is not a URL such as https://platform.ringcentral.com.")
        if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise InvalidInput(
                f"server_url '{server_url}' would send the credentials unencrypted: use https"
                " (http is for a server on this machine only)."
            )
        self.server_url = server_url.rstrip("/")
        self.budget = budget
        self._timeout = timeout
        self._verify = verify
        self._session: requests.Session | None = None

    def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            self._session.close()

    def send(
        self,
        operation: Operation,
        auth: requests.auth.AuthBase,
        path_values: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> HttpAnswer:
        """Send one request, once: JSON, a form, or files (name, content and type, by field).

        Raises NoAnswer when no answer came.
        """
        import requests

        if self._session is None:
            session = requests.Session()
            session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
            for scheme in ("http://", "https://"):
                session.mount(scheme, requests.adapters.HTTPAdapter(pool_maxsize=CONNECTIONS))
            self._session = session
        path = operation.path.format(**{key: quote(str(value), safe="~") for key, value in (path_values or {}).items()})
        headers: dict[str, str] = {}
        if operation.scim:
            headers = {"Accept": SCIM_TYPES, **({"Content-Type": SCIM_TYPE} if body is not None else {})}
        slot = self.budget.take(operation)
        try:
            response = self._session.request(
                operation.method,
                self.server_url + path,
                params=query,
                json=body,
                headers=headers,
                data=form,
                files=files,
                auth=auth,  # as an object: a .netrc must not replace it
                timeout=self._timeout,
                verify=self._verify,
                allow_redirects=False,  # a redirect could carry the token to another host
            )
        except requests.RequestException as error:
            never_sent = _never_sent(error)
            if never_sent:
                self.budget.unsent(slot)
            else:
                self.budget.unanswered(slot)
            raise NoAnswer(_reason(operation, self.server_url, error), outcome_unknown=not never_sent) from error
        except OSError as error:  # `requests` looks for the file of authorities before it connects
            self.budget.unsent(slot)
            raise InvalidInput(
                f"Could not {operation.doing}: {error}. Correct ca_path, or the environment variable REQUESTS_CA_BUNDLE."
                " Nothing was sent."
            ) from error
        except BaseException:  # a task that is cancelled
            self.budget.unanswered(slot)
            raise
        answer = _parse(response)
        self.budget.answered(slot, answer.status, answer.headers, answer.error_code)
        return answer


def _parse(response: requests.Response) -> HttpAnswer:
    if not response.content:
        return HttpAnswer(response.status_code, response.headers, None)
    if response.headers.get("Content-Type", "").startswith("image/"):
        return HttpAnswer(response.status_code, response.headers, response.content)
    try:
        return HttpAnswer(response.status_code, response.headers, json.loads(response.content))
    except ValueError:
        return HttpAnswer(response.status_code, response.headers, None, unreadable=True)


def _never_sent(error: requests.RequestException) -> bool:
    """Whether the connection was not even made, so that nothing can have been done."""
    from requests import exceptions
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    if isinstance(error, (exceptions.ConnectTimeout, exceptions.InvalidURL, exceptions.InvalidSchema)):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError) or "CERTIFICATE_VERIFY_FAILED" in str(error)


def _reason(operation: Operation, server_url: str, error: requests.RequestException) -> str:
    import requests

    host = urlsplit(server_url).netloc
    if isinstance(error, requests.exceptions.SSLError):
        return (
            f"Could not {operation.doing}: the TLS certificate of {host} was not accepted ({error})."
            " Set ca_path to your company's certificate authority, rather than validate_certs: false."
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return f"Could not {operation.doing}: the proxy on the way to {host} did not let it through ({error})."
    if isinstance(error, requests.Timeout):
        return f"Could not {operation.doing}: {host} did not answer in time. Raise request_timeout, or try again later."
    if _never_sent(error):
        return f"Could not {operation.doing}: {host} could not be reached. Check server_url and the network ({error})."
    return f"Could not {operation.doing}: {host} closed the connection without an answer."
