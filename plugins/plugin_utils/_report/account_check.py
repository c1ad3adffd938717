# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first look at an account as a page of text, out of what rc_account_check_info returns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...module_utils._engine._run.words import counted
from ...module_utils._engine.account_check.expectations import shared_in_words
from .words import api_in_words, counts_in_words, first_of

WIDTH = 120
# Findings of each kind that the screen shows; the report has all.
SHOWN = 9
_LABEL = 18
_KINDS = (
    ("lacks", "What can't be done"),
    ("differs", "What is not as expected"),
    ("unknown", "What could not be found out"),
)
Check = Mapping[str, Any]


def page(check: Check, api: Mapping[str, Any], whole: bool = False) -> list[str]:
    """The page; `whole` leaves nothing out, and the screen's is 60 lines at most."""
    lines = [_title(check), api_in_words(api), ""]
    for level, title in _KINDS:
        found = [finding for finding in check["findings"] if finding["level"] == level]
        if found:
            findings = [_finding(finding) for finding in found]
            shown = (
                findings if whole else [text.splitlines()[0] for text in first_of(findings, SHOWN, " in the report")]
            )
            lines += [f"{title}:", *points(shown), ""]
    if not any(finding["level"] == "differs" for finding in check["findings"]):
        lines += ["Everything that could be looked at is as expected.", ""]
    lines += ["What there is:", *_facts(check), ""]
    lines += ["What no read can report (* the trial does):"]
    untried = [f"{item['question']}{' *' if item['trial'] else ''}" for item in check["untried"]]
    lines += wrapped(f"{'; '.join(untried)}.", "  ", "  ")
    return lines


def _title(check: Check) -> str:
    account = check["account"]
    parts = (account.get("service_plan"), account.get("brand"), account.get("status"))
    billing = account.get("billing_plan")
    known = ", ".join(str(part) for part in parts if part) or "no plan is reported"
    return f"A first look at the account: {known}{f', billing plan {billing}' if billing else ''}."


def _finding(finding: Mapping[str, Any]) -> str:
    text = f"{finding['topic']}: {finding['found']}"
    if finding["level"] == "lacks":
        text = f"{text}, {finding['meaning']}" if finding["meaning"] else text
        return f"{text}. {finding['how']}." if finding.get("how") else f"{text}."
    if finding["expected"]:
        text += f". Expected: {finding['expected']}"
    if finding["meaning"]:
        text += f". {finding['meaning'][:1].upper()}{finding['meaning'][1:]}"
    return f"{text}."


def points(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in wrapped(text, "  - ", "    ")]


def wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _facts(check: Check) -> list[str]:
    lines = []
    for label, in_words in _FACTS.items():
        try:
            text = in_words(check)
        except (LookupError, TypeError, AttributeError):  # that answer had an unknown form
            text = "could not be read"
        lines += wrapped(text, f"  {label:{_LABEL}}", " " * (_LABEL + 2))
    return lines


def _permissions(check: Check) -> str:
    lines = []
    for whose, had in (("app", check["permissions"]["app"]), ("user", check["permissions"]["user_count"])):
        missing = check["permissions"][f"{whose}_missing"]
        if missing is None or had is None:
            lines.append(f"{whose}: not reported")
        else:
            lines.append(
                f"{whose}: {counted(len(missing), 'is', 'are')} missing" if missing else f"{whose}: none is missing"
            )
    return "; ".join(lines)


def _limits(check: Check) -> str:
    plans = check["limits"]["plans"].items()
    return ", ".join(f"{plan} {limit['calls']} in {limit['window']:g} s" for plan, limit in plans) or "none announced"


def _operations(check: Check) -> str:
    rows = check["operations"]
    answers = sum(row["outcome"] == "answers" for row in rows)
    absent = [
        f"{row['operation']} ({row['status']} {row['code']})".replace(" )", ")")
        for row in rows
        if row["outcome"] == "is not there"
    ]
    return f"{answers} of {counted(len(rows), 'read')} answer" + (f"; not there: {', '.join(absent)}" if absent else "")


def _extensions(check: Check) -> str:
    found = check["extensions"]
    of = f" of {found['total']}" if found["total"] not in (None, found["on_first_page"]) else ""
    return (
        f"{found['on_first_page']}{of} looked at: {counts_in_words(found['types'], 'none')};"
        f" {counts_in_words(found['statuses'], 'no status')};"
        f" numbers of at most {check['account'].get('max_extension_number_length') or 'unknown'} digits"
    )


