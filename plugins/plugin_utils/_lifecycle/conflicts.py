# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row of a people file can't be, because of who is in the account already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...module_utils._resources.extension import is_person
from .._people_files.options import Person, UserOptions
from .extensions import AccountExtensions, describe
from .results import Account, Extension


def account_problems(
    person: UserOptions,
    current: Extension | None,
    extensions: AccountExtensions,
    people: Sequence[Person],
    account: Account,
    line: int | None = None,
) -> list[str]:
    """What a person's row can't be, given who is there already."""
    problems = []
    where = f"line {line}" if line else str(person.get("email"))
    email, employee_id = person.get("email"), person.get("employee_id")
    same, own = extensions.with_email(email), extensions.with_employee_id(employee_id)
    if len(own) > 1:
        problems.append(f"{where}: the employee id {employee_id} is that of {_all_of(own)}; only one user can have it")
    elif len(same) > 1 and not own:
        problems.append(f"{where}: the e-mail address {email} is that of {_all_of(same)}; only one user can have it")
    elif len(same) == 1 and (
        same[0] is not current or employee_id not in (None, same[0].get("employee_id") or employee_id)
    ):
        problems.append(
            f"{where}: the e-mail address {email} is that of {describe(same[0])}, whose employee id is"
            f" {same[0].get('employee_id') or 'not set'}, not {employee_id}"
        )
    if current is not None and not is_person(current):
        problems.append(f"{where}: {email} is {describe(current)}, which is a {current['type']}, not a person")
    elif current is not None and person.get("type") and person["type"] != current.get("type"):
        problems.append(
            f"{where}: {email} is {describe(current)}, a {current.get('type')}; the type can't be changed"
            f" to {person['type']}"
        )
    number = person.get("extension_number")
    holder = extensions.with_number(number) if number else None
    if holder is not None and holder is not current and not _moves(holder, people, extensions):
        problems.append(f"{where}: the extension number {number} is that of {describe(holder)}")
    longest = account.get("max_extension_number_length")
    if number and longest and len(str(number)) > int(longest):
        problems.append(f"{where}: extension numbers of this account have at most {longest} digits, not as {number}")
    return problems


def _moves(holder: Extension, people: Sequence[Person], extensions: AccountExtensions) -> bool:
    """Whether the holder of a number gives it up in the same list; the order is then RingCentral's to judge."""
    return any(
        other.get("extension_number") not in (None, holder.get("extension_number"))
        for other in people
        if extensions.of(other) is holder
    )


def _all_of(extensions: Iterable[Extension]) -> str:
    return " and ".join(describe(extension) for extension in extensions)
