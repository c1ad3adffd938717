# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: one call is one operation on RingCentral, with its answer parsed, or an exception.

In order: token, budget, send, learn from the headers, try again where that is safe.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from . import absence, shapes
from .auth import Tokens, bearer
from .budget import RateLimit, Usage
from .error_list import errors_of, is_busy
from .errors import ApiError, NoAnswer, NotAvailable, NotFound, RingCentralError, Undecided
from .refusals import api_error
from .headers import retry_after
from .http import Http, HttpAnswer
from .operations import OPERATIONS, Operation
from .store import Store

READ_TRIES = 5
# New tokens for one request, where RingCentral refuses the one it gave.
TOKEN_TRIES = 2
PAGE_SIZE = 1000
# No account's list has so many pages: one that goes on has no end.
MOST_PAGES = 1000
# How long an account is remembered to lack an operation.
LACKS_SECONDS = 86400.0
# How long after its creation an extension may not be there yet, and the pauses between looks; for a window of 60 s.
CREATED = "created:"
CREATED_SECONDS = 120.0
CREATED_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
# `tries` of a call that does not wait for an extension that was just created.
NO_WAITING = len(CREATED_PAUSES)
# A request that was refused by a limit was not carried out; how often it waits its turn again.
LIMIT_TRIES = 5
# Where the records of an answer are, in a list and in what was done to many.
_LISTS = ("records", "Resources", "results", "response")
What = TypeVar("What")


