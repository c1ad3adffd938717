# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One test user from creation to removal: the work of rc_account_trial. It touches nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._resources import caller_id, extension, extension_bulk, extension_calls, phone_number, role
from ..._resources.fields import Json, check_email, dig
from ..._transport.client import CREATED_PAUSES
from ..._transport.errors import ApiError, InvalidInput, NoAnswer, NotAvailable, RingCentralError, Stopped
from ..._transport.shapes import UNEXPECTED
from .._run.context import Context, Result
from .._run.words import counted
from .masking import Mask

CONSENT = "I agree that one test user is created and removed"
FIRST_NAME, LAST_NAME = "Trial", "Please ignore"
# Values that servers like to keep in a form of their own: doubled and trailing blanks, a decomposed letter, E.164.
FORMS = {"jobTitle": "Trial  Agent ", "department": "Zu\u0308rich", "businessPhone": "+14155550123"}
# How often a bulk update is followed, and the pause between, as a part of the server's window.
POLLS, PAUSE = 12, 1 / 30
# In this order; what is expected of each.
EXPECTED: dict[str, str] = {
    "create": "the user is NotActivated",
    "read at once": "the new user can be read at once",
    "line": "no phone number comes with it",
    "same address": f"a second user may have the address, or is refused with {extension_calls.DUPLICATE}",
    "taken number": f"an extension number that is taken is refused with {extension_calls.DUPLICATE}",
    "update": "values are kept as they are sent",
    "left out": "what an update leaves out stays",
    "pronounced name": "pronouncedName can be set to Default",
    "update of many": "the task is Completed, and the value is there",
    "role": "the roles are those that were sent",
    "number": "the number is the user's",
    "suspend": "the user is Disabled",
    "enable": "the user is Enabled",
    "delete Enabled": "is refused",
    "delete": "the user is deleted",
    "gone": "a read says 404 CMN-102",
    "number kept": "the number is in the inventory again",
}


