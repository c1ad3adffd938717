# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation site is made without a warning, and is read on a phone, where there is a Chromium to look with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.browser import CHROMIUM
from ansible_collections.itops.ringcentral.tests.support.server import ROOT
from ansible_collections.itops.ringcentral.tests.support.shared import made_once


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".venv/tree").is_dir():
        pytest.skip("make docs builds in .venv, which is not there")

    def build(directory: Path) -> None:
        command = [sys.executable, "-m", "tools.docsite.build", str(directory)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, "docs-site", build) / "html"


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_no_page_scrolls_sideways_or_asks_the_network(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    wide, asked = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 380, "height": 800})
        shown.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
        for page in sorted(site.rglob("*.html")):
            shown.goto(page.as_uri())
            if shown.evaluate("document.documentElement.scrollWidth") > 380:
                wide.append(page.name)
        browser.close()
    assert wide == []
    assert [url for url in asked if not url.startswith("data:")] == []


def test_every_guide_and_module_has_a_page(site: Path) -> None:
    guides = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert guides <= {page.stem for page in site.glob("*.html")}
    modules = {f"{page.stem}_module" for page in (ROOT / "plugins/modules").glob("rc_*.py")}
    assert modules <= {page.stem for page in (site / "reference").glob("*.html")}
