# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of messages has what is shown to people, and nothing else."""

from __future__ import annotations

from tools.docsite import messages

PLUGIN = '''
"""A docstring is no message."""
DOCUMENTATION = r"""description: What it does."""
PATTERN = re.compile("two words")

def run(name):
    """Nor is this one."""
    warn(f"{name} was not found. Nothing was changed.")
    client.call("createExtension", "key")
    raise InvalidInput("give an e-mail address")
'''
TASKS = """
- name: Stop
  ansible.builtin.fail:
    msg: >-
      {{ count }} users failed. Fix
      the cause.
"""


def test_of_a_plugin() -> None:
    texts = [text for _line, text in messages.of_python(PLUGIN)]
    assert texts == ["… was not found. Nothing was changed.", "give an e-mail address"]


def test_of_tasks() -> None:
    assert list(messages.of_tasks(TASKS)) == [(4, "… users failed. Fix the cause.")]


def test_the_page_is_whole() -> None:
    page = messages.page()
    assert "## plugins/module\\_utils" not in page and "## plugins/module_utils/_transport/errors.py" in page
    assert "RingCentral had an internal error" in page
