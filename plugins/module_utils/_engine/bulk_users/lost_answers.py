# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that were lost: whether the account, read again, shows that the step was done."""

from __future__ import annotations

from ..._resources import extension
from ..._resources.fields import Names
from .diffs import NOT_FIELDS, RoleNames
from .missing import changes_of, is_done, role_ids
from .model import CREATING, Person
from .settings import UserSettings


def confirm(person: Person, names: Names, role_names: RoleNames, settings: UserSettings) -> None:
    """Note what a person whose answer was lost has become, by the record that was read since."""
    if person.error or not person.in_doubt:
        return
    person.in_doubt = False
    creating = [kind for kind in CREATING if person.tried[kind]]
    if person.record is None:
        if person.goal == "absent" and (person.tried["bulk_delete"] or person.tried["delete"]):
            person.action = "deleted"
    elif person.action != "none" or person.goal == "absent":
        return
    elif creating:
        person.mark_created(creating[-1])
        person.action = "created"
    elif person.tried.total() and _has_changed(person, names, role_names, settings):
        person.action = "updated"


def _has_changed(person: Person, names: Names, role_names: RoleNames, settings: UserSettings) -> bool:
    """Whether something of what differed at the beginning is as asked now; an e-mail that was sent shows nowhere."""
    if person.welcome or is_done(person, names) or settings.has_changed(person):
        return True
    still = extension.diff_of(changes_of(person, names))[0]
    before = {key: value for key, value in person.before.items() if key not in NOT_FIELDS}
    roles = "roles" in person.before and sorted(role_names.of(role_ids(person))) != person.before["roles"]
    return still != before or roles