class _Trial:
    """Takes the steps, and notes the result of each. Only extensions that it has created are ever written to."""

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client = context.client
        self._email = str(options["email"]).strip()
        self._role = options.get("role")
        self._number = options.get("phone_number")
        self._subject = f"the test user {self._email}"
        self._mask = Mask()
        self._created: list[str] = []  # and not removed yet
        self._ever: list[str] = []
        self.lost = False  # a creation got no answer, and nobody was found that it made
        self.steps: list[Json] = []

    def prepare(self) -> tuple[str | None, Json | None]:
        """Everything that can be found wrong before anything is sent: the role's id and the number's record."""
        if check_email(self._email):
            raise InvalidInput(f"email '{self._email}' {check_email(self._email)}. Nothing was sent.", "email")
        with_address = extension_calls.listed(self._client, {"email": self._email})
        if with_address:
            who = extension.describe(with_address[0])
            raise InvalidInput(
                f"{self._email} is that of {who}. Nothing was done.",
                "email",
                "The trial needs an address that nobody has.",
            )
        role_id = self._context.names.id_of("role", str(self._role), "role") if self._role else None
        record = phone_number.find(self._client, str(self._number), None) if self._number else None
        if record and phone_number.as_returned(record)["usage_type"] != phone_number.INVENTORY:
            raise InvalidInput(
                f"{self._number} is not in the inventory, so a user may have it. Nothing was done.",
                "phone_number",
                "Name a number that is in the inventory.",
            )
        return role_id, record

    def planned(self) -> list[str]:
        """The steps that there will be."""
        without = set() if self._number else {"number", "number kept"}
        return [step for step in EXPECTED if step not in without]

    def run(self, role_id: str | None, number: Json | None) -> None:
        """All steps. Raises what ends the run; what one step is refused is only noted."""
        key = self._create()
        if not key:
            return
        own: Json = self._tried("read at once", lambda: self._read_soon(key)) or {}
        self._tried("line", lambda: self._line(key))
        self._tried("same address", self._create_again)
        self._tried("taken number", lambda: self._take_number(key))
        self._tried("update", lambda: self._forms(key))
        self._tried("left out", lambda: self._left_out(key))
        self._tried("pronounced name", lambda: self._pronounced(key))
        self._tried("update of many", lambda: self._bulk(key))
        self._tried("role", lambda: self._assign(key, role_id, own))
        if number:
            self._tried("number", lambda: self._give(key, number))
        self._tried("suspend", lambda: self._status(key, "Disabled"))
        self._tried("enable", lambda: self._status(key, "Enabled"))
        self._tried("delete Enabled", lambda: self._delete_enabled(key))
        if key in self._created:
            self._tried("delete", lambda: self._delete_disabled(key))
        self._tried("gone", lambda: self._look_for(key))
        if number:
            self._tried("number kept", self._look_for_number)

    def clean_up(self) -> list[str]:
        """Remove what was created and is there still; returns the ids of what could not be removed.

        What was just created may not be seen yet, which is not the same as gone: the account's list has the last word.
        """
        for key in list(self._created):
            try:
                self._put(key, {"status": "Disabled"})
            except RingCentralError:
                pass  # it may be NotActivated, or gone: the deletion reports
            try:
                self._delete(key)
            except RingCentralError:
                continue
        remaining: set[str] = set()
        for pause in (0.0, *CREATED_PAUSES) if self._ever else ():
            try:
                self._client.pause(pause * self._client.window() / 60)
                found = extension_calls.listed(self._client, {"email": self._email})
            except RingCentralError:
                break
            remaining = {str(record["id"]) for record in found} & set(self._ever)
            if not remaining:
                break
        return sorted({*self._created, *remaining})

    # --- steps ----------------------------------------------------------------------------------

    def _create(self) -> str:
        try:
            record = self._new_user()
        except ApiError as error:
            self._refused("create", error)
            return ""
        status = record.get("status")
        self._note("create", f"the user is {status}", status == "NotActivated")
        return str(record["id"])

    def _new_user(self) -> Json:
        """Create a test user. Where the answer is lost, anyone who has the address and the names is the test user."""
        try:
            record = extension_calls.create_once(self._client, self._body(), self._subject)
        except NoAnswer as error:
            if error.outcome_unknown:
                self.lost = not self._find_lost()
            raise
        self._note_created(record)
        return record

    def _find_lost(self) -> bool:
        for pause in (0.0, *CREATED_PAUSES):
            self._client.pause(pause * self._client.window() / 60)
            for found in extension_calls.listed(self._client, {"email": self._email}):
                contact = found.get("contact") or {}
                named = (contact.get("firstName"), contact.get("lastName")) == (FIRST_NAME, LAST_NAME)
                if named and str(found["id"]) not in self._ever:
                    self._note_created(found)
                    return True
        return False

    def _note_created(self, record: Json) -> str:
        key = str(record["id"])
        self._mask.learn(record)
        self._created.append(key)
        self._ever.append(key)
        return key

    def _body(self) -> Json:
        contact = {"firstName": FIRST_NAME, "lastName": LAST_NAME, "email": self._email}
        return {"type": "User", "contact": contact}

    def _read_soon(self, key: str) -> Json:
        before = self._client.usage.retries  # the client waits for what was just created
        record = extension_calls.read(self._client, key)
        again = self._client.usage.retries - before
        self._note("read at once", f"it could be after {again + 1} reads" if again else "it can", not again)
        return record

    def _line(self, key: str) -> None:
        numbers = phone_number.of_extension(self._client, key, self._subject)
        try:
            devices = counted(len(caller_id.devices(caller_id.read(self._client, key, self._subject))), "device")
        except ApiError:
            devices = "an unknown number of devices"
        self._note("line", f"{counted(len(numbers), 'number')} and {devices}", not numbers)

    def _create_again(self) -> None:
        record = self._new_user()
        self._note("same address", "a second user was created, and is removed as well", True)
        self._remove_second(str(record["id"]))

    def _remove_second(self, key: str) -> None:
        try:
            self._delete(key)
        except RingCentralError:
            pass  # `clean_up` tries again

    def _take_number(self, key: str) -> None:
        own = extension_calls.read(self._client, "~").get("extensionNumber")
        if not own:
            self._note("taken number", "not tried: the caller has no extension number", None)
            return
        self._put(key, {"extensionNumber": str(own)})
        self._note("taken number", "it was given to the test user as well", False)

    def _forms(self, key: str) -> None:
        self._put(key, {"contact": FORMS})
        contact = extension_calls.read(self._client, key).get("contact") or {}
        other = [
            f"{name} {sent!a} as {contact.get(name)!a}" for name, sent in FORMS.items() if contact.get(name) != sent
        ]
        self._note("update", "; ".join(other) or "as they were sent", not other)

    def _left_out(self, key: str) -> None:
        contact = extension_calls.read(self._client, key).get("contact") or {}
        lost = [name for name in ("firstName", "lastName", "email") if not contact.get(name)]
        self._note("left out", f"{', '.join(lost)} cleared" if lost else "it stays", not lost)
        if lost:
            self._put(key, {"contact": {**self._body()["contact"], **FORMS}})

    def _pronounced(self, key: str) -> None:
        self._put(key, {"contact": {"pronouncedName": {"type": "Default"}}})
        self._note("pronounced name", "it was taken", True)

    def _bulk(self, key: str) -> None:
        contact = {**self._body()["contact"], "department": "Trial"}
        task = extension_bulk.start_update(self._client, [{"id": key, "contact": contact}], self._subject)
        for _poll in range(POLLS):
            if extension_bulk.has_ended(task):
                break
            self._client.pause(self._client.window() * PAUSE)
            task = extension_bulk.read_update(self._client, str(task["id"]))
        errors = extension_bulk.update_errors(task, [key]).get(key) if extension_bulk.has_ended(task) else None
        codes = ", ".join(str(error.get("errorCode")) for error in errors or [])
        kept = dig(extension_calls.read(self._client, key), ("contact", "department")) == "Trial"
        outcome = f"the task is {task.get('status')}{f' with {codes}' if codes else ''}, the value is {'there' if kept else 'not there'}"
        self._note("update of many", outcome, task.get("status") == "Completed" and kept)

    def _assign(self, key: str, role_id: str | None, own: Mapping[str, Any]) -> None:
        roles = [role_id] if role_id else [str(item["id"]) for item in own.get("roles") or []]
        if not roles:
            self._note("role", "not tried: no role was named, and the user has none", None)
            return
        given = role.assign(self._client, self._mine(key), roles, self._subject)
        same = {item["id"] for item in given} == set(roles)
        self._note(
            "role", f"of {len(roles)} there are {len(given)}, {'those' if same else 'not those'} that were sent", same
        )

    def _give(self, key: str, number: Json) -> None:
        given = phone_number.assign(self._client, number, phone_number.DIRECT, self._mine(key), self._subject)
        owner = str(dig(given, ("extension", "id")))
        self._note("number", f"{given.get('usageType')}{'' if owner == key else ', not of the user'}", owner == key)

    def _status(self, key: str, status: str) -> None:
        self._put(key, {"status": status})
        now = extension_calls.read(self._client, key).get("status")
        self._note("suspend" if status == "Disabled" else "enable", f"the user is {now}", now == status)

    def _delete_enabled(self, key: str) -> None:
        now = extension_calls.read(self._client, key).get("status")
        if now != "Enabled":
            self._note("delete Enabled", f"not tried: the user is {now}", None)
            return
        self._delete(key)
        self._note("delete Enabled", "the user was deleted", False)

    def _delete_disabled(self, key: str) -> None:
        self._put(key, {"status": "Disabled"})
        self._delete(key)
        self._note("delete", "the user is deleted", True)

    def _look_for(self, key: str) -> None:
        now = extension_calls.read(self._client, key).get("status")
        self._note("gone", f"the user can still be read, as {now}", False)

    def _look_for_number(self) -> None:
        usage = phone_number.as_returned(phone_number.find(self._client, str(self._number), None))["usage_type"]
        self._note("number kept", f"its usage type is {usage}", usage == phone_number.INVENTORY)

    # --- what they share ------------------------------------------------------------------------

    def _mine(self, key: str) -> str:
        """The id of an extension that this trial has created. Nothing else may be written to."""
        if key not in self._created:
            raise RuntimeError("Internal error: the trial was about to change an extension that it has not created.")
        return key

    def _put(self, key: str, body: Json) -> None:
        self._client.call(extension_calls.UPDATE, extensionId=self._mine(key), body=body, subject=self._subject)

    def _delete(self, key: str) -> None:
        """Delete one of the trial's own extensions. Raises ApiError with RingCentral's code where it refuses.

        It has to be seen first, which the client waits for: what is not seen yet would count as gone.
        """
        extension_calls.read(self._client, self._mine(key))
        extension_calls.delete(self._client, self._mine(key), True, self._subject)
        self._created.remove(key)

    def _tried(self, step: str, take: Callable[[], Any]) -> Any:
        try:
            return take()
        except Stopped:
            raise
        except NotAvailable as error:
            self._note(step, "the account does not have this operation", None, error)
        except ApiError as error:
            self._refused(step, error)
        except RingCentralError as error:
            self._note(step, self._mask.text(str(error)), None)
        except UNEXPECTED as error:
            self._note(step, f"RingCentral answered in a form that is not known ({type(error).__name__})", None)
        return None

    def _refused(self, step: str, error: ApiError) -> None:
        """Which refusals are as expected is known by the step."""
        message = self._mask.text(str(error.errors[0].get("message") or ""))
        found = f"refused with {error.status} {error.code or 'without a code'}: {message}"
        expected = {
            "same address": error.code == extension_calls.DUPLICATE,
            "taken number": error.code == extension_calls.DUPLICATE,
            "delete Enabled": error.status in (400, 403, 409),
            "gone": (error.status, error.code) == (404, "CMN-102"),
        }
        self._note(step, found, expected.get(step, False), error)

    def _note(self, step: str, found: str, as_expected: bool | None, error: ApiError | None = None) -> None:
        self.steps.append(
            {
                "step": step,
                "expected": EXPECTED[step],
                "found": found,
                "as_expected": as_expected,
                "status": error.status if error else None,
                "code": error.code if error else "",
            }
        )


def account_trial(context: Context, options: Mapping[str, Any]) -> Result:
    """Run the trial with one test user, and report what is not as expected."""
    trial = _Trial(context, options)
    role_id, number = trial.prepare()
    if context.check_mode:
        steps = [
            {"step": step, "expected": EXPECTED[step], "found": "", "as_expected": None} for step in trial.planned()
        ]
        return Result({"trial": {"steps": steps, "removed": None}}, changed=True)
    ended = ""
    try:
        trial.run(role_id, number)
    except RingCentralError as error:
        ended = str(error)
    finally:
        left = trial.clean_up()
    result = Result({"trial": {"steps": trial.steps, "removed": not left and not trial.lost}}, changed=True)
    if left:
        result.failure = (
            f"The test user {options['email']} could not be removed: delete the extensions with id {', '.join(left)} in the"
            f" Admin Portal. {ended}"
        ).strip()
    elif trial.lost:
        result.failure = (
            "Whether a test user was created is not known, since an answer was lost: look for"
            f" {options['email']} in the Admin Portal. {ended}"
        ).strip()
    elif ended:
        result.failure = f"The trial ended early, and the test user is removed. {ended}"
    return result
