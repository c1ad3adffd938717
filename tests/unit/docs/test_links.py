# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No link of the guides leads nowhere, as a forge shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])

_FENCE = re.compile(r"^ *(```+).*?^ *\1 *$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def _prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, made as forges and MyST make them."""
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in _HEADING.findall(_prose(page))}


def _dead(page: Path, root: Path = ROOT) -> list[str]:
    dead = []
    for link in _LINK.findall(re.sub(r"`[^`\n]*`", "", _prose(page))):
        if re.match(r"https://[a-z0-9.-]+\.[a-z]+(/|$)", link):
            continue
        path, _mark, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        found = target.is_relative_to(root) and target.exists()
        if not found or (anchor and (target.suffix != ".md" or anchor not in _anchors(target))):
            dead.append(link)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert _dead(page) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `title`\n[a](#a-title) [b](#gone) [c](gone.md) [d](http://x) `[e](no)`\n\n```\n[f](no)\n```\n")
    assert _dead(page, tmp_path) == ["#gone", "gone.md", "http://x"]


def test_readme_names_every_guide() -> None:
    named = set(_LINK.findall(_prose(ROOT / "README.md")))
    assert {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"} <= named


def test_the_page_of_modules_names_every_module_and_playbook() -> None:
    text = (ROOT / "docs/modules.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (ROOT / "plugins/modules").glob("*.py")}
    playbooks = {path.stem for path in (ROOT / "playbooks").glob("*.yml")}
    assert {name for name in modules if f"`{name}`" not in text} == set()
    assert {name for name in playbooks if not re.search(rf"[.…]{name}`", text)} == set()
