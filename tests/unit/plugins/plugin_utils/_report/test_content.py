# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report: what it costs is added up, nothing in it is more than text, and every form holds everybody."""

from __future__ import annotations

import base64
import csv
import hashlib
import html.parser
import io
import re
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import content as report
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.timeline import Timeline
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import (
    RESULTS,
    STATES,
    ReportRow,
    Stage,
    result_counts,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import MARKS, TONES, page
from ansible_collections.itops.ringcentral.tests.support import reports

Json = dict[str, Any]
STAGES = [{"key": "suspended", "label": "Suspended"}]
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "{% raw %}{# & &amp; 'single' \"double\" `back` </script>",
    "</title><style>*{display:none}</style>",
    "\u202eevil",
    "W" * 500,
    "Zoë O'Brien-Nguyễn",
]


def person(name: str = "Ann", **more: Any) -> Json:
    return {
        "line": 2,
        "name": name,
        "email": "ann@example.com",
        "extension_number": "2001",
        "extension_id": "7",
        "result": "done",
        "result_label": "done",
        "stages": {"suspended": {"state": "ok", "note": name}},
        "changes": [name],
        "errors": [name],
        "notes": [name],
        **more,
    }


def made(*people: Json, results: Any = ()) -> Json:
    counts = {"done": len(people)}
    about = {"kind": "offboarding", "title": "Offboarding", "asked": "Offboard them.", "started": "", "ended": "",
             "run": [["Play", "Offboard people"], ["Job", ""]], "account": [["Account", 7]]}  # fmt: skip
    outcome = reports.outcome(people=list(people), stages=STAGES, counts=counts)
    return report.content(outcome, about, results, False)


def api(**more: Any) -> Json:
    times = "start=100.0 step=0.5 Medium=1,0,2"
    limits = {"Medium": {"calls": 40, "window": 60.0}}
    return {"api": {"calls": {"Medium": 3}, "retries": 1, "waited": 0.5, "timeline": times, "limits": limits, **more}}


def page_of(told: Json) -> str:
    """The page as one text."""
    return "".join(page(told))


def test_what_tasks_cost_is_added_up_on_one_axis() -> None:
    later = "start=110.0 step=1.0 Light=1 Medium=4"
    total = report.sum_api([api(), {}, {"api": None}, api(timeline=later)])
    assert (total["calls"], total["retries"], total["waited"]) == ({"Medium": 6}, 2, 1.0)
    assert total["timeline"] == "start=100.0 step=1.0 Light=0*10,1 Medium=1,2,0*8,4"
    assert Timeline.read(report.sum_api([{"api": total}])["timeline"]).calls["Medium"][1] == 2


def test_requests_in_a_window_rise_and_fall() -> None:
    times = "start=0.0 step=30.0 Heavy=5*2,0,1"
    limits = {"Heavy": {"calls": 10, "window": 60.0}}
    assert report.occupancy({"timeline": times, "limits": limits}, "Heavy") == [5, 10, 5, 1]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("\t=1", "'\t=1"),
        ("+14155550142", "+14155550142"),
        ("+1 (415) 555-0142", "+1 (415) 555-0142"),
        ("-5", "-5"),
        ("Zoë", "Zoë"),
        (None, None),
        (7, 7),
    ],
)
def test_no_cell_is_a_formula(cell: Any, shown: Any) -> None:
    assert report.harmless(cell) == shown


def test_the_csv_has_a_row_for_everybody_and_a_column_for_each_stage() -> None:
    text = report.as_csv(made(*(person(name) for name in HOSTILE)))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["name"] for row in rows] == [name.replace("\u202e", "") for name in HOSTILE]
    assert rows[0]["suspended"] == f"ok: {HOSTILE[0]}"


