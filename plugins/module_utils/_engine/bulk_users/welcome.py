# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is sent the welcome e-mail in a run, and for whom that is remembered."""

from __future__ import annotations

from collections.abc import Iterable

from ..._resources.welcome_email import WelcomeEmails
from .._run.context import Context
from .model import WELCOMING, Person, Step


class Welcome:
    """The welcome e-mails of one run."""

    def __init__(self, context: Context, resend: str | None) -> None:
        """
        Args:
            resend: the option `resend_welcome_email`.
        """
        self._context = context
        self._emails = WelcomeEmails(context.client, resend)

    def ask(self, people: Iterable[Person]) -> None:
        """Mark those who exist already, and are to get the e-mail."""
        for person in people:
            if person.record is not None and person.goal == "present":
                person.welcome = self._emails.is_due(person.record, person.wanted.get("status"))

    def note(self, steps: Iterable[Step]) -> list[tuple[Person, str]]:
        """Remember the e-mails that these steps ask for, before they are sent.

        Returns for whom, each with the extension id, which is empty for those who are created.
        """
        asking = [
            (person, person.id) for step in steps if step.kind in WELCOMING for person in step.people if person.welcome
        ]
        for _person, extension_id in asking:
            if extension_id:
                self._emails.note(extension_id)
        return asking

    def settle(self, asking: Iterable[tuple[Person, str]]) -> None:
        """Note the result. Where an answer was lost, the e-mail may have been sent, and is not asked for again."""
        for person, extension_id in asking:
            if person.welcomed and not extension_id:
                self._emails.note(person.id)
            elif person.welcome and extension_id and person.in_doubt and not person.error:
                person.welcome = False
                self._context.warn(
                    f"{person.label}: nobody knows whether the welcome e-mail was sent: the answer was lost."
                )
            elif person.welcome and extension_id:
                self._emails.forget(extension_id)
