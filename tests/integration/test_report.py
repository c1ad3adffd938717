# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as a browser shows it, where there is a Chromium on the machine.

A browser tells a page of its events (a medium that changes, a part that opens) when it next draws: what comes after
one is waited for, with ``expect``.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import printable
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import (
    ReportRow,
    Result,
    Stage,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import FIRST_ROWS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import page as html
from ansible_collections.itops.ringcentral.tests.support import reports
from ansible_collections.itops.ringcentral.tests.support.browser import CHROMIUM
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.shared import made_once

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

expect = pytest.importorskip("playwright.sync_api").expect
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eevil",
    "W" * 64,
    "{{ 7 * 7 }} & 'x'",
)
MANY = 2 * FIRST_ROWS + 100


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that offboarding really writes, about people with all kinds of names."""
    return made_once(tmp_path_factory, "report", _offboard) / "offboarding-report.html"


def _offboard(directory: Path) -> None:
    sandbox = Sandbox("platform", time_scale=600)
    try:
        sandbox.reset(time_scale=600, users=40, queues=3)
        for number, name in enumerate(HOSTILE, 1):
            user = sandbox.extension(f"user{number:04}@example.com")
            assert user
            change = {"name": name, "contact": {"firstName": name, "lastName": ""}}
            sandbox.door("PATCH", f"extensions/{user['id']}", change)
        people = [f"user{number:04}@example.com" for number in range(1, 13)]
        leavers = [
            *people,
            "nobody@example.com",
            {"email": "user0020@example.com", "last_day": str(date.today() + timedelta(days=60))},
        ]
        controller = Controller(directory)
        variables: dict[str, Any] = {
            "leavers": leavers,
            "offboard_users_limits": {"max_percent": 100},
            "offboard_users_without_last_day": "suspend_now",
        }
        played = controller.play(sandbox, "itops.ringcentral.offboard", "-e", json.dumps(variables))
        assert "1 of 14 people failed" in played.output, played.output
        assert "offboarding-report.html" in played.output
    finally:
        sandbox.stop()


@pytest.fixture(scope="module")
def folded_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page about 300 people, of whom 296 are unchanged."""
    results: list[Result] = ["failed", "done", "done", "changed", *(["unchanged"] * 296)]
    rows = [
        ReportRow(name=f"Name {number}", result=result, result_label=result, extension_number=str(9000 - number))
        for number, result in enumerate(results)
    ]
    whole = reports.report_of(rows)
    path = tmp_path_factory.mktemp("folded") / "onboarding-report.html"
    path.write_text("".join(html(whole)), encoding="utf-8")
    return path


@pytest.fixture
def folded_page(folded_report: Path) -> Iterator[Page]:
    yield from _shown(folded_report)


@pytest.fixture(scope="module")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page about more people than are shown at once, one of whom has a hostile name."""
    rows = [
        ReportRow(
            name=f"Name {number}" if number != MANY - 1 else HOSTILE[0],
            result="failed" if number % 400 == 0 else "done",
            result_label="failed" if number % 400 == 0 else "created",
            line=number + 2,
            extension_number=str(9000 - number),
            stages={"user": Stage("ok", "is & was <new>")},
        )
        for number in range(MANY)
    ]
    whole = reports.report_of(rows, ("user", "User"))
    path = tmp_path_factory.mktemp("long") / "onboarding-report.html"
    path.write_text("".join(html(whole)), encoding="utf-8")
    return path


@pytest.fixture
def long_page(long_report: Path) -> Iterator[Page]:
    yield from _shown(long_report)


@pytest.fixture
def page(report: Path) -> Iterator[Page]:
    yield from _shown(report)


def _shown(report: Path) -> Iterator[Page]:
    """The page in a browser; that nothing went wrong there, and nothing was asked of a network, is seen in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        trouble: list[str] = []
        shown.on("console", lambda message: trouble.append(message.text))
        shown.on("pageerror", lambda error: trouble.append(str(error)))
        shown.on("dialog", lambda dialog: trouble.append(dialog.message))
        shown.on(
            "request", lambda request: trouble.append(request.url) if not request.url.startswith("file:") else None
        )
        shown.goto(report.as_uri())
        yield shown
        assert trouble == []
        browser.close()


def _names(page: Page) -> Locator:
    return page.locator("#people tbody > tr:first-child > th > bdi")


