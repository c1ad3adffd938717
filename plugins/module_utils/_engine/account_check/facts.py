# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the answers of an account say about it: counts, forms and kinds. No names, addresses or numbers are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..._resources import extension, extension_calls, forwarding, licenses
from ..._resources.fields import MAIN_SITE, Json, dig, same_email
from ..._transport.operations import OPERATIONS
from ..._transport.shapes import UNEXPECTED
from . import permissions
from .asking import MISSING, NOT_ASKED, YES, Answers, Question

# Users who are read completely in addition to the caller, to see what a list leaves out.
SAMPLES = 2


def facts_of(answers: Answers, scopes: Collection[str] | None, samples: list[Json]) -> Json:
    """Everything that follows from what was asked.

    Args:
        asked: the answers.
        scopes: the app's permissions, where the token reports them.
        samples: complete extensions, of people who are in the list as well.
    """
    listed = answers.records(extension_calls.LIST)
    parts: dict[str, Callable[[], Any]] = {
        "account": lambda: _account(answers),
        "permissions": lambda: _permissions(answers, scopes),
        "limits": lambda: _limits(answers),
        "licenses": lambda: _licenses(answers, listed),
        "extensions": lambda: _extensions(answers, listed),
        "lists": lambda: _lists(listed, samples),
        "roles": lambda: _roles(answers, listed, samples),
        "emails": lambda: _emails(listed),
        "administrator": lambda: _administrator(answers, [*listed, *samples]),
        "sites": lambda: _sites(answers, listed),
        "forms": lambda: _forms([*listed, *samples]),
        "call_handling": lambda: _call_handling(answers),
        "phone_numbers": lambda: _phone_numbers(answers),
        "scim": lambda: _scim(answers),
        "absent": lambda: _absent(answers),
    }
    facts: Json = {}
    for name, part in parts.items():
        try:
            facts[name] = part()
        except UNEXPECTED as error:
            facts[name] = {"unreadable": f"{type(error).__name__} in what RingCentral answered"}
    return facts


def samples_of(answers: Answers) -> list[Json]:
    """Complete extensions: the caller, the one whose id is the account's, and some people of the list."""
    own = answers.by_operation.get(extension_calls.READ)
    samples = [own] if isinstance(own, dict) else []
    listed = [record for record in answers.records(extension_calls.LIST) if record.get("id") is not None]
    wanted = [_account_id(answers)]
    wanted = [key for key in wanted if any(str(record["id"]) == key for record in listed)]
    people = [str(record["id"]) for record in listed if record.get("type") == "User" and _is_somebody(record)]
    known = {str(record.get("id")) for record in samples}
    for key in list(dict.fromkeys([*wanted, *people])):
        if key in known or len(samples) > SAMPLES + len(wanted):
            continue
        known.add(key)
        question = Question(extension_calls.READ, "what lists leave out", path={"extensionId": key})
        record = answers.ask(question)
        if isinstance(record, dict):
            samples.append(record)
    return samples


def _account_id(answers: Answers) -> str:
    about = answers.by_operation.get("readAccountInfo")
    return str(about.get("id") or "") if isinstance(about, Mapping) else ""


def _is_somebody(record: Mapping[str, Any]) -> bool:
    return record.get("status") != "Unassigned" and bool(record.get("contact"))


def _account(answers: Answers) -> Json:
    about, service = (answers.by_operation.get(name) or {} for name in ("readAccountInfo", "readAccountServiceInfo"))
    return {
        "status": about.get("status"),
        "service_plan": service.get("servicePlanName") or dig(service, ("servicePlan", "name")),
        "edition": dig(service, ("servicePlan", "edition")),
        "brand": dig(service, ("brand", "name")),
        "billing_plan": dig(service, ("billingPlan", "name")),
        "max_extension_number_length": dig(service, ("limits", "maxExtensionNumberLength")),
    }


def _permissions(answers: Answers, scopes: Collection[str] | None) -> Json:
    profile = permissions.of_profile(answers.by_operation.get("readAuthorizationProfile"))
    return {
        "app": None if scopes is None else sorted(scopes),
        "app_missing": None if scopes is None else permissions.missing(permissions.OF_APP, scopes),
        "user_count": len(profile) or None,
        "user_missing": permissions.missing(permissions.OF_USER, profile) if profile else None,
        "user_for_itself_only": sorted(
            {name for need in permissions.OF_USER for name in need.names if profile.get(name) is False}
        ),
    }


