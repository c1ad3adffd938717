# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP request, within the budget: the answer, or an exception that says whether it was sent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from .budget import Budget
from .error_list import code_of
from .errors import InvalidInput, NoAnswer
from .headers import server_time
from .json_text import parse
from .operations import Operation
from .text import said

if TYPE_CHECKING:
    import requests

# As many requests as one run has in flight.
CONNECTIONS = 32
# A page of a thousand extensions has about 2 MiB.
MOST_BYTES = 64 * 1024 * 1024
CHUNK = 64 * 1024
# By which `requests` reports of connections that were not made; some kinds have no exception of their own.
_PLAIN = ("WRONG_VERSION_NUMBER", "record layer failure")
_LASTING = ("CERTIFICATE_VERIFY_FAILED", "UNSUPPORTED_PROTOCOL", *_PLAIN)
_BEFORE_SENDING = (*_LASTING, "Tunnel connection failed")
# By how many errors of libraries the system's own is wrapped.
_MOST_WRAPPED = 10
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
                return code_of(error)
        return code_of(self.body)


class Http:
    """Sends requests to one server in one session."""

    def __init__(self, server_url: str, budget: Budget, timeout: float, verify: bool | str) -> None:
        """
        Args:
            server_url: as `addresses` gives it, such as https://platform.ringcentral.com.
            budget: asked before each request.
            timeout: seconds to connect, and for the whole answer.
            verify: check TLS certificates, or the path of the authorities to check against.
        """
        self.server_url = server_url
        self.budget = budget
        self._timeout = timeout
        self._verify = verify
        self._session: requests.Session | None = None
        self.clock_ahead: float | None = None

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
            self._session = _session(self.server_url, self._timeout, self._verify)
        path = operation.path.format(**{key: quote(str(value), safe="~") for key, value in (path_values or {}).items()})
        headers: dict[str, str] = {}
        if operation.scim:
            headers = {"Accept": SCIM_TYPES, **({"Content-Type": SCIM_TYPE} if body is not None else {})}
        slot = self.budget.take(operation)
        try:
            with self._session.request(
                operation.method,
                self.server_url + path,
                params=query,
                json=body,
                headers=headers,
                data=form,
                files=files,
                auth=auth,  # as an object: a .netrc must not replace it
                timeout=self._timeout,
                allow_redirects=False,  # a redirect could carry the token to another host
                stream=True,
            ) as response:
                answer = _parse(response, _content(response))
        except requests.RequestException as error:
            never_sent = _never_sent(error)
            if never_sent:
                self.budget.unsent(slot)
            else:
                self.budget.unanswered(slot)
            lasting = any(text in str(error) for text in _LASTING)
            what, hint = _reason(operation, self.server_url, error)
            raise NoAnswer(what, not never_sent, lasting, hint, operation=operation.name) from error
        except OSError as error:  # `requests` looks for the file of authorities before it connects
            self.budget.unsent(slot)
            raise InvalidInput(
                f"Could not {operation.doing}: {error}. Nothing was sent.",
                "ca_path",
                "Correct ca_path, or the environment variable REQUESTS_CA_BUNDLE.",
            ) from error
        except BaseException:  # a task that is cancelled
            self.budget.unanswered(slot)
            raise
        self.budget.answered(slot, answer.status, answer.headers, answer.error_code)
        now = server_time(answer.headers)
        if now is not None:
            self.clock_ahead = time.time() - now
        return answer


def _session(server_url: str, timeout: float, verify: bool | str) -> requests.Session:
    """A session whose answers come whole within the timeout, or not at all, however slowly their bytes come.

    Proxies and authorities of the environment are read here, once, and not for each request.
    """
    import requests

    from .deadline import adapter

    session = requests.Session()
    session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter(timeout, CONNECTIONS))
    settings = session.merge_environment_settings(server_url, {}, None, verify, None)
    session.proxies, session.verify = settings["proxies"], settings["verify"]
    session.trust_env = False
    return session


