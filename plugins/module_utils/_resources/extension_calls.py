# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that list extensions, and those that find, create, update and delete one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .._transport.client import CREATED_PAUSES, Client
from .._transport.errors import ApiError, InvalidInput, NoAnswer, NotFound, Unknown
from .._transport.refusals import api_error
from .._transport.operations import OPERATIONS
from . import extension_bulk
from .extension import (
    SELECTORS,
    Change,
    cleared,
    describe,
    employee_id,
    is_same_person,
    meant_by_email,
    option_of,
    update_body,
)
from .fields import Field, Found, Json, Names, same_email, same_text
from .learned import Learned

# The operations by name, for callers that need their rate limits, or whether the account has them.
LIST = "listExtensions"
READ = "readExtension"
CREATE = "createExtension"
UPDATE = "updateExtension"
DELETE = "deleteExtension"
# What many extensions of an account have alike.
_ALIKE = ("type", "status", "roles", "site", "costCenter", "regionalSettings", "setupWizardState")
# What names an extension that has no id yet.
_NAMES = tuple(option for option in SELECTORS if option != "extension_id")
# What RingCentral says of a value that another extension has.
DUPLICATE = "CMN-406"


def listed(client: Client, query: Mapping[str, Any] | None = None) -> list[Json]:
    """The extensions that match, as lists report them: one Medium request for each thousand.

    What is equal in many of them is one object, which nobody changes: that is half of the memory that 50,000 take.
    """
    known: Json = {}
    records = []
    for record in client.pages(LIST, query):
        for name in _ALIKE:
            if name in record:
                record[name] = known.setdefault(repr(record[name]), record[name])
        records.append(record)
    return records


def selector(options: Mapping[str, Any]) -> tuple[str, str]:
    """The option that names the extension, and its value. Raises InvalidInput when there is none."""
    for option in SELECTORS:
        if options.get(option):
            return option, str(options[option])
    raise InvalidInput(f"Say which extension: one of {', '.join(SELECTORS)} is needed.", SELECTORS[0])


def find(client: Client, options: Mapping[str, Any], everyone: Sequence[Json] | None = None) -> Found:
    """The extension that the selector names.

    An e-mail address means a person; `others` are the extensions that have it, too. A person without the employee id who
    has the e-mail is taken to be the one who was asked for.

    Args:
        everyone: all extensions, where they were listed already.

    Raises InvalidInput when two extensions match.
    """
    option, value = selector(options)
    holders: list[Json] = []
    if option == "extension_id":
        try:
            return Found(read(client, value), complete=True)
        except NotFound:
            return Found(None, complete=True)
    if option == "employee_id":
        everyone = listed(client) if everyone is None else everyone
        # Whether case counts is nowhere documented: E7 and e7 may be one person, and nobody is created twice.
        alike = [record for record in everyone if same_email(employee_id(record)) == same_email(value)]
        matches = [record for record in alike if same_text(employee_id(record)) == same_text(value)]
        if not matches and alike:
            raise InvalidInput(
                f"No extension has employee_id '{value}', and {describe(alike[0])} has employee_id '{employee_id(alike[0])}'.",
                "employee_id",
                "Write it in the same way, or select by extension_id.",
            )
        if not matches and options.get("email"):
            holders = _by_email([record for record in everyone if record.get("contact")], str(options["email"]))
            matches = meant_by_email(holders, options.get("type"))
            _same_person(matches, value)
    elif option == "email":
        if everyone is None:
            holders = _by_email(listed(client, {"email": value}), value)
        else:
            holders = _by_email([record for record in everyone if record.get("contact")], value)
        matches = meant_by_email(holders, options.get("type"))
    else:
        records = listed(client, {"extensionNumber": value}) if everyone is None else everyone
        matches = [record for record in records if record.get("extensionNumber") == value]
    if not matches:
        matches = _just_created(client, option, value, options.get("type"))
    if len(matches) > 1:
        both = " and ".join(describe(record) for record in matches)
        raise InvalidInput(
            f"{option} '{value}' matches {len(matches)} extensions: {both}.", option, "Use extension_id."
        )
    others = [record for record in holders if record not in matches]
    return Found(matches[0] if matches else None, complete=False, others=tuple(others))


def _just_created(client: Client, option: str, value: str, kind: str | None) -> list[Json]:
    """The extension that was created a moment ago, and that no list shows yet."""
    for key, names in client.just_created().items():
        if same_email(names.get(option)) != same_email(value):
            continue
        record = read_created(client, key)
        if record is None or same_email(option_of(record, option) or value) != same_email(value):
            continue  # deleted or changed since
        if option != "email" or meant_by_email([record], kind):
            return [record]
    return []


def unlisted(client: Client, everyone: Sequence[Json], some: Iterable[Mapping[str, Any]]) -> list[str]:
    """Ids of those of `some` who were created a moment ago, and are not in the list of everyone yet."""
    created = client.just_created()
    if not created:
        return []
    ids = {str(record["id"]) for record in everyone}
    wanted = {(option, same_email(options.get(option))) for options in some for option in _NAMES if options.get(option)}
    return [
        key
        for key, names in created.items()
        if key not in ids and not wanted.isdisjoint((option, same_email(names.get(option))) for option in _NAMES)
    ]