def _limits(answers: Answers) -> Json:
    announced: Json = {}
    counted: Json = {}
    for used in filter(None, (answers.client, answers.scim)):
        announced.update(used.usage.limits)
    for row in answers.outcomes:
        operation = OPERATIONS[row["operation"]]
        client, plan = (answers.scim if operation.scim else answers.client), operation.plan
        if client is not None and row["outcome"] == YES and announced:
            group = client.limit_of(row["operation"]).group
            if group != plan.lower():
                counted[row["operation"]] = {"documented": plan, "counted": group.capitalize()}
    return {"plans": dict(sorted(announced.items())), "counted_elsewhere": counted}


def _licenses(answers: Answers, listed: list[Json]) -> Json:
    service = answers.by_operation.get("readAccountServiceInfo") or {}
    counted = licenses.entries_of(answers.by_operation.get(licenses.LIST)) or ()
    users = [record for record in listed if record.get("type") == "User"]
    return {
        "included_phone_lines": dig(service, ("billingPlan", "includedPhoneLines")),
        "users": sum(map(extension.is_user, users)),
        "seats": sum(record.get("status") == "Unassigned" for record in users),
        "of_first_page_only": not _whole(answers),
        "counted_by_ringcentral": {
            "answers": answers.outcome(licenses.LIST),
            "kinds": len({entry["sku"] for entry in counted}),
            "assigned": sum(entry["assigned"] for entry in counted),
            "free": sum(entry["unassigned"] for entry in counted),
        },
    }


def _whole(answers: Answers) -> bool:
    """Whether the first page of the list has everybody."""
    answer = answers.by_operation.get(extension_calls.LIST) or {}
    pages = dig(answer, ("paging", "totalPages"))
    return int(pages) <= 1 if pages is not None else not dig(answer, ("navigation", "nextPage"))


def _extensions(answers: Answers, listed: list[Json]) -> Json:
    answer = answers.by_operation.get(extension_calls.LIST) or {}
    account = _account_id(answers)
    return {
        "total": dig(answer, ("paging", "totalElements")),
        "on_first_page": len(listed),
        "page_size": dig(answer, ("paging", "perPage")),
        "types": _counts(record.get("type") for record in listed),
        "statuses": _counts(record.get("status") for record in listed),
        "without_contact": _counts(record.get("type") for record in listed if not record.get("contact")),
        "without_number": _counts(record.get("type") for record in listed if not record.get("extensionNumber")),
        "of_other_accounts": sum(
            "/account/" in str(record.get("uri")) and f"/account/{account}/" not in str(record.get("uri"))
            for record in listed
            if account
        ),
        "people_without_email": sum(
            _is_somebody(record) and record.get("type") in extension.PERSONS and not dig(record, ("contact", "email"))
            for record in listed
        ),
    }


def _lists(listed: list[Json], samples: list[Json]) -> Json:
    """Which options a list reports, leaves out, or leaves open, by those who were read both ways."""
    by_id = {str(record.get("id")): record for record in listed}
    both = [(by_id[str(one.get("id"))], one) for one in samples if str(one.get("id")) in by_id]
    in_lists, left_out = set(), set()
    for field in extension.FIELDS:
        if field.secret:
            continue
        if any(_has(field.read(record)) for record in listed):
            in_lists.add(field.option)
        elif any(_has(field.read(detail)) for _record, detail in both):
            left_out.add(field.option)
    options = [field.option for field in extension.FIELDS if not field.secret]
    return {
        "compared": len(both),
        "reported": [option for option in options if option in in_lists],
        "left_out": [option for option in options if option in left_out],
        "open": [option for option in options if option not in in_lists | left_out],
    }


def _has(value: Any) -> bool:
    return value not in (None, "", [], {})


def _roles(answers: Answers, listed: list[Json], samples: list[Json]) -> Json:
    of_lists = [role for record in listed for role in record.get("roles") or []]
    of_samples = [role for record in samples for role in record.get("roles") or []]
    known = answers.records("listUserRoles")
    return {
        "count": len(known),
        "custom": sum(bool(role.get("custom")) for role in known),
        "named_in_lists": all(role.get("displayName") for role in of_lists) if of_lists else None,
        "named_in_reads": all(role.get("displayName") for role in of_samples) if of_samples else None,
        "auto_assigned_in_lists": any("autoAssigned" in role for role in of_lists) if of_lists else None,
    }


def _emails(listed: list[Json]) -> Json:
    """How many addresses belong to several extensions, and to which types of them."""
    holders: dict[str, list[str]] = {}
    for record in listed:
        email = same_email(dig(record, ("contact", "email")))
        if email:
            holders.setdefault(email, []).append(str(record.get("type")))
    shared = [sorted(types) for types in holders.values() if len(types) > 1]
    return {
        "shared_addresses": len(shared),
        "extensions": sum(map(len, shared)),
        "by_types": _counts(" + ".join(_shortened(types)) for types in shared),
        "shared_by_people": sum(sum(kind in extension.PERSONS for kind in types) > 1 for types in shared),
    }


