# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: leavers
short_description: Read a list of people who leave or come back
version_added: 1.0.0
description:
  - Reads people from files (CSV, Excel, JSON or YAML), or from a variable. Each is named by C(extension_id), C(employee_id) or
    C(email), and may have C(last_day), C(successor), C(forward_to), C(numbers_to), C(reason), and a name for the eye. C(status)
    and C(hire_date) show a list of all staff, of whom some leave.
  - What is wrong with one person is among that person's C(errors), or in C(unless_suspended) where it does not matter for a
    user who is suspended already; only a file that can't be understood is a problem of all.
  - Nothing is sent to RingCentral.
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - Paths of files. CSV, Excel workbooks (C(.xlsx)), JSON and YAML are distinguished by what they hold; each may be
        compressed with gzip.
      - A relative path is looked for in the current directory, then where Ansible looks for files.
    type: list
    elements: str
  people:
    description: People as a list of dictionaries or e-mail addresses, instead of files.
    type: list
    elements: raw
  csv:
    description: People as the text of a CSV file, as a form's field or a survey has it, instead of files.
    type: str
  ignore_columns:
    description: Columns that are left alone.
    type: list
    elements: str
    default: []
  timezone:
    description:
      - The time zone in which days begin and end, such as V(Europe/Zurich). Days with a time and a time zone, such as
        V(2026-11-24T00:00:00Z), are taken where they are the same day in it; without it they are refused.
      - It needs the Python library tzdata, on hosts whose system has no time zone database.
    type: str
    version_added: 2.0.0
  today:
    description: The day around which days are expected, such as V(2026-11-24). The day that it is in O(timezone) if this is not set.
    type: str
    version_added: 2.0.0
  date_format:
    description:
      - What stands first in days such as 03/04/2026. Without it they are refused, unless other days of the column can only
        be read in one way.
      - Other forms need nothing said, such as 2026-04-03, 03.04.2026 (the day first), 3 April 2026 and Apr 3, 2026.
    type: str
    choices: [day_first, month_first]
    version_added: 2.0.0
  without_last_day:
    description:
      - What it means if somebody has no last day.
      - V(suspend_now) - they leave at once. V(skip) - they are left out. V(refuse) - it is a mistake of that person's row.
      - If it is not set, they leave at once in a list that has no last days at all. In one that has some, each is refused, and
        the whole list if most have none, or if it has hire dates, since it looks like a list of staff then.
      - People who are C(Active) by their C(status) and have no last day are left out in any case. So are those whose last day
        means that there is no end, such as 9999-12-31.
    type: str
    choices: [suspend_now, skip, refuse]
    version_added: 2.0.0
  coming_back:
    description: Whether these people come back rather than leave. Last days are not read then.
    type: bool
    default: false
    version_added: 2.0.0
  columns:
    description:
      - >-
        What columns are for, by their names - an option, or null for a column that is not used, such as
        V({"Left on": last_day, "Supervisor": successor, "Team": null}).
      - A name is looked for as it is written first, and then without case, spaces and punctuation. It has to be there.
      - What is said here has precedence over everything that is known of a column.
    type: dict
    default: {}
    version_added: 2.0.0
  unknown_columns:
    description: Whether columns that nobody knows are problems, or are ignored and named in a note.
    type: str
    choices: [refuse, ignore]
    default: refuse
    version_added: 2.0.0
  encoding:
    description: Encoding of files that are neither UTF-8 nor UTF-16, such as V(cp1252). It is never guessed.
    type: str
    default: utf-8
  sheet:
    description:
      - Name of the sheet to read of an Excel workbook. Other files have none, and it is ignored for them.
      - Without it, there must be only one that is visible and not empty.
    type: str
    version_added: 2.0.0
requirements:
  - openpyxl 3.1 or newer, for Excel workbooks
seealso:
  - plugin: itops.ringcentral.people
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show who leaves
  ansible.builtin.debug:
    msg: "{{ lookup('itops.ringcentral.leavers', 'leavers.csv').people }}"
"""

RETURN = r"""
_raw:
  description:
    - One dictionary with C(people), C(problems), C(lines) (the problems for people to read), C(notes) (what was left out, or
      read in a way that could be another) and C(reading) (how the list was read, for people to read).
  type: list
  elements: dict
  sample:
    - people: [{"line": 2, "email": "lee@example.com", "successor": "zoe@example.com", "errors": [], "notes": []}]
      problems: []
      lines: []
      notes: []
      reading: ["How leavers.csv was read: 1 person.", "  Columns: E-mail → email, Hand over to → successor"]
"""

import os
from datetime import datetime
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import day
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.date_cells import Calendar
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.leavers import (
    Leavers,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import as_date
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain


class LookupModule(LookupBase):
    """Reads people who leave or come back."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        people = plain(self.get_option("people"))
        text = plain(self.get_option("csv"))
        rules = self._rules()
        if sum((bool(terms), people is not None, bool(text))) != 1:
            raise AnsibleError("leavers: give either the path of a file, or one of the options 'people' and 'csv'.")
        sources: list[tuple[str, Leavers]] = []
        for term in plain(terms):
            path = os.path.expanduser(str(term))
            if not os.path.exists(path):
                path = self.find_file_in_search_path(variables, "files", path, ignore_missing=True) or path
            sources.append((str(term), read_file(path, rules)))
        if people is not None:
            sources.append(("the list of people", read_list(people, rules)))
        if text:
            sources.append(("the list of people", read_text(text, rules)))
        return [
            {
                "people": [person for _source, part in sources for person in part.people],
                "problems": [str(problem) for _source, part in sources for problem in part.problems],
                "lines": [line for source, part in sources for line in part.lines(source)],
                "notes": [note for _source, part in sources for note in part.notes],
                "reading": [line for source, part in sources for line in part.reading(source)],
            }
        ]

    def _rules(self) -> Rules:
        given = {
            option: plain(self.get_option(option))
            for option in ("today", "timezone", "date_format", "without_last_day", "coming_back", "encoding")
        }
        try:
            zone = day.zone(given["timezone"]) if given["timezone"] else None
            today = as_date(given["today"]) if given["today"] else datetime.now(zone).date()
        except ValueError as error:
            raise AnsibleError(f"leavers: {error}") from error
        return Rules(
            Calendar(today, given["date_format"] or None, zone),
            given["without_last_day"] or None,
            bool(given["coming_back"]),
            Choices(
                ignore=tuple(plain(self.get_option("ignore_columns"))),
                columns=plain(self.get_option("columns")),
                unknown=plain(self.get_option("unknown_columns")),
            ),
            given["encoding"],
            plain(self.get_option("sheet")) or None,
        )