class _Page(html.parser.HTMLParser):
    """What a browser would make of it: the tags that there are, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [f"{name}={value}" for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_stands_in_it_is_text(name: str) -> None:
    told = made(person(name, email=name, result_label=name, extension_number=name))
    told.update({"title": name, "asked": name, "warnings": [name], "counts": {name: 1}, "run": [[name, name]],
                 "stages": [{"key": "suspended", "label": name}]})  # fmt: skip
    found = _Page(page_of(told))
    plain = _Page(page_of(made(person())))
    assert found.tags.count("script") == found.tags.count("style") == 1
    assert "img" not in found.tags
    assert set(found.tags) <= {*plain.tags, "p"}
    assert name in found.text
    assert not any(attribute.startswith("on") for attribute in found.attributes)


def test_only_the_page_s_own_style_and_script_are_let_through() -> None:
    text = page_of(made(*(person(name) for name in HOSTILE)))
    for element in ("style", "script"):
        (content,) = re.findall(f"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}';" in text


def test_nothing_comes_from_elsewhere() -> None:
    text = page_of(made(person(), results=[api()]))
    assert not re.search(r"(\ssrc=|\shref=|url\(|@import|https?:)", text)
    assert "default-src 'none'" in text
    assert "<svg" in text


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_everybody_is_on_the_page(count: int) -> None:
    text = page_of(made(*(person(f"Person {number}", errors=[], changes=[], notes=[]) for number in range(count))))
    assert text.count("<tbody data-result=") == count
    assert f"<caption>{'1 person' if count == 1 else f'{count} people'}" in text


def test_what_outlives_the_files_is_small() -> None:
    people = [reports.person(name=f"Person {at}", errors=["no"] if at < 150 else []) for at in range(1000)]
    whole = reports.report(people=people, counts={"failed": 150})
    digest = report.digest(whole, "/tmp/onboarding-report.html", 1000)
    assert (len(digest["failed"]), digest["failed_count"], digest["report"]) == (100, 150, None)
    assert digest["file"] == "/tmp/onboarding-report.html"
    assert report.digest(whole, "", 10**6)["report"] == whole
    assert report.digest(whole, "", 10**6)["file"] == ""


@pytest.mark.parametrize("state", ["Ok", "fail", "done", ""])
def test_a_state_that_no_form_of_the_report_knows_is_refused(state: Any) -> None:
    with pytest.raises(ValueError, match=f"'{state}' is no state of a stage: ok, failed, waiting"):
        Stage(state)


@pytest.mark.parametrize("result", ["ok", "Failed", "created", ""])
def test_a_result_that_no_form_of_the_report_knows_is_refused(result: Any) -> None:
    with pytest.raises(ValueError, match=f"'{result}' is no result: done, changed, unchanged"):
        ReportRow("Zoë O'Brien-Nguyễn", result, "created")


def test_a_row_of_the_report_has_every_key_of_its_json() -> None:
    row = ReportRow("Zoë O'Brien-Nguyễn", "done", "created", line=2, stages={"user": Stage("ok", "is new")})
    assert row.as_dict() == {
        "line": 2,
        "name": "Zoë O'Brien-Nguyễn",
        "email": None,
        "extension_number": None,
        "extension_id": None,
        "result": "done",
        "result_label": "created",
        "stages": {"user": {"state": "ok", "note": "is new"}},
        "changes": [],
        "errors": [],
        "notes": [],
    }


def test_every_form_of_the_report_knows_every_state_and_result() -> None:
    assert set(MARKS) == set(STATES)
    assert set(TONES) == set(RESULTS)
    stages = {state: Stage(state, "a note") for state in STATES}
    rows = [ReportRow("Ann", result, result, stages=stages).as_dict() for result in RESULTS]
    rows[-1]["stages"] = {}  # what is the same for everybody has no column
    whole = made(*rows)
    whole["stages"] = [{"key": state, "label": state.upper()} for state in STATES]
    assert "waiting: a note" in report.as_csv(whole)
    assert page_of(whole).count('<td class="stage"') == len(STATES) * len(RESULTS)


def test_people_are_counted_by_what_became_of_them() -> None:
    rows = [ReportRow("Ann", "done", label) for label in ("back", "deleted", "back")]
    assert result_counts(rows) == {"back": 2, "deleted": 1}


def test_how_the_list_was_read_is_kept_as_text() -> None:
    about = {
        "kind": "x",
        "title": "X",
        "asked": "",
        "started": "",
        "ended": "",
        "reading": ["hires.csv: \u202eCSV", "<b>"],
    }
    kept = report.content(reports.outcome(), about, (), False)
    assert kept["reading"] == ["hires.csv: CSV", "<b>"]
    assert "hires.csv: CSV\n&lt;b&gt;" in page_of(kept)
    assert "How the list was read" not in page_of({**kept, "reading": []})


@pytest.mark.parametrize(
    ("people", "names", "check_mode", "text"),
    [
        (2, [], False, ""),
        (1, ["Lee Park"], False, "1 of 1 person failed: Lee Park. The reasons are above and in the report. Fix the"),
        (
            3,
            ["A", "B"],
            False,
            "2 of 3 people failed: A, B. The reasons are above and in the report. The others succeeded.",
        ),
        (3, ["A"], True, "1 of 3 people failed: A. The reasons are above and in the report. The others would succeed."),
    ],
)
def test_a_failure_speaks_of_others_where_there_are_some(
    people: int, names: list[str], check_mode: bool, text: str
) -> None:
    of_all = reports.report(check_mode, people=[reports.person()] * people)
    found = report.failed_in_words(of_all, names)
    assert found.startswith(text) and bool(found) == bool(names)
    assert "report" not in report.failed_in_words(of_all, names, written=False)


def test_a_failure_says_why_the_first_failed() -> None:
    people = [reports.person(errors=[f"reason {number}."] if number else []) for number in range(9)]
    names = [f"N{number}" for number in range(1, 9)]
    found = report.failed_in_words(reports.report(people=people), names)
    assert "N1: reason 1; N2: reason 2; N3: reason 3" in found and "reason 6" not in found
    assert "; and 3 more. The reasons are above and in the report. The others succeeded." in found


def test_everybody_who_differs_from_an_approved_plan_is_named() -> None:
    """Also who is in no row, since the list has that person no more; and the same plan is no way to go on."""
    left = [{"who": "Zoe", "why": "status is 'Disabled' now."}, {"who": "Uma", "why": "is not in the list any more"}]
    made = {"id": "1", "made_by": "ann", "made_at": "2026-11-24T09:00:00Z", "signed": True, "in_words": "2 updated"}
    plan = {**made, "path": "plan.json", "approved": True, "left_alone": left}
    words = report.plan_in_words(plan)
    assert words.endswith(
        "2 people differ from it, and are left alone: Zoe: status is 'Disabled' now; Uma: is not in the list any more."
    )
    given = reports.report(people=[reports.person(errors=["is left alone"])], plans=[plan])
    assert report.failed_in_words(given, ["Zoe"]).endswith(" Make a new plan for people who are left alone.")
    assert report.failed_in_words({**given, "people": [reports.person()]}, ["Zoe"]).endswith(
        " Fix the cause and run it again."
    )
    people = [*given["people"], reports.person(errors=["No."])]
    both = report.failed_in_words({**given, "people": people}, ["Zoe", "Bo"])
    assert both.endswith(" For the others who failed, fix the cause and run it again with the same plan.")


def test_a_failure_of_many_names_some() -> None:
    names = [f"N{number}" for number in range(3000)]
    found = report.failed_in_words(reports.report(people=[reports.person()] * 3000), names)
    assert "3000 of 3000 people failed: N0, N1," in found and "N19 and 2980 more. The reasons" in found