def _shortened(types: list[str]) -> list[str]:
    return [kind if count == 1 else f"{count} {kind}" for kind, count in sorted(Counter(types).items())]


def _administrator(answers: Answers, known: list[Json]) -> Json:
    about, key = answers.by_operation.get("readAccountInfo") or {}, _account_id(answers)
    record = next((one for one in known if key and str(one.get("id")) == key), None)
    return {
        "is_there": record is not None,
        "type": (record or {}).get("type"),
        "status": (record or {}).get("status"),
        "has_email": bool(dig(record or {}, ("contact", "email"))),
        "has_number": bool((record or {}).get("extensionNumber")),
        "is_operator": str(dig(about, ("operator", "id")) or "") == key if about.get("operator") else None,
    }


def _sites(answers: Answers, listed: list[Json]) -> Json:
    sites = answers.records("listSites")
    answered = answers.outcome("listSites") == YES
    of_users = [str(dig(record, ("site", "id")) or "") for record in filter(extension.is_user, listed)]
    return {
        "count": len(sites) if answered else None,
        "main_site_listed": any(str(site.get("id")) == MAIN_SITE["id"] for site in sites) if answered else None,
        "users_at_main_site": of_users.count(MAIN_SITE["id"]),
        "users_at_other_sites": sum(site not in ("", MAIN_SITE["id"]) for site in of_users),
        "users_without_site": of_users.count(""),
    }


def _forms(known: list[Json]) -> Json:
    """The forms in which values are kept."""
    contacts = [record.get("contact") or {} for record in known]
    phones = [str(contact[key]) for contact in contacts for key in ("businessPhone", "mobilePhone") if contact.get(key)]
    emails = [str(contact["email"]) for contact in contacts if contact.get("email")]
    names = [str(contact[key]) for contact in contacts for key in ("firstName", "lastName") if contact.get(key)]
    return {
        "phone_numbers": {"with_plus": sum(text.startswith("+") for text in phones), "all": len(phones)},
        "emails_with_capitals": sum(text != text.lower() for text in emails),
        "names_with_odd_blanks": sum(text != " ".join(text.split()) for text in names),
        "pronounced_names": _counts(dig(contact, ("pronouncedName", "type")) for contact in contacts),
        "ids": _counts(type(record.get("id")).__name__ for record in known),
    }


def _call_handling(answers: Answers) -> Json:
    announced = None
    for feature in answers.records("readExtensionFeatures"):
        for parameter in feature.get("params") or []:
            if parameter.get("name") == "isNewBackendAvailable":
                new = str(parameter.get("value")).casefold() == "true"
                announced = forwarding.NEWER if new else forwarding.OLDER
    kinds = {forwarding.NEWER: "readVoiceStateBasedRule", forwarding.OLDER: "listUserAnsweringRules"}
    return {
        "announced": announced,
        "answering": [kind for kind, operation in kinds.items() if answers.outcome(operation) == YES],
        "checked": all(answers.outcome(operation) != NOT_ASKED for operation in kinds.values()),
    }


def _phone_numbers(answers: Answers) -> Json:
    newer, older = (answers.outcome(name) for name in ("listAccountPhoneNumbersV2", "listAccountPhoneNumbers"))
    answer = (
        answers.by_operation.get("listAccountPhoneNumbersV2")
        or answers.by_operation.get("listAccountPhoneNumbers")
        or {}
    )
    return {"newer_list": newer, "older_list": older, "total": dig(answer, ("paging", "totalElements"))}


def _scim(answers: Answers) -> Json:
    config = answers.by_operation.get("scimGetProviderConfig2") or {}
    types = answers.records("scimListResourceTypes2", "Resources")
    schemas = answers.records("scimListSchemas2", "Resources")
    users = answers.by_operation.get("scimSearchViaGet2") or {}
    return {
        "answers": answers.outcome("scimSearchViaGet2"),
        "supports": {
            name: bool(value.get("supported")) for name, value in sorted(config.items()) if _is_feature(value)
        },
        "resource_types": sorted(str(kind.get("name") or kind.get("id")) for kind in types),
        "schemas": sorted(str(schema.get("id")) for schema in schemas),
        "users": users.get("totalResults") if isinstance(users, Mapping) else None,
    }


def _is_feature(value: Any) -> bool:
    return isinstance(value, Mapping) and "supported" in value


def _absent(answers: Answers) -> Json:
    """With which codes the account says that it does not have an operation."""
    rows = [row for row in answers.outcomes if row["outcome"] == MISSING]
    return _counts(f"{row['status']} {row['code'] or 'without a code'}" for row in rows)


def _counts(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(str(value) for value in values if value is not None).items()))