def not_listed_yet(client: Client, found: Sequence[Json], filters: Mapping[str, Any]) -> list[Json]:
    """Who was created a moment ago, is asked for by e-mail address or extension number, and is not in the list yet.

    Args:
        filters: values that match, or one, by option.
    """
    wanted = {
        option: values if isinstance(values, list) else [values]
        for option in ("email", "extension_number", "status", "type")
        if (values := filters.get(option))
    }
    some = [{option: value} for option in ("email", "extension_number") for value in wanted.get(option, ())]
    created = (read_created(client, key) for key in (unlisted(client, found, some) if some else ()))
    return [
        record
        for record in created
        if record and all(same_email(option_of(record, option)) in map(same_email, wanted[option]) for option in wanted)
    ]


def read_created(client: Client, extension_id: str) -> Json | None:
    """Somebody who was created a moment ago, which is waited for; None where the extension was deleted since."""
    try:
        return read(client, extension_id)
    except NotFound:
        client.note_deleted(extension_id)
        return None


def note_created(client: Client, record: Mapping[str, Any]) -> None:
    """Remember somebody who was created: RingCentral may show the extension later."""
    client.note_created(str(record["id"]), {option: option_of(record, option) for option in _NAMES})


def locate(
    client: Client, options: Mapping[str, Any], everyone: Sequence[Json] | None = None
) -> tuple[str, str, Json | None]:
    """Id of the extension that the selector names, how to call it in messages, and its record where one was read.

    An extension_id is taken as it is: the request that follows finds out whether there is one.
    """
    option, value = selector(options)
    if option == "extension_id":
        return value, f"extension id {value}", None
    record = find(client, options, everyone).record
    if record is None:
        raise Unknown(f"There is no extension with {option} '{value}'. Nothing was changed.", option)
    return str(record["id"]), describe(record), record