def _lists(check: Check) -> str:
    found = check["lists"]
    shown = [
        f"of {counted(found['compared'], 'user')} read both ways, lists report {counted(len(found['reported']), 'option')}"
    ]
    for key, words in (("left_out", "leave out"), ("open", "no example of")):
        if found[key]:
            shown.append(f"{words} {', '.join(_groups(found[key]))}")
    return "; ".join(shown)


def _groups(options: Iterable[str]) -> list[str]:
    """Options, those of a dictionary as one."""
    return list(dict.fromkeys(option.partition(".")[0] for option in options))


def _licenses(check: Check) -> str:
    found = check["licenses"]
    lines = "not reported" if found["included_phone_lines"] is None else found["included_phone_lines"]
    counted_by = found["counted_by_ringcentral"]
    more = "RingCentral's own count is not there"
    if counted_by["answers"] == "answers":
        more = f"RingCentral counts {counted_by['assigned']} assigned and {counted_by['free']} free, of {counted(counted_by['kinds'], 'kind')}"
    elif counted_by["answers"] != "is not there":
        more = f"RingCentral's own count {counted_by['answers']}"
    part = ", on the first page" if found["of_first_page_only"] else ""
    return f"lines included: {lines}; {counted(found['users'], 'user')} and {counted(found['seats'], 'waiting seat')}{part}; {more}"


def _roles(check: Check) -> str:
    found = check["roles"]
    named = {True: "with names", False: "by id only", None: "not at all"}
    return f"{found['count']}, of them {found['custom']} custom; reported in lists {named[found['named_in_lists']]}, in reads {named[found['named_in_reads']]}"


def _emails(check: Check) -> str:
    found = check["emails"]
    if not found["shared_addresses"]:
        return "each belongs to one extension"
    of = f", of them {found['shared_by_people']} to several people" if found["shared_by_people"] else ""
    return f"{found['shared_addresses']} belong to several extensions ({shared_in_words(found['by_types'])}){of}"


def _administrator(check: Check) -> str:
    found = check["administrator"]
    if not found["is_there"]:
        return "no extension that was looked at has the account's id"
    operator = {True: "; the account's operator", False: "; not the account's operator", None: ""}[found["is_operator"]]
    parts = (
        f"{'with' if found['has_email'] else 'without'} e-mail, {'with' if found['has_number'] else 'without'} number"
    )
    return f"the extension with the account's id is a {found['type']}, {found['status']}, {parts}{operator}"


def _sites(check: Check) -> str:
    found = check["sites"]
    if found["count"] is None:
        return "can't be listed"
    main = "among them the main site" if found["main_site_listed"] else "the main site is not among them"
    users = {
        "at the main site": found["users_at_main_site"],
        "elsewhere": found["users_at_other_sites"],
        "without a site": found["users_without_site"],
    }
    return f"{found['count']}, {main}; users: {counts_in_words(users, 'none')}"


def _forms(check: Check) -> str:
    found = check["forms"]
    phones = found["phone_numbers"]
    return (
        f"{phones['with_plus']} of {counted(phones['all'], 'phone number')} with +; {found['emails_with_capitals']} e-mail"
        f" addresses with capitals; {counted(found['names_with_odd_blanks'], 'name')} with odd blanks; pronounced names:"
        f" {counts_in_words(found['pronounced_names'], 'none')}; ids: {counts_in_words(found['ids'], 'none')}"
    )


def _call_handling(check: Check) -> str:
    found = check["call_handling"]
    return f"announced: {found['announced'] or 'nothing'}; answering: {', '.join(found['answering']) or 'neither kind'}"


def _phone_numbers(check: Check) -> str:
    found = check["phone_numbers"]
    total = "" if found["total"] is None else f"; {found['total']} in all"
    return f"the newer list {found['newer_list']}, the older one {found['older_list']}{total}"


def _scim(check: Check) -> str:
    found = check["scim"]
    if found["answers"] != "answers":
        return f"{found['answers']}"
    supports = [name for name, has in found["supports"].items() if has]
    schemas = [schema.rpartition("schemas:")[2] for schema in found["schemas"]]
    return (
        f"{counted(found['users'], 'user')}; supports {', '.join(supports) or 'nothing'}; types: {', '.join(found['resource_types'])};"
        f" schemas: {', '.join(schemas)}"
    )


_FACTS: dict[str, Callable[[Check], str]] = {
    "Permissions": _permissions,
    "Limits": _limits,
    "Operations": _operations,
    "Extensions": _extensions,
    "Lists": _lists,
    "Licences": _licenses,
    "Roles": _roles,
    "E-mail addresses": _emails,
    "Administrator": _administrator,
    "Sites": _sites,
    "Forms": _forms,
    "Call handling": _call_handling,
    "Phone numbers": _phone_numbers,
    "SCIM": _scim,
}