class Client:
    """Calls operations for one account."""

    def __init__(self, http: Http, tokens: Tokens, store: Store, owner: str, account_id: str, read_only: bool) -> None:
        """
        Args:
            http, tokens, store: the parts below.
            owner: (server, app, user), see `Credential.owner`.
            account_id: `~` is the account of the user who logs in.
            read_only: refuse to send anything that changes the account (check mode).
        """
        self._http = http
        self._tokens = tokens
        self._store = store
        self._owner = owner
        self._account_id = account_id
        self.read_only = read_only
        self.own_user = tokens.user
        # Whether the account has answered anything: then server_url and account_id are right.
        self.has_answered = False

    @property
    def usage(self) -> Usage:
        """What was used so far."""
        return self._http.budget.usage

    def scopes(self, afresh: bool = False) -> frozenset[str] | None:
        """The permissions of the app that its token carries, see `Tokens.scopes`."""
        return self._tokens.scopes(afresh)

    @property
    def owner(self) -> str:
        """Identifies (server, app, user) without reporting who."""
        return self._owner

    def close(self) -> None:
        """Close the connection and the shared state."""
        self._http.close()
        self._store.close()

    def call(
        self,
        name: str,
        *,
        subject: str = "",
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        tries: int = 0,
        **path_values: str,
    ) -> Any:
        """Call an operation and return its parsed answer (None for 204, bytes for an image).

        Args:
            name: the operation, see `operations.py`.
            subject: on whom, for messages.
            query, body, files: as the operation takes them; a file is name, content and type.
            tries: how often this call has waited for an extension that was just created.
            path_values: such as extensionId; accountId is filled in.

        Raises:
            NotAvailable: the account does not have this operation (known for a day without asking).
            NotFound: what the operation is about is not there, as RingCentral says of it, or as its list shows.
            Undecided: it is one or the other, and nothing shows which.
            ApiError: RingCentral said no.
            NoAnswer: no usable answer came; its `outcome_unknown` says whether it may have been done.
            LoginFailed, BudgetExhausted, InvalidInput.
            Stopped: the run was ended; nothing was sent.
        """
        operation = OPERATIONS[name]
        if operation.writes and self.read_only:
            raise RingCentralError(
                f"Internal error: a read-only run was about to {operation.doing} ({subject}).",
                "Report it as an error in this collection. Nothing was sent.",
                operation=operation.name,
            )
        known = self._store.get(self._lacks(name))
        if known:
            missing = NotAvailable(operation, subject, **known)
            missing.remembered = True
            raise missing
        values = {"accountId": self._account_id, **{key: str(value) for key, value in path_values.items()}}
        answer = self._send(operation, subject, values, query, body, files)
        if answer.status < 300 and not _refuses(answer.body):
            if operation.writes:
                self.usage.count_write(clear=True)
            self.has_answered |= operation.scim or "{accountId}" in operation.path
            return self._usable(operation, subject, answer)
        if 300 <= answer.status < 400:
            raise NoAnswer(
                f"Could not {operation.doing}: {self._http.server_url} answered {answer.status}, a redirect, which is not followed.",
                outcome_unknown=False,
                hint="Check server_url (RC_SERVER_URL).",
                operation=operation.name,
                status=answer.status,
                request_id=answer.request_id,
            )
        error = api_error(operation, subject, answer.status, answer.body, answer.request_id, values)
        unseen = isinstance(error, NotFound) or (isinstance(error, Undecided) and answer.status == 404)
        if unseen and self._wait_for_creation(path_values.get("extensionId", ""), tries):
            return self.call(name, subject=subject, query=query, body=body, files=files, tries=tries + 1, **path_values)
        raise self._decided(error, values) if isinstance(error, Undecided) else error

    def _decided(self, unclear: Undecided, values: Mapping[str, str]) -> ApiError:
        """What an answer means that leaves open whether the account lacks the operation; remembers that it does.

        One thing may be special (a number that can't be moved): of an operation that is about one, it takes two to say so.
        """
        error, seen = absence.decide(self, unclear, values)
        if isinstance(error, NotAvailable):
            name = error.operation.name
            before = self._store.get(self._lacks(name, "perhaps-"))
            if seen and before in (None, seen):
                self._store.put(self._lacks(name, "perhaps-"), seen, LACKS_SECONDS)
            else:
                self._store.put(self._lacks(name), {"status": error.status, "errors": error.errors}, LACKS_SECONDS)
        return error

    def either(self, *ways: Callable[[], What]) -> What:
        """The result of the first of these ways that the account has.

        Where it has none, what it was known to lack is asked for again: an account may have changed since.
        """
        missing: list[NotAvailable] = []
        for way in ways:
            try:
                return way()
            except NotAvailable as error:
                missing.append(error)
        for way, lacking in zip(ways, missing):
            if lacking.remembered:
                self._store.forget(self._lacks(lacking.operation.name))
                with contextlib.suppress(NotAvailable):
                    return way()
        raise missing[0]

    def _usable(self, operation: Operation, subject: str, answer: HttpAnswer) -> Any:
        """The body of an answer: what a read returns is an object or an image."""
        body = answer.body
        if isinstance(body, dict):
            problem = shapes.problem_of(operation.name, body)
            if problem:
                raise self.unusable_answer(operation, subject, problem, answer.request_id)
            return body
        if isinstance(body, bytes) or (body is None and (operation.writes or answer.status == 204)):
            return body
        raise self.unusable_answer(operation, subject, f"what it sent is {shapes.in_words(body)}", answer.request_id)

    @staticmethod
    def unusable_answer(operation: Operation, subject: str, why: str, request_id: str = "") -> NoAnswer:
        """The exception for an answer that does not report what it should; what was written may have been written."""
        about = f" ({subject})" if subject else ""
        where = f" [request id {request_id}]" if request_id else ""
        return NoAnswer(
            f"Could not {operation.doing}{about}, or could not verify it: RingCentral's answer is not usable: {why}{where}."
            " It does not count as an empty result.",
            outcome_unknown=operation.writes,
            hint="Check server_url, and run it again later.",
            operation=operation.name,
            request_id=request_id,
        )

    def note_created(self, extension_id: str, names: Mapping[str, Any]) -> None:
        """Remember for a while that this extension was just created: lists and reads may not show it yet.

        Args:
            names: what names it, by option.
        """
        self.keep(f"{CREATED}{extension_id}", dict(names), CREATED_SECONDS * self.window() / 60)

    def note_deleted(self, extension_id: str) -> None:
        """An extension is gone: nobody waits for it any more."""
        self.drop(f"{CREATED}{extension_id}")

    def just_created(self) -> dict[str, dict[str, Any]]:
        """What names extensions that were just created, by id."""
        return {key[len(CREATED) :]: names for key, names in self.kept(CREATED).items()}

    def _wait_for_creation(self, extension_id: str, tries: int) -> bool:
        """Whether an extension that is not there may be there soon; waits before it says so."""
        if not extension_id or tries >= len(CREATED_PAUSES) or extension_id not in self.just_created():
            return False
        self.usage.retries += 1
        self.pause(CREATED_PAUSES[tries] * self.window() / 60)
        return True

    def repeatable(self, name: str, **options: Any) -> Any:
        """`call`, for a write that sets a state regardless of what was before: sent once more where the answer was lost."""
        try:
            return self.call(name, **options)
        except NoAnswer as error:
            if not error.outcome_unknown:
                raise
            self.usage.retries += 1
            return self.call(name, **options)

    def records(self, name: str, **options: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """`call`, for a list: its records, and the whole answer. An answer without them is no empty list: NoAnswer."""
        operation = OPERATIONS[name]
        answer = self.call(name, **options) or {}
        found = answer.get("Resources" if operation.scim else "records")
        if isinstance(found, list) and all(isinstance(record, dict) for record in found):
            return found, answer
        paging = answer.get("paging") or {}
        total = answer.get("totalResults") if operation.scim else paging.get("totalElements", paging.get("totalFound"))
        if found is None and total is not None and str(total) == "0":
            return [], answer
        why = (
            f"its records are {shapes.in_words(found)}"
            if found is not None
            else "it has no records, and does not say 0"
        )
        raise self.unusable_answer(operation, str(options.get("subject") or ""), why)

    def made(self, name: str, **options: Any) -> dict[str, Any]:
        """`call`, for what makes something: the answer has its id. Where it has none, only the account shows: NoAnswer."""
        record: dict[str, Any] = self.call(name, **options) or {}
        if record.get("id") is None:
            raise self.unusable_answer(
                OPERATIONS[name], str(options.get("subject") or ""), "it has no id of what was made"
            )
        return record

    def pages(self, name: str, query: Mapping[str, Any] | None = None, **path_values: Any) -> Iterator[dict[str, Any]]:
        """All records of a list, page after page; each once, also when the list shifts between two pages."""
        if not OPERATIONS[name].paged:
            yield from self.records(name, query=query, **path_values)[0]
            return
        seen: set[Any] = set()
        page = 1
        while True:
            wanted = {**(query or {}), "page": page, "perPage": PAGE_SIZE}
            records, answer = self.records(name, query=wanted, **path_values)
            has_new = False
            for record in records:
                key = record.get("id", record.get("extensionId"))
                if key is None or key not in seen:
                    has_new = True
                    seen.add(key)
                    yield record
            paging = answer.get("paging") or {}
            more = (answer.get("navigation") or {}).get("nextPage") is not None  # regardless of what is in it
            total = paging.get("totalPages")
            if total is not None:
                more = page < int(total)
            elif not answer.get("navigation"):  # neither is there: a full page may have a successor
                more = len(records) >= int(paging.get("perPage") or PAGE_SIZE)
            if page == 1 and not records and int(paging.get("totalElements") or 0) > 0:
                why = f"it says that there are {paging['totalElements']} records, and has none"
                raise self.unusable_answer(OPERATIONS[name], str(path_values.get("subject") or ""), why)
            # Of a page with nothing new, only the server's own word that there is more makes an error.
            says = total is not None or (records and answer.get("navigation"))
            if not more or (not has_new and (page == 1 or not says)):
                return
            self.check_page(name, page, has_new, str(path_values.get("subject") or ""))
            page += 1

    def check_page(self, name: str, page: int, has_new: bool = True, subject: str = "") -> None:
        """See that a list, which says that it goes on after this page, does so, and ends. Raises NoAnswer."""
        if not has_new:
            why = f"it says that there is more after page {page}, and this page has nothing new"
            raise self.unusable_answer(OPERATIONS[name], subject, why)
        if page >= MOST_PAGES:
            raise self.unusable_answer(OPERATIONS[name], subject, f"it does not end after {MOST_PAGES} pages")

    def everything(self, name: str, **path_values: Any) -> Iterator[dict[str, Any]]:
        """All records of a list, of REST or SCIM."""
        if not OPERATIONS[name].scim:
            yield from self.pages(name, **path_values)
            return
        start, page, total = 1, 0, 1
        while start <= total:
            self.check_page(name, page)
            records, answer = self.records(name, query={"startIndex": start, "count": PAGE_SIZE}, **path_values)
            yield from records
            start += len(records)
            page += 1
            total = int(answer.get("totalResults") or 0) if records else 0

    def lacks(self, name: str) -> bool:
        """Whether the account is known not to have an operation."""
        return self._store.get(self._lacks(name)) is not None

    def _lacks(self, name: str, kind: str = "") -> str:
        return f"{kind}lacks:{self._owner}:{self._account_id}:{name}"

    def limit_of(self, name: str) -> RateLimit:
        """The rate limit of an operation, as far as it is known."""
        return self._http.budget.limit_of(OPERATIONS[name])

    def reserve(self, name: str) -> Callable[[int, Mapping[str, str]], None]:
        """Take a slot for a request that goes by another way than HTTP; what is returned is given its answer.

        Raises BudgetExhausted.
        """
        budget = self._http.budget
        slot = budget.take(OPERATIONS[name])

        def answered(status: int, headers: Mapping[str, str]) -> None:
            from requests.structures import CaseInsensitiveDict

            budget.answered(slot, status, CaseInsensitiveDict(headers))

        return answered

    def window(self) -> float:
        """The length of the server's window in seconds; waits between polls are measured by it."""
        return self._http.budget.window

    def pause(self, seconds: float) -> None:
        """Sleep between polls. Raises Stopped as soon as the run has to end."""
        self._http.budget.stop.wait(seconds)

    def waiting_for(self) -> str:
        """The usage plan that is waited for at the moment, if any."""
        return self._http.budget.waiting_for

    def keep(self, name: str, value: Any, seconds: float) -> None:
        """Remember something for the next runs, too."""
        self._store.put(f"kept:{self._owner}:{self._account_id}:{name}", value, seconds)

    def kept(self, name: str) -> dict[str, Any]:
        """What `keep` remembers, of all names that begin so."""
        prefix = f"kept:{self._owner}:{self._account_id}:"
        return {key[len(prefix) :]: value for key, value in self._store.facts(prefix + name).items()}

    def drop(self, name: str) -> None:
        """Forget what `keep` remembers."""
        self._store.forget(f"kept:{self._owner}:{self._account_id}:{name}")

    @property
    def has_app_secret(self) -> bool:
        """Whether there is the app's secret, by which `mark_of` makes marks that outlive tokens."""
        return self._tokens.has_app_secret

    def mark_of(self, text: str, own_key: str = "") -> str:
        """By which a text is known again later; worth nothing in itself. Marks begin with their key's name and a colon."""
        return self._tokens.mark_of(text, own_key)

    @property
    def clock_ahead(self) -> float | None:
        """Seconds that this host's clock is ahead of the server's; None as long as the server has not said its time."""
        return self._http.clock_ahead

    def remembered(self, name: str, read: Any, seconds: float) -> Any:
        """A fact about the account that rarely changes, read by `read()` once in so many seconds."""
        key = f"known:{self._owner}:{self._account_id}:{name}"
        value = self._store.get(key)
        if value is None:
            value = read()
            self._store.put(key, value, seconds)
        return value

    def alone(self, name: str) -> contextlib.AbstractContextManager[None]:
        """One process of this credential at a time."""
        return self._store.lock(f"{name}-{self._owner}")

    def forget(self, name: str) -> None:
        """Forget what `remembered` keeps."""
        self._store.forget(f"known:{self._owner}:{self._account_id}:{name}")

    def _send(
        self,
        operation: Operation,
        subject: str,
        path_values: Mapping[str, str],
        query: Mapping[str, Any] | None,
        body: Any,
        files: Mapping[str, tuple[str, bytes, str]] | None,
    ) -> HttpAnswer:
        """Send, and send again where nothing can have been done by the first."""
        token = self._tokens.get()
        renewals = failures = refusals = locks = 0
        while True:
            try:
                answer = self._http.send(operation, bearer(token), path_values, query, body, files=files)
            except NoAnswer as error:
                failures += 1
                unsafe = operation.writes and error.outcome_unknown
                if unsafe:
                    self.usage.count_write(clear=False)
                enough = unsafe or error.lasting or failures >= READ_TRIES
                if enough or not self._http.budget.back_off(failures):
                    raise (error.about(subject) if subject else error) from error
                continue
            if answer.status == 401 and renewals < TOKEN_TRIES:
                renewals += 1  # a token may be revoked as soon as it is given
                refusal = api_error(operation, subject, answer.status, answer.body, answer.request_id).facts()
                token = self._tokens.renew(
                    token, **{name: refusal[name] for name in ("operation", "codes", "request_id")}
                )
                self.usage.retries += 1
            elif answer.status == 429 and refusals < LIMIT_TRIES:
                refusals += 1  # it was not carried out; `take` waits until the penalty has passed
                if answer.error_code != "CMN-304":
                    self.usage.retries += 1
                elif not self._http.budget.back_off(refusals):
                    return answer
            elif is_busy(answer.status, errors_of(answer.body)):
                locks += 1  # it was not carried out, regardless of what it is; waited for as long as `max_wait` lets
                wait = retry_after(answer.headers) or 0.0
                if not self._http.budget.back_off(locks, at_least=wait):
                    return answer
            elif answer.status >= 500 and answer.status != 501 or (answer.unreadable and answer.status < 400):
                failures += 1
                wait = retry_after(answer.headers) or 0.0
                enough = operation.writes or failures >= READ_TRIES
                if operation.writes:
                    self.usage.count_write(clear=False)
                if enough or not self._http.budget.back_off(failures, at_least=wait):
                    raise self._unusable(operation, subject, answer)
            else:
                return answer

    def _unusable(self, operation: Operation, subject: str, answer: HttpAnswer) -> RingCentralError:
        if answer.unreadable and answer.status < 400:
            about = f" ({subject})" if subject else ""
            return NoAnswer(
                f"Could not {operation.doing}{about}, or could not verify it: RingCentral answered {answer.status} with"
                f" something that is not JSON [request id {answer.request_id}].",
                outcome_unknown=operation.writes,
                hint="Check server_url, and run it again later.",
                operation=operation.name,
                status=answer.status,
                request_id=answer.request_id,
            )
        error = api_error(operation, subject, answer.status, answer.body, answer.request_id)
        return NoAnswer.after(error) if operation.writes else error


def _refuses(body: Any) -> bool:
    """Whether an answer says no although its status does not."""
    if not isinstance(body, dict) or "id" in body or any(isinstance(body.get(key), list) for key in _LISTS):
        return False
    return bool(body.get("errorCode")) or any(error.get("errorCode") for error in errors_of(body))