def test_names_are_text(page: Page) -> None:
    everybody = page.locator("#people").text_content() or ""
    for name in HOSTILE:
        assert printable(name) in everybody
    assert page.title().startswith("Offboarding")
    assert page.locator("#people img, #people script").count() == 0


def test_people_are_filtered(page: Page) -> None:
    shown = page.locator("#shown")
    expect(shown).to_have_text("14 of 14 shown")
    page.fill("#words", "USER0007 example")
    expect(shown).to_have_text("1 of 14 shown")
    page.fill("#words", "")
    page.select_option("#result", "failed")
    expect(_names(page)).to_have_count(1)
    expect(page.locator("#people")).to_contain_text("nobody in the account has email nobody@example.com")
    page.fill("#words", "no such words")
    expect(shown).to_have_text("0 of 14 shown")


def test_people_are_sorted_by_mouse_and_keyboard(page: Page) -> None:
    buttons = page.locator("#people thead button")
    for at in range(buttons.count()):
        buttons.nth(at).click()
        header = page.locator("#people thead th").nth(at)
        expect(header).to_have_attribute("aria-sort", "ascending")
        up = _names(page).all_text_contents()
        buttons.nth(at).focus()
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "descending")
        expect(page.locator("#people thead [aria-sort]")).to_have_count(1)
        assert sorted(_names(page).all_text_contents()) == sorted(up)
    page.reload()
    page.get_by_role("button", name="Number", exact=True).click()
    expect(page.locator("#people thead [aria-sort=ascending]")).to_have_text("Number")
    numbers = [text.strip() for text in page.locator("#people td[data-label=Number]").all_text_contents()]
    known = [int(text[:4]) for text in numbers if text]
    assert known == sorted(known)


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    for reached in ("#words", "#result", "#people thead button >> nth=0"):
        page.keyboard.press("Tab")
        expect(page.locator(reached)).to_be_focused()


def test_marks_have_words(page: Page) -> None:
    marks = page.locator("#people td.stage > span")
    assert marks.count() > 50
    assert all(text.split()[-1].isalpha() for text in marks.all_text_contents())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 768, 1280])