def _content(response: requests.Response) -> bytes | None:
    """The body; None where it is larger than any that RingCentral gives, or compressed more than once.

    Each time, a piece may become a thousand times as long before it can be counted.
    """
    if "," in response.headers.get("Content-Encoding", ""):
        return None
    content = bytearray()
    for chunk in response.iter_content(CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            return None
    return bytes(content)


def _parse(response: requests.Response, content: bytes | None) -> HttpAnswer:
    if content == b"":
        return HttpAnswer(response.status_code, response.headers, None)
    if content is None:
        return HttpAnswer(response.status_code, response.headers, None, unreadable=True)
    if response.headers.get("Content-Type", "").startswith("image/"):
        return HttpAnswer(response.status_code, response.headers, content)
    try:
        return HttpAnswer(response.status_code, response.headers, parse(content))
    except ValueError:
        return HttpAnswer(response.status_code, response.headers, None, unreadable=True)


def _never_sent(error: requests.RequestException) -> bool:
    """Whether the connection was not even made, so that nothing can have been done."""
    from requests import exceptions
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    # Those that are errors of a value as well are raised while the request is put together.
    if isinstance(error, (ValueError, exceptions.InvalidJSONError, exceptions.ConnectTimeout, exceptions.ProxyError)):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError) or any(text in str(error) for text in _BEFORE_SENDING)


def _reason(operation: Operation, server_url: str, error: requests.RequestException) -> tuple[str, str]:
    """What happened, and what to do."""
    from requests import exceptions
    from urllib3.exceptions import ReadTimeoutError

    host = urlsplit(server_url).netloc
    could_not = f"Could not {operation.doing}:"
    later = "Raise request_timeout, or try again later."
    if isinstance(error, exceptions.InvalidHeader):  # its text holds the token
        return f"{could_not} the access token has characters that no token has.", "Copy it again, as one line."
    if isinstance(error, exceptions.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return (
                f"{could_not} the TLS certificate of {host} was not accepted: {_cause(error)}.",
                "Set ca_path, or the environment variable REQUESTS_CA_BUNDLE, to your company's certificate authority, rather"
                " than validate_certs: false.",
            )
        if any(text in str(error) for text in _PLAIN):
            return (
                f"{could_not} {host} does not speak TLS on this port.",
                "Check server_url: the port is wrong, or it is a test server that begins with http://.",
            )
        return (
            f"{could_not} there is no TLS connection to {host}, or it was interrupted: {_cause(error)}.",
            "Check server_url, and whether a firewall is on the way.",
        )
    if isinstance(error, exceptions.ProxyError) or "Tunnel connection failed" in str(error):
        return (
            f"{could_not} can't connect to {host} through the proxy: {_cause(error)}.",
            "Check the environment variables HTTPS_PROXY and NO_PROXY, and whether the proxy allows this address.",
        )
    late = bool(error.args) and isinstance(error.args[0], ReadTimeoutError)
    if isinstance(error, exceptions.ConnectTimeout):
        return f"{could_not} can't connect to {host}: it did not answer in time.", later
    if isinstance(error, exceptions.Timeout) or late:
        return f"{could_not} {host} did not send its whole answer in time.", later
    if _never_sent(error):
        return (
            f"{could_not} can't connect to {host}: {_cause(error)}.",
            "Check server_url, the proxy (HTTPS_PROXY) and the firewall.",
        )
    again = "Try again later."
    if isinstance(error, (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError)):
        return f"{could_not} the answer of {host} was interrupted, or could not be decompressed.", again
    return f"{could_not} {host} closed the connection without an answer.", again


def _cause(error: BaseException) -> str:
    """Why a connection failed, in the system's words: the error that `requests` and `urllib3` have wrapped."""
    innermost = error
    for _depth in range(_MOST_WRAPPED):
        inner = [innermost.__cause__, getattr(innermost, "reason", None), getattr(innermost, "original_error", None)]
        inner += [*innermost.args[:1], innermost.__context__]
        wrapped = next((one for one in inner if isinstance(one, BaseException) and one is not innermost), None)
        if wrapped is None:
            break
        innermost = wrapped
    reason = getattr(innermost, "verify_message", None) or getattr(innermost, "strerror", None) or str(innermost)
    return said(reason).rstrip(".") or type(innermost).__name__
