# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What kind of value stands under which name in RingCentral's answers, so that nobody further up meets another kind.

RingCentral's document gives each of these names one kind only, in all operations. Names with several kinds are not here.
"""

from __future__ import annotations

import traceback
from typing import Any

# What working on an answer of another form raises.
UNEXPECTED = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)


def unexpected_in_words(error: BaseException) -> str:
    """What is said of an error that nobody expects: it is the answer of a server that is not RingCentral's, most likely."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"Unexpected answer, or an error in this collection: {type(error).__name__}: {error}"
        f" ({where.filename.rpartition('/')[2]}, line {where.lineno}). Check server_url; otherwise report it"
        " with the output of -vvv."
    )


_OBJECTS = """
    account affectedItems billingPlan blacklistedData brand businessAddress contact costCenter currency deliveryMode destination
    details device dispatching extension greetingLanguage homeCountry initiator language limits meta navigation operator
    paging profileImage prompt pronouncedName regionalSettings schedule servicePlan site statusInfo target timezone
    callerId phoneInfo weeklyRanges automatic emergency deviceInfo model callNotes inboundFaxes inboundTexts missedCalls
    outboundFaxes voicemails
"""
_LISTS = """
    Resources actions addresses byDevice byFeature conditions customFields devices disabledFilters emails parameters params phoneNumbers
    photos records references results roles targets triggers
    monday tuesday wednesday thursday friday saturday sunday bulkItemErrors emergencyLocations owners updatedExtensions
"""
_LISTS_OF_TEXTS = "emailAddresses eventFilters schemas smsEmailAddresses"
_SCALARS = """
    accountId active callingCode city comment company creationTime department description displayName email emailAsLoginName
    enabled errorCode eventTime eventType expirationTime expiresIn extensionId extensionNumber externalId familyName firstName
    givenName hidden id isoCode jobTitle label lastName localeCode mainNumber message mobilePhone objectId parameterName
    phoneNumber ref ruleId startTime status street title totalElements totalPages totalResults perPage transportType type uri
    usageType userName userStatus value zip addressFormatId addressStatus businessPhone callDirection countryId
    countryIsoCode countryName dispatchingType extensionNumberForInternalCalls feature lineType locality mobileNumber
    objectType paymentType postalCode region scimType serial setupWizardState sku stateIsoCode stateName streetAddress
    timeFormat tollType usageStatus visibility
"""
_COUNTS = frozenset(
    """
    includedPhoneLines maxExtensionNumberLength perPage startIndex total totalElements totalFound totalPages totalResults
    """.split()
)
_KINDS: dict[str, str] = {
    **dict.fromkeys(_OBJECTS.split(), "object"),
    **dict.fromkeys(_LISTS.split(), "list"),
    **dict.fromkeys(_LISTS_OF_TEXTS.split(), "list of texts"),
    **dict.fromkeys((*_SCALARS.split(), *_COUNTS), "scalar"),
}


# Lists in some operations and an object in others; in a list, each is an object.
_LINES = "phoneLines"

# What is more than any text or number.
_NO_TEXTS = {*_OBJECTS.split(), *_LISTS.split(), *_LISTS_OF_TEXTS.split(), *_COUNTS}

# Whose answer, or every record in it, is worth nothing without an id.
_ONES_WITH_IDS = """
    assignPhoneNumberV2 getExtensionEmergencyLocation readAccountPhoneNumber readDevice readExtension scimGetUser2
"""
_LISTS_WITH_IDS = """
    getExtensionEmergencyLocations listAccountPhoneNumbers listAccountPhoneNumbersV2 listCallQueueMembers listCallQueues
    listCostCenters listCountries listCustomFields listEmergencyLocations listExtensionDevices listExtensionPhoneNumbers
    listExtensions listLanguages listSubscriptions listTimezones listUserAnsweringRules listUserAssignedRoles
    listUserRoles listUserTemplates updateUserAssignedRoles updateUserCallQueues
"""
# Where the records are, and what each has at least; an empty place is the answer itself.
_NEEDED: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(_ONES_WITH_IDS.split(), ("", ("id",))),
    **dict.fromkeys(_LISTS_WITH_IDS.split(), ("records", ("id",))),
    "scimSearchViaGet2": ("Resources", ("id",)),
    "readVoiceStateBasedRule": ("", ("dispatching", "state")),
}


def problem_of(operation: str, body: dict[str, Any]) -> str:
    """What is not as it should be, in words; nothing where everything is. What is null counts as missing, and is left out."""
    nodes: list[Any] = [body]
    while nodes:
        node = nodes.pop()
        if isinstance(node, list):
            nodes += [child for child in node if isinstance(child, (dict, list))]
            continue
        if None in node.values():
            for name in [name for name, value in node.items() if value is None]:
                del node[name]
        for name, value in node.items():
            if isinstance(value, dict):
                wrong = _KINDS.get(name, "object") != "object"
                nodes.append(value)
            elif isinstance(value, list):
                wrong = not _is_list(value, _KINDS.get(name, "list" if name == _LINES else ""))
                if None in value and not wrong:
                    value[:] = [child for child in value if child is not None]
                nodes.append(value)
            else:
                wrong = name in _NO_TEXTS and (name not in _COUNTS or not _is_count(value))
            if wrong:
                return f"its {name} is {in_words(value)}"
            if name == "roles" and not operation.startswith("scim") and any(role.get("id") is None for role in value):
                return "not all of its roles have an id"
    place, needed = _NEEDED.get(operation, ("", ()))
    records = body.get(place, []) if place else [body]
    for name in needed:
        if not all(name in record for record in records):
            which = f"{'an' if name == 'id' else 'a'} {name}"
            return f"not all of its records have {which}" if place else f"it has no {name}"
    return ""


def _is_list(value: list[Any], kind: str) -> bool:
    """Whether a list is of this kind; any is where there is none."""
    if kind == "list of texts":
        return not any(isinstance(child, (dict, list)) for child in value)
    return not kind or (kind == "list" and all(isinstance(child, dict) for child in value))


def _is_count(value: Any) -> bool:
    """Whether it is a number of things. Some servers write numbers as text."""
    return (
        not isinstance(value, bool)
        and isinstance(value, (int, str))
        and str(value).isdecimal()
        and len(str(value)) < 10
    )


def in_words(value: Any) -> str:
    """What JSON calls it."""
    kinds = {type(None): "null", bool: "a boolean", str: "a string", dict: "an object"}
    if isinstance(value, list):
        return (
            "an array" if all(isinstance(child, dict) for child in value) else "an array with other things than objects"
        )
    return kinds.get(type(value), "a number")
