# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user at a time: the work of rc_extension and rc_extension_role."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .._resources import extension, extension_calls, role, welcome_email
from .._resources.extension import Change
from .._resources.fields import Json, nested
from .._resources.learned import EMPTY, LISTED, unknown
from .._resources.welcome_email import WelcomeEmails
from .._transport.errors import InvalidInput, NoAnswer, NotFound, RingCentralError, Unknown, option_of
from .wait_for_rest import find_late
from ._run.caps_over_time import one_counted
from ._run.context import Context, Result
from ._run.own_forms import in_own_form, without_own_forms
from ._run.words import not_applied


def ensure_extension(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one extension, and its roles where any are named, be as asked: created, updated, deleted, or left alone."""
    subject = _subject(options)
    named = options.get("roles") if options["state"] == "present" else None
    if named is not None and not named:
        raise InvalidInput(f"{subject}: roles is empty; a user needs at least one role. Nothing was sent.", "roles")
    roles = list(dict.fromkeys(context.names.id_of("role", str(name), "roles", subject) for name in named or []))
    result = _ensure_fields(context, options, subject)
    return _with_roles(context, result, roles) if roles else result


def _subject(options: Mapping[str, Any]) -> str:
    """Who is meant, in words: as a list calls the user, else by what selects the extension."""
    selected_by, selected = extension_calls.selector(options)
    line, label = options.get("line"), options.get("label")
    return ", ".join(filter(None, (f"line {line}" if line else "", label or f"{selected_by} {selected}")))


def _with_roles(context: Context, result: Result, roles: list[str]) -> Result:
    """The same result, with the roles that the extension then has."""
    shown = result.values["extension"]
    if shown.get("extension_id"):
        given = ensure_roles(context, {"extension_id": shown["extension_id"], "roles": {"set": roles}})
        will, changed = given.values["roles"], given.changed
        before, after = given.before, given.after
    else:  # in check mode, of a user who is not there yet
        named = role.listed_names(context.names)
        will = [{"id": key, "name": named.get(key), "auto_assigned": False} for key in roles]
        before, after, changed = {}, {"roles": _names(will)}, True
    if result.values["action"] == "created":  # what RingCentral assigns by itself was nobody's before
        before, after, changed = {}, {"roles": _names(will)}, True
    read_only = {**shown.get("read_only", {}), "roles": will}
    values = {**result.values, "extension": {**shown, "read_only": read_only}}
    if not changed:
        return replace(result, values=values)
    if values["action"] == "none":
        values["action"] = "updated"
    return Result(values, changed=True, before={**result.before, **before}, after={**result.after, **after})


def _ensure_fields(context: Context, options: Mapping[str, Any], subject: str) -> Result:
    wanted = extension.wanted_fields(options)
    problems = extension.problems(wanted)
    if problems:
        raise InvalidInput(f"{subject}: " + "; ".join(problems) + ". Nothing was sent.", option_of(problems))
    late = bool(options.get("wait_for_user")) and options["state"] == "present"
    if late:
        record, complete, others = find_late(context.client, options, context.check_mode)
    else:
        record, complete, others = extension_calls.find(context.client, options)
    if options["state"] == "absent":
        return _delete(context, record, options, subject)
    if record is None and late:
        _warn_of_nobody(context, subject)
        shown = {option: value for option, value in wanted.items() if not extension.BY_OPTION[option].secret}
        return Result({"action": "updated", "extension": nested(shown)}, changed=True, after=nested(shown))
    if record is None:
        result = _create(context, options, wanted, subject)
    else:
        result = _update(context, options, wanted, record, complete)
    if result.changed and others:
        shared = extension.shared_in_words(str(options["email"]), others)
        context.warn(f"Other extensions have this e-mail address as well, and are left alone: {shared}.")
    return result


def _create(context: Context, options: Mapping[str, Any], wanted: Json, subject: str) -> Result:
    if options.get("extension_id"):
        raise Unknown(
            f"There is no extension with id {options['extension_id']}. RingCentral gives ids itself: to create a"
            " user, select by email or employee_id.",
            "extension_id",
        )
    missing = [option for option in ("first_name", "email") if not wanted.get(option)]
    if missing and wanted.get("type", "User") == "User":
        raise InvalidInput(
            f"Nobody in the account has {subject}. To create this user, {' and '.join(missing)} must be given; to change a user,"
            f" correct {subject.partition(' ')[0]}.",
            missing[0],
        )
    body = extension.create_body(wanted, context.names)
    shown = {option: value for option, value in wanted.items() if not extension.BY_OPTION[option].secret}
    after = nested(
        {option: extension.MASK if extension.BY_OPTION[option].secret else wanted[option] for option in wanted}
    )
    welcome = bool(options.get("send_welcome_email"))
    if welcome:
        after.update(welcome_email.SHOWN)
    if context.check_mode:
        if extension_calls.selector(options)[0] != "extension_number":  # the e-mail address has been looked for
            _foresee(context, {"extension_number": wanted.get("extension_number")}, "", subject)
        values: Json = {
            "action": "created",
            "extension": nested({"type": "User", **shown}),
            "welcome_email": welcome,
        }
        return Result(values, changed=True, after=after)
    record, made = extension_calls.create(
        context.client, body, subject, find_again=lambda: extension_calls.find(context.client, options).record
    )
    if not made:
        context.warn(f"{extension.describe(record)} was created by somebody else, or another run, just now.")
        return _update(context, options, wanted, record, False)
    if welcome:  # before it is sent: a run that is killed does not make it come twice
        WelcomeEmails(context.client, options.get("resend_welcome_email")).note(str(record["id"]))
    record = _complete(context, record, wanted, welcome, subject)
    values = {"action": "created", "extension": extension.as_returned(record), "welcome_email": welcome}
    return Result(values, changed=True, after=after)


def _complete(context: Context, record: Json, wanted: Json, welcome: bool, subject: str) -> Json:
    """What the request to create did not take over follows in an update, and the welcome e-mail with it."""
    missing = _left(context, record, wanted, {}, subject)
    if any(unknown(change.field.option, record) for change in missing):  # the answer may leave it out
        record = _read_new(context, record)
        missing = _left(context, record, wanted, {}, subject)
    if missing or welcome:
        more = welcome_email.REQUEST if welcome else None
        record = extension_calls.change(context.client, record, missing, wanted, context.names, subject, more)
        _warn_of_rest(context, record, wanted, {}, subject)
    return record


def _read_new(context: Context, record: Json) -> Json:
    try:
        return extension_calls.read(context.client, str(record["id"]))
    except NotFound:  # just created, and not to be seen yet
        return record


def _update(context: Context, options: Mapping[str, Any], wanted: Json, record: Json, complete: bool) -> Result:
    subject = extension.describe(record)
    secrets = options.get("update_password") == "always"
    names, learned = context.names, context.learned
    if not complete and _in_doubt(context, record, wanted):
        record, complete = _read_completely(context, record, wanted), True
    changed = extension.changes(record, wanted, names, secrets)
    if changed and not complete and not context.check_mode:  # to see what the update cleared
        record, complete = _read_completely(context, record, wanted), True
        changed = extension.changes(record, wanted, names, secrets)
    emails = WelcomeEmails(context.client, options.get("resend_welcome_email"))
    welcome = emails.is_due(record, wanted.get("status"))
    if welcome and not complete and not context.check_mode:
        record = extension_calls.read(context.client, str(record["id"]))
        welcome = emails.is_due(record, wanted.get("status"))
    for change in changed:
        if change.field.tried and learned.refuses(change.field.option):
            _warn_of_refused(context, change, subject)
    changed = learned.open(changed)
    if not changed and not welcome:
        return Result({"action": "none", "extension": extension.as_returned(record), "welcome_email": False})
    _refuse_impossible(context, record, changed, subject)
    before, after = extension.diff_of(changed)
    if welcome:
        after.update(welcome_email.SHOWN)
    if context.check_mode:
        _foresee(context, {change.field.option: change.after for change in changed}, str(record["id"]), subject)
        with _counted(context, record, changed, options.get("limits") or {}, subject):
            pass
        shown = extension.as_returned(record)
        for change in changed:
            if not change.field.secret:
                _overlay(shown, change)
    else:
        with _counted(context, record, changed, options.get("limits") or {}, subject):
            now = _send(context, record, changed, wanted, subject, emails if welcome else None)
        _warn_of_rest(context, now, wanted, record, subject)
        shown = extension.as_returned(now)
        done = [change for change in changed if not (change.field.tried and learned.refuses(change.field.option))]
        if not done and not welcome:
            return Result({"action": "none", "extension": shown, "welcome_email": False})
        before, after = extension.diff_of(done)
        if welcome:
            after.update(welcome_email.SHOWN)
    values: Json = {"action": "updated", "extension": shown, "welcome_email": welcome}
    return Result(values, changed=True, before=before, after=after)


def _counted(
    context: Context, record: Json, changed: list[Change], limits: Mapping[str, Any], subject: str
) -> contextlib.AbstractContextManager[None]:
    """Count the user where this is a suspension."""
    status = record.get("status")
    if not limits or not any(
        change.field.option == "status" and extension.takes_access(status, change.after) for change in changed
    ):
        return contextlib.nullcontext()
    return one_counted(context, limits, str(record["id"]), subject, deleted=False)


def _send(
    context: Context, record: Json, changed: list[Change], wanted: Json, subject: str, emails: WelcomeEmails | None
) -> Json:
    """Send an update, and ask for the welcome e-mail by it where it is due."""
    extension_id = str(record["id"])
    if emails:
        emails.note(extension_id)
    try:
        more = welcome_email.REQUEST if emails else None
        return extension_calls.change(context.client, record, changed, wanted, context.names, subject, more)
    except RingCentralError as error:
        if emails and not (isinstance(error, NoAnswer) and error.outcome_unknown):
            emails.forget(extension_id)
        raise


def _in_doubt(context: Context, record: Json, wanted: Json) -> bool:
    """Whether a list may have left out what is asked for."""
    doubtful = [option for option in wanted if unknown(option, record)]
    known = {option: context.learned.in_list(option) for option in doubtful}
    return any(
        known[option] != LISTED and not (known[option] == EMPTY and wanted[option] in extension.NOTHING)
        for option in doubtful
    )


def _read_completely(context: Context, record: Json, wanted: Json) -> Json:
    """The whole extension, which shows what the list has left out."""
    found = extension_calls.read(context.client, str(record["id"]))
    context.learned.compare(record, found)
    for option in wanted:
        if extension.BY_OPTION[option].listed and unknown(option, found):
            context.learned.note_in_list(option, EMPTY)
    return found


def _foresee(context: Context, values: Json, own_id: str, subject: str) -> None:
    """Check mode: what RingCentral would refuse because another extension has it."""
    for option in extension.UNIQUE:
        holder = extension_calls.find(context.client, {option: values[option]}).record if values.get(option) else None
        if holder is not None and str(holder["id"]) != own_id and extension.keeps_from_others(holder, option):
            raise InvalidInput(f"{subject}: {extension.conflict(option, holder)}", option)


def _warn_of_nobody(context: Context, subject: str) -> None:
    context.warn(
        f"{subject} is not there yet. In a real run this task waits for the user, and changes what differs then."
    )


def _overlay(shown: Json, change: Change) -> None:
    parent, dot, child = change.field.option.partition(".")
    if dot:
        shown.setdefault(parent, {})[child] = change.after
    elif isinstance(change.after, dict):
        shown[parent] = {**(shown.get(parent) or {}), **change.after}
    else:
        shown[parent] = change.after


def _refuse_impossible(context: Context, record: Json, changed: list[Change], subject: str) -> None:
    fixed = [change.field.option for change in changed if not change.field.update]
    if fixed:
        raise InvalidInput(
            f"{subject}: RingCentral's API sets {' and '.join(fixed)} only when an extension is"
            " created. Nothing was changed.",
            fixed[0],
            "Change it in the Admin Portal, or leave it out.",
        )
    for change in changed:
        if change.field.option != "status":
            continue
        if change.after == "Unassigned":
            raise InvalidInput(
                f"{subject}: a user can't be made Unassigned.", "status", "Disable or delete the user instead."
            )
        if extension.takes_access(record.get("status"), change.after):
            _refuse_self_harm(context, record, subject)


def _refuse_self_harm(context: Context, record: Json, subject: str) -> None:
    if str(record["id"]) == context.client.own_user:
        raise InvalidInput(
            f"{subject} is the user whose credential this automation uses: it would lock itself out."
            " Nothing was changed.",
            "status",
        )
    if extension.is_first_administrator(record):
        raise InvalidInput(
            f"{subject} is the account's first administrator: its extension has the account's id. Nothing was changed.",
            "status",
        )


def _warn_of_rest(context: Context, record: Json, wanted: Json, before: Json, subject: str) -> None:
    """Say what became otherwise than it was sent.

    Args:
        before: the extension before the request.
    """
    for change in extension.reshaped(record, wanted):
        if change.before != change.field.read(before):
            context.warn(f"{subject}: {in_own_form(change)}")
    rest = _left(context, record, wanted, before, subject)
    for change in rest:
        if change.field.tried:
            context.learned.note_refused(change.field.option)
            _warn_of_refused(context, change, subject)
    others = [change.field.option for change in rest if not change.field.tried]
    if others:
        context.warn(f"{subject}: {not_applied(others)}.")


def _left(context: Context, record: Json, wanted: Json, before: Json, subject: str) -> list[Change]:
    """What was sent and is not as sent, without what RingCentral keeps in a form of its own, which is reported and noted."""
    changes = context.learned.open(extension.changes(record, wanted, context.names))
    return [change for change in without_own_forms(context, changes, before, subject) if change.field.update]


def _warn_of_refused(context: Context, change: Change, subject: str) -> None:
    context.warn(
        f"{subject}: {change.field.option} is '{change.before}' and not '{change.after}', and RingCentral does not let an"
        " update of this account change that. Change it in the Admin Portal, or leave it out."
    )


def _delete(context: Context, record: Json | None, options: Mapping[str, Any], subject: str) -> Result:
    if record is None:
        return Result({"action": "none", "extension": None})
    subject = extension.describe(record)
    _refuse_self_harm(context, record, subject)
    deleted = extension.as_returned(record)
    client, extension_id = context.client, str(record["id"])
    with one_counted(context, options.get("limits") or {}, extension_id, subject, deleted=True):
        if not context.check_mode:
            if record.get("status") not in extension.DELETABLE:
                wanted = {"status": "Disabled"}
                full = extension_calls.read(client, extension_id)
                disable = extension.changes(full, wanted, context.names)
                extension_calls.change(client, full, disable, wanted, context.names, subject)
            extension_calls.delete(client, extension_id, bool(options["keep_assets"]), subject)
    values: Json = {"action": "deleted", "extension": deleted}
    return Result(values, changed=True, before={**deleted, "state": "present"}, after={"state": "absent"})


def ensure_roles(context: Context, options: Mapping[str, Any]) -> Result:
    """Give one extension the roles that are asked for."""
    client = context.client
    extension_id: str | None
    if options.get("wait_for_user"):
        record = find_late(client, options, context.check_mode).record
        extension_id = str(record["id"]) if record else None
        subject = extension.describe(record) if record else " ".join(extension_calls.selector(options))
    else:
        extension_id, subject, record = extension_calls.locate(client, options)
    if extension_id is None:  # in check mode only
        _warn_of_nobody(context, subject)
        current: list[Json] = []
    elif record is not None and record.get("roles") is not None:  # the list had them
        current = [extension.role_as_returned(item) for item in record["roles"]]
    else:
        current = role.assigned(client, extension_id, subject)
    wanted = role.target(options["roles"], current, context.names)
    if not wanted:
        raise InvalidInput(
            f"{subject} would be left without any role.", "roles", "A user needs at least one role: name it."
        )
    had = {item["id"]: item for item in current}
    if set(wanted) == set(had):
        return Result({"roles": current, "extension_id": extension_id})
    listed = role.listed_names(context.names)
    for item in current:  # lists of extensions may report no more than the id
        item["name"] = item["name"] or listed.get(item["id"])
    will = [had.get(item) or {"id": item, "name": listed.get(item), "auto_assigned": False} for item in wanted]
    before = {"roles": _names(current)}
    if not context.check_mode and extension_id is not None:
        will = role.assign(client, extension_id, wanted, subject)
        missing = set(wanted) ^ {item["id"] for item in will}
        if missing:
            context.warn(f"{subject}: RingCentral accepted the request, but the roles are now {_names(will)}.")
    values: Json = {"roles": will, "extension_id": extension_id}
    return Result(values, changed=True, before=before, after={"roles": _names(will)})


def _names(roles: list[Json]) -> list[str]:
    return sorted(str(item["name"] or item["id"]) for item in roles)