def locate_all(client: Client, some: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Id of each extension that a selector names, and how to call it: one list for all of them, or a look for one."""
    searched = [options for options in some if selector(options)[0] != "extension_id"]
    everyone = listed(client) if len(searched) > 1 else None
    return [locate(client, options, everyone)[:2] for options in some]


def _by_email(records: list[Json], email: str) -> list[Json]:
    # In a filtered list, a record without a contact was matched by the server alone.
    return [
        record
        for record in records
        if record.get("contact") is None or same_email(option_of(record, "email")) == same_email(email)
    ]


def _same_person(found: list[Json], wanted: str) -> None:
    for record in found:
        other = employee_id(record)
        if other:
            raise InvalidInput(
                f"No extension has employee_id '{wanted}', and {describe(record)}, who has this"
                f" e-mail, has employee_id '{other}'.",
                "employee_id",
                "Correct one of them, or select by extension_id.",
            )


def read(client: Client, extension_id: str) -> Json:
    """One complete extension."""
    record: Json = client.call(READ, extensionId=extension_id, subject=f"extension id {extension_id}")
    return record


def create(client: Client, body: Json, subject: str, find_again: Callable[[], Json | None]) -> tuple[Json, bool]:
    """Create an extension. Where the answer was lost, it is looked for before anything is sent again.

    Returns the record, and whether this call made it: somebody else may have created the same person meanwhile.
    """
    lost = False
    try:
        try:
            return create_once(client, body, subject), True
        except NoAnswer as error:
            if not error.outcome_unknown:
                raise
        client.usage.retries += 1
        lost = True
        return _look_for(client, find_again, CREATED_PAUSES) or create_once(client, body, subject), True
    except ApiError as error:
        if error.code == DUPLICATE:
            # Somebody else's number is no news that could still come in.
            wait = lost or "extensionNumber" not in str(error.parameter)
            found = _look_for(client, find_again, CREATED_PAUSES if wait else ())
            if found and is_same_person(found, body):
                return found, lost
        if error.no_license:
            return _onto_seat(client, body, subject, error), True
        raise


def _look_for(client: Client, find_again: Callable[[], Json | None], pauses: Sequence[float]) -> Json | None:
    """Look for somebody who was created just now, and that RingCentral may show later."""
    for pause in (0.0, *pauses):
        if pause:
            client.pause(pause * client.window() / 60)
        found = find_again()
        if found:
            return found
    return None


def create_once(client: Client, body: Json, subject: str) -> Json:
    """Create an extension by one request, regardless of the result."""
    record = client.made(CREATE, body=body, subject=subject)
    note_created(client, {**body, **record})
    return record


def _onto_seat(client: Client, body: Json, subject: str, no_license: ApiError) -> Json:
    """Put a new user on a paid seat that waits (an Unassigned extension).

    Practice has it that contact, status and login name must come together: the contact alone leaves a record that
    nobody can use.
    """
    if body["type"] != "User":
        raise no_license
    with client.alone("seats"):
        query = {"status": "Unassigned", "type": "User", "perPage": 1}
        seats, _answer = client.records(LIST, query=query, subject=subject)
        if not seats:
            raise no_license
        on_seat: Json = {"status": "NotActivated", **{key: value for key, value in body.items() if key != "type"}}
        on_seat["contact"] = {"emailAsLoginName": True, **body.get("contact", {})}
        for only_at_creation in ("hidden", "costCenter"):
            on_seat.pop(only_at_creation, None)
        return update(client, str(seats[0]["id"]), on_seat, subject)


def update(client: Client, extension_id: str, body: Json, subject: str) -> Json:
    """Update an extension by one request. It sets a state, so it may be repeated."""
    answer = client.repeatable(UPDATE, extensionId=extension_id, body=body, subject=subject)
    return _record_of_answer(client, extension_id, answer)


def _record_of_answer(client: Client, extension_id: str, answer: Any) -> Json:
    # An answer without the extension reports nothing of what was done.
    return answer if isinstance(answer, dict) and answer.get("id") else read(client, extension_id)


def _update_with(client: Client, extension_id: str, body: Json, more: Mapping[str, Any], subject: str) -> Json:
    """An update, and with it what must not be done twice: where the answer was lost, the update alone is repeated."""
    try:
        answer = client.call(UPDATE, extensionId=extension_id, body={**body, **more}, subject=subject)
    except NoAnswer as error:
        if not error.outcome_unknown:
            raise
        client.usage.retries += 1
        return update(client, extension_id, body, subject) if body else read(client, extension_id)
    return _record_of_answer(client, extension_id, answer)


def change(
    client: Client,
    record: Mapping[str, Any],
    changed: list[Change],
    wanted: Mapping[str, Any],
    names: Names,
    subject: str,
    more: Mapping[str, Any] | None = None,
) -> Json:
    """Make an extension as wanted by sending what changes; returns the extension as it is then.

    RingCentral sets what an update names. The guide has it that an update replaces the whole extension: a server that is
    seen to clear what was left out gets all of it back at once, and from then on the whole each time.

    Args:
        record: the complete extension, as it was read.
        more: what else an update can do, such as to send an e-mail; it is never sent a second time.
    """
    learned, extension_id = Learned(client), str(record["id"])
    whole = learned.put_replaces
    body = update_body(record, changed, wanted, names, whole)
    try:
        if more:
            now = _update_with(client, extension_id, body, more, subject)
        else:
            now = update(client, extension_id, body, subject)
    except ApiError as error:
        rest = [one for one in changed if not one.field.tried]
        if len(rest) == len(changed) or not refuses(error, next(one.field for one in changed if one.field.tried)):
            raise
        now = change(client, record, rest, wanted, names, subject, more) if rest or more else dict(record)
        for one in changed:
            if one.field.tried:
                learned.note_refused(one.field.option)
        return now
    lost = cleared(record, now, changed)
    if lost:  # unless the answer alone leaves it out
        now = read(client, extension_id)
        lost = cleared(record, now, changed)
    if not whole:
        learned.note_put(bool(lost))
    if lost:
        again = [one for one in changed if not one.field.secret]
        now = update(client, extension_id, update_body(record, again, wanted, names, whole=True), subject)
    return now


def refuses(error: ApiError, field: Field) -> bool:
    """Whether an update was refused because it does not take a field: its value is another matter."""
    return error.status == 400 and error.parameter in (None, field.path[0])


def delete(client: Client, extension_id: str, keep_assets: bool, subject: str) -> None:
    """Delete an extension that nobody uses any more; what is gone already is fine."""
    if extension_id in client.just_created():
        read(client, extension_id)  # waits until it is there: what is not there yet would count as gone
    for attempt in (1, 2):
        try:
            _delete(client, extension_id, keep_assets, subject)
            return
        except NotFound:
            return
        except NoAnswer as error:
            if not error.outcome_unknown or attempt == 2:
                raise
            client.usage.retries += 1


def _delete(client: Client, extension_id: str, keep_assets: bool, subject: str) -> None:
    client.either(
        lambda: _delete_by_list(client, extension_id, keep_assets, subject),
        lambda: delete_once(client, extension_id, keep_assets, subject),
    )


def _delete_by_list(client: Client, extension_id: str, keep_assets: bool, subject: str) -> None:
    errors = extension_bulk.delete(client, [extension_id], keep_assets, subject).get(extension_id)
    if errors is None:  # the answer does not name it: only reading reports
        read(client, extension_id)
        errors = [{"message": "the answer does not say whether it was deleted, and the extension is still there"}]
    if errors:
        raise api_error(OPERATIONS[extension_bulk.DELETE], subject, 400, {"errors": errors}, "")


def delete_once(client: Client, extension_id: str, keep_assets: bool, subject: str) -> None:
    """Delete one extension by the older request. Raises NotFound for what is gone already."""
    # Its default would lose the lines, so both are always said.
    keep = {"savePhoneLines": str(keep_assets).lower(), "savePhoneNumbers": str(keep_assets).lower()}
    client.call(DELETE, extensionId=extension_id, query=keep, subject=subject)
    client.note_deleted(extension_id)