def test_it_fits_every_screen(page: Page, width: int, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ink, back = (page.evaluate(f"getComputedStyle(document.body).{what}") for what in ("color", "backgroundColor"))
    assert (sum(map(int, ink[4:-1].split(","))) > sum(map(int, back[4:-1].split(",")))) == (scheme == "dark")


def test_paper_shows_everybody(page: Page) -> None:
    page.fill("#words", "user0007")
    page.emulate_media(media="print")
    expect(_names(page).filter(visible=True)).to_have_count(14)
    expect(page.locator("#words")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(_names(page)).to_have_count(1)


def _sheets(browser: Page, report: Path) -> int:
    browser.goto(report.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", browser.pdf(prefer_css_page_size=True)))


def test_150_people_are_printed_on_five_sheets(page: Page, tmp_path: Path) -> None:
    rows = [
        ReportRow(
            name=f"Maximiliane Müller {number}",
            email=f"maximiliane.mueller{number}@example.com",
            result="failed" if number == 7 else "done",
            result_label="failed" if number == 7 else "created",
            line=number,
            extension_number=str(3000 + number),
            extension_id=str(1850100000 + number),
            stages={"user": Stage("failed" if number == 7 else "ok"), "roles": Stage("ok", "Standard")},
            changes=[
                "department: Sales",
                f"employee_id: E{number}",
                "job_title: Engineer",
                "mobile_phone: +14155550143",
            ],
            errors=["It did not work."] if number == 7 else [],
        )
        for number in range(150)
    ]
    whole = reports.report_of(rows, ("user", "User"), ("roles", "Roles"))
    path = tmp_path / "report.html"
    path.write_text("".join(html(whole)), encoding="utf-8")
    assert 3 <= _sheets(page, path) <= 5


@pytest.mark.parametrize("width", [700, 1000, 1300, 1600])
def test_names_have_room(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    names = page.locator("#people tbody > tr:first-child > th")
    assert all((names.nth(at).bounding_box() or {})["width"] >= 200 for at in range(3))
    assert page.locator("#people thead th.stage").count() >= 5


def test_a_long_list_is_shown_part_by_part(long_page: Page) -> None:
    bodies, shown = long_page.locator("#people tbody"), long_page.locator("#shown")
    more = long_page.locator("section > .more-rows button")
    expect(shown).to_have_text(f"the first {FIRST_ROWS} of {MANY} shown")
    expect(bodies).to_have_count(FIRST_ROWS)
    more.click()
    expect(bodies).to_have_count(2 * FIRST_ROWS)
    expect(more).to_have_text("Show 100 more")
    more.focus()
    long_page.keyboard.press("Enter")
    expect(bodies).to_have_count(MANY)
    expect(more).to_be_hidden()
    expect(shown).to_have_text(f"{MANY} of {MANY} shown")


def test_a_long_list_is_searched_and_sorted_as_a_whole(long_page: Page) -> None:
    long_page.fill("#words", "document.title=")
    expect(_names(long_page)).to_have_text([HOSTILE[0]])
    long_page.fill("#words", "was <new> & 7902")
    expect(_names(long_page)).to_have_text(["Name 1098"])
    long_page.fill("#words", "")
    long_page.select_option("#result", "failed")
    expect(_names(long_page)).to_have_text(["Name 0", "Name 400", "Name 800"])
    long_page.select_option("#result", "")
    long_page.get_by_role("button", name="Number", exact=True).click()
    expect(_names(long_page).nth(0)).to_have_text(HOSTILE[0])
    expect(_names(long_page).nth(1)).to_have_text("Name 1098")


def test_a_long_list_is_printed_as_a_whole(long_page: Page) -> None:
    long_page.fill("#words", "7902")
    long_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(long_page.locator("#people tbody")).to_have_count(MANY)
    long_page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(long_page.locator("#people tbody")).to_have_count(1)


def test_who_is_unchanged_is_folded(folded_page: Page) -> None:
    rows, summary = folded_page.locator("#unchanged tbody"), folded_page.locator("#unchanged > summary")
    shown = folded_page.locator("#shown")
    expect(_names(folded_page)).to_have_count(4)
    expect(summary).to_have_text(re.compile("^296 people unchanged"))
    expect(rows.first).to_be_hidden()
    expect(shown).to_have_text("4 of 300 shown")
    summary.focus()
    folded_page.keyboard.press("Enter")
    expect(rows.filter(visible=True)).to_have_count(296)
    expect(shown).to_have_text("300 of 300 shown")
    summary.click()
    expect(shown).to_have_text("4 of 300 shown")


def test_a_filter_finds_who_is_folded(folded_page: Page) -> None:
    rows, summary = folded_page.locator("#unchanged tbody"), folded_page.locator("#unchanged > summary")
    folded_page.fill("#words", "Name 200")
    expect(rows).to_have_count(1)
    expect(rows.first).to_be_visible()
    expect(summary).to_have_text(re.compile("^1 of 296 people unchanged"))
    folded_page.fill("#words", "")
    expect(rows.first).to_be_hidden()
    folded_page.select_option("#result", "unchanged")
    expect(rows.first).to_be_visible()
    expect(_names(folded_page)).to_have_count(0)
    folded_page.locator("#unchanged").get_by_role("button", name="Number", exact=True).click()
    expect(rows.first).to_contain_text("Name 299")


def test_paper_shows_who_is_unfolded(folded_page: Page) -> None:
    rows = folded_page.locator("#unchanged tbody")
    folded_page.emulate_media(media="print")
    expect(rows.first).to_be_hidden()
    folded_page.emulate_media(media="screen")
    folded_page.locator("#unchanged > summary").click()
    folded_page.emulate_media(media="print")
    expect(rows.filter(visible=True)).to_have_count(296)
    expect(_names(folded_page)).to_have_count(4)


def test_without_javascript_it_is_all_there(report: Path, long_report: Path, folded_report: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_context(java_script_enabled=False).new_page()
        shown.goto(report.as_uri())
        assert shown.locator("#people tbody").count() == 14
        assert not shown.locator("#words").is_visible()
        assert shown.locator("svg").count() >= 2
        shown.goto(long_report.as_uri())
        assert shown.locator(".people tbody").count() == MANY
        assert not shown.locator("section > .more-rows button").is_visible()
        shown.goto(folded_report.as_uri())
        shown.locator("#unchanged > summary").click()
        assert shown.locator("#unchanged tbody").count() == 296
        assert shown.locator("#unchanged tbody").first.is_visible()
        browser.close()
