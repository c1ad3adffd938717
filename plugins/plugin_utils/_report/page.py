# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one page to read, print and keep: no other file, no network, and nothing in it but text.

Everything is there without JavaScript, which only filters and sorts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from .content import occupancy

WIDTH, HEIGHT = 640, 96
LEFT, TOP, BOTTOM = 40, 8, 20
MARKS = {
    "ok": ("✓", "done"),
    "failed": ("✗", "failed"),
    "waiting": ("…", "waits"),
    "skipped": ("–", "not done"),
    "unavailable": ("∅", "not offered by this account"),
}

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1c2430; --soft: #5a6675; --line: #d9dee5; --back: #ffffff; --raised: #f5f7fa; --accent: #14599c;
  --good: #1a6b3c; --bad: #a8201a; --wait: #7a5200; --fill: #cfe0f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eaf0; --soft: #a3afbd; --line: #38424f; --back: #14181e; --raised: #1d232b; --accent: #8fc1f2;
    --good: #7fd0a0; --bad: #ff9d94; --wait: #f0c674; --fill: #26425e;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; background: var(--back); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
main { max-width: 84rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
p { margin: .3rem 0; }
.asked { font-size: 1.05rem; }
.badge { display: inline-block; border: 1px solid var(--wait); color: var(--wait); border-radius: .3rem; padding: 0 .5rem; }
dl { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1rem 0; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; padding: 0; margin: 1rem 0; }
.counts li { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .9rem; }
.counts b { font-size: 1.3rem; margin-right: .35rem; }
.warning { border-left: 4px solid var(--wait); background: var(--raised); padding: .6rem .9rem; margin: .5rem 0; }
.controls { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; margin: .5rem 0; }
.controls label { display: block; font-size: .85rem; color: var(--soft); }
input, select {
  font: inherit; color: inherit; background: var(--back); border: 1px solid var(--soft); border-radius: .3rem;
  padding: .3rem .5rem; min-width: 12rem; max-width: 100%;
}
.shown { color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
#people { table-layout: fixed; }
th.number { width: 11%; } th.stage { width: 7.4%; }
td.stage { text-align: center; font-size: 1.15rem; }
thead th.stage { font-size: .78rem; text-align: center; padding: .45rem .15rem; } thead th.stage button { text-align: center; }
caption { text-align: left; color: var(--soft); padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-top: 1px solid var(--line); }
.more td { border-top: 0; padding-top: 0; font-size: .87rem; }
.more ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.6rem; }
.more .errors { display: block; font-weight: 600; }
thead th { background: var(--raised); border-top: 0; border-bottom: 2px solid var(--line); font-size: .85rem; }
tbody th { font-weight: 600; min-width: 10rem; }
tbody th small, td small { display: block; font-weight: 400; color: var(--soft); }
thead button {
  font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: left;
}
thead button::after { content: " ↕" / ""; color: var(--soft); }
[aria-sort=ascending] button::after { content: " ↑" / ""; color: var(--accent); }
[aria-sort=descending] button::after { content: " ↓" / ""; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.ok { color: var(--good); } .failed { color: var(--bad); } .waiting { color: var(--wait); }
.skipped, .unavailable { color: var(--soft); }
.result { font-weight: 600; }
.soft { color: var(--soft); }
.errors { color: var(--bad); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { margin: .8rem 0; }
figcaption { color: var(--soft); font-size: .9rem; }
svg { width: 100%; max-width: 52rem; height: auto; }
svg text { fill: var(--soft); font-size: 10px; }
.area { fill: var(--fill); stroke: var(--accent); stroke-width: 1; }
.limit { stroke: var(--bad); stroke-dasharray: 5 4; stroke-width: 1.2; }
.axis { stroke: var(--line); }
@media screen and (max-width: 48rem) {
  main { padding: 1rem; }
  section > table:not(#people) { font-size: .85rem; overflow-wrap: anywhere; }
  section > table:not(#people) :is(th, td) { padding: .3rem; min-width: 0; }
  #people thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  #people, #people caption, #people tbody, #people tr, #people td, #people tbody th { display: block; width: 100%; }
  #people tbody { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .4rem .2rem; }
  #people td, #people tbody th { border: 0; padding: .15rem .6rem; }
  #people td.stage { text-align: left; font-size: inherit; }
  #people td[data-label]:not(:empty)::before { content: attr(data-label) ": "; color: var(--soft); }
  #people td:empty { display: none; }
  #people td .hidden { position: static; width: auto; height: auto; clip-path: none; }
}
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --back: #fff; --raised: #fff; --accent: #000; --good: #000; --bad: #000;
    --wait: #000; --fill: #ddd; }
  @page { size: landscape; margin: 12mm; }
  body { font-size: 9pt; }
  #people td.stage { font-size: 11pt; }
  #people thead th.stage { font-size: 7pt; overflow-wrap: anywhere; }
  .more td, tbody th small, td small { font-size: 8pt; }
  main { max-width: none; padding: 0; }
  .controls, .shown { display: none; }
  #people tbody[hidden] { display: table-row-group !important; }
  thead button::after { content: ""; }
  thead { display: table-header-group; }
  tbody, figure { break-inside: avoid; }
}
"""

SCRIPT = """
"use strict";
const table = document.getElementById("people");
const rows = Array.from(table.tBodies);  // one for each person
const words = document.getElementById("words");
const result = document.getElementById("result");
const shown = document.getElementById("shown");
const order = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
for (const row of rows) row.text = row.textContent.toLowerCase();
function filter() {
  const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const fits = wanted.every(word => row.text.includes(word)) && (!result.value || row.dataset.result === result.value);
    row.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + " of " + rows.length + " shown";
}
function sort(header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const at = header.cellIndex;
  const sorted = rows.slice().sort((one, other) => order.compare(key(one, at), key(other, at)) * (down ? -1 : 1));
  table.append(...sorted);
}
function key(row, at) {
  const cell = row.rows[0].cells[at];
  return cell.dataset.key || cell.textContent.trim();
}
words.addEventListener("input", filter);
result.addEventListener("change", filter);
for (const button of table.tHead.querySelectorAll("button")) {
  button.addEventListener("click", () => sort(button.closest("th")));
}
document.getElementById("controls").hidden = false;
filter();
"""

TEMPLATE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src '{{ style_hash }}'; script-src '{{ script_hash }}'; base-uri 'none'; form-action 'none'">
<title>{{ report.title }}{{ " (check mode)" if report.check_mode }} – {{ report.started or "RingCentral" }}</title>
<style>{{ style }}</style>
</head>
<body>
<main>
<header>
<h1>{{ report.title }}</h1>
<p class="asked"><bdi>{{ report.asked }}</bdi></p>
{% if report.check_mode %}<p><span class="badge">Check mode: this is what would happen. Nothing was changed.</span></p>{% endif %}
<dl>
{% for label, value in facts %}<div><dt>{{ label }}</dt><dd><bdi>{{ value }}</bdi></dd></div>
{% endfor %}</dl>
<ul class="counts" aria-label="Results">
{% for label, count in report.counts.items() if count %}<li><b>{{ count }}</b>{{ label }}</li>
{% else %}<li>nobody</li>{% endfor %}</ul>
{% for warning in report.warnings %}<p class="warning">{{ warning }}</p>
{% endfor %}</header>

<section aria-labelledby="people-title">
<h2 id="people-title">{{ report.of[1] | capitalize }}</h2>
<div class="controls" id="controls" hidden>
<div><label for="words">Filter by words</label><input id="words" type="search" autocomplete="off"></div>
<div><label for="result">Result</label><select id="result"><option value="">all</option>
{% for label in labels %}<option>{{ label }}</option>
{% endfor %}</select></div>
<p class="shown" id="shown" role="status" aria-live="polite"></p>
</div>
<table id="people">
<caption>{{ report.people | length }} {{ report.of[0 if report.people | length == 1 else 1] }}, in the order of the list</caption>
<thead><tr>
<th scope="col" class="name"><button type="button">Name</button></th>
<th scope="col" class="number"><button type="button">Number</button></th>
<th scope="col" class="number"><button type="button">Result</button></th>
{% for stage in report.stages %}<th scope="col" class="stage"><button type="button">{{ stage.label }}</button></th>
{% endfor %}</tr></thead>
{% for person in report.people %}<tbody data-result="{{ person.result_label }}">
<tr>
<th scope="row"><bdi>{{ person.name or person.email or "–" }}</bdi>
{%- if person.email and person.email != person.name %}<small><bdi>{{ person.email }}</bdi></small>{% endif %}
{%- if person.line %}<small>line {{ person.line }}</small>{% endif %}</th>
<td data-label="Number" data-key="{{ person.extension_number or '' }}">{% if person.extension_number %}{{ person.extension_number }}{% endif %}
{%- if person.extension_id %}<small>id {{ person.extension_id }}</small>{% endif %}</td>
<td data-label="Result"><span class="result {{ tones[person.result] }}">{{ person.result_label }}</span></td>
{% for stage in report.stages %}{% set told = person.stages.get(stage.key) -%}
<td class="stage" data-label="{{ stage.label }}">{% if told %}<span class="{{ told.state }}"><span aria-hidden="true">{{ marks[told.state][0] }}</span>
<span class="hidden">{{ marks[told.state][1] }}</span></span>{% endif %}</td>
{% endfor %}</tr>
{% set told = details(report.stages, person) -%}
{% if person.errors or told or person.changes or person.notes %}<tr class="more"><td colspan="{{ 3 + report.stages | length }}">
{%- if person.errors %}<ul class="errors">{% for text in person.errors %}<li><bdi>{{ text }}</bdi></li>{% endfor %}</ul>{% endif %}
{%- if told %}<ul>{% for label, note in told %}<li>{{ label }}: <bdi>{{ note }}</bdi></li>{% endfor %}</ul>{% endif %}
{%- if person.changes %}<ul class="soft">{% for text in person.changes %}<li><bdi>{{ text }}</bdi></li>{% endfor %}</ul>{% endif %}
{%- if person.notes %}<ul class="soft">{% for text in person.notes %}<li><bdi>{{ text }}</bdi></li>{% endfor %}</ul>{% endif -%}
</td></tr>
{% endif %}</tbody>
{% endfor %}</table>
</section>

<section aria-labelledby="api-title">
<h2 id="api-title">What it took of RingCentral's limits</h2>
<table>
<caption>API requests by usage plan; {{ report.api.retries }} sent again; {{ "%.0f" | format(report.api.waited) }} seconds waited</caption>
<thead><tr><th scope="col">Usage plan</th><th scope="col">Requests</th><th scope="col">Limit</th>
<th scope="col">Most in one window</th></tr></thead>
<tbody>
{% for plan in plans %}<tr><th scope="row">{{ plan.name }}</th><td>{{ plan.calls }}</td><td>{{ plan.limit }}</td><td>{{ plan.most }}</td></tr>
{% else %}<tr><td colspan="4">No request was sent.</td></tr>
{% endfor %}</tbody>
</table>
{% for plan in plans if plan.path %}<figure>
<figcaption id="plot-{{ loop.index }}">{{ plan.name }}: requests in the window that ends at each moment (filled), and the limit (dashed)</figcaption>
<svg viewBox="0 0 {{ width }} {{ height }}" role="img" aria-labelledby="plot-{{ loop.index }}">
<line class="axis" x1="{{ left }}" x2="{{ width }}" y1="{{ floor }}" y2="{{ floor }}"></line>
<path class="area" d="{{ plan.path }}"></path>
{% if plan.limit_y is not none -%}
<line class="limit" x1="{{ left }}" x2="{{ width }}" y1="{{ plan.limit_y }}" y2="{{ plan.limit_y }}"></line>
<text x="{{ left - 4 }}" y="{{ plan.limit_y + 4 }}" text-anchor="end">{{ plan.allowed }}</text>{% endif %}
<text x="{{ left - 4 }}" y="{{ floor }}" text-anchor="end">0</text>
<text x="{{ left }}" y="{{ height - 4 }}">{{ plan.begin }}</text>
<text x="{{ width }}" y="{{ height - 4 }}" text-anchor="end">{{ plan.end }}</text>
</svg>
</figure>
{% endfor %}</section>
</main>
<script>{{ script }}</script>
</body>
</html>
"""
TONES = {"done": "ok", "changed": "ok", "unchanged": "skipped", "waiting": "waiting", "failed": "failed"}


def page(report: Mapping[str, Any]) -> str:
    """The report as HTML; whatever stands in it is shown as text."""
    facts = [*report["account"], *report["run"], ["Begun", report["started"]], ["Ended", report["ended"]]]
    environment = Environment(autoescape=True)
    return environment.from_string(TEMPLATE).render(
        report=report,
        facts=[(label, value) for label, value in facts if value],
        labels=sorted({person["result_label"] for person in report["people"]}),
        plans=[_plan(report["api"], plan) for plan in report["api"]["calls"]],
        details=_details,
        marks=MARKS,
        tones=TONES,
        style=Markup(STYLE),  # our own, not data
        script=Markup(SCRIPT),
        style_hash=_hash(STYLE),
        script_hash=_hash(SCRIPT),
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        floor=HEIGHT - BOTTOM,
    )


def _details(stages: list[dict[str, str]], person: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is told of the stages; why one failed is among the errors."""
    told = [(stage["label"], person["stages"].get(stage["key"]) or {}) for stage in stages]
    return [(label, state["note"]) for label, state in told if state.get("note") and state["state"] != "failed"]


def _hash(text: str) -> str:
    """What a browser needs to let our own style and script through, and nothing else."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _plan(api: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One usage plan: its numbers, and its plot."""
    limit = (api.get("limits") or {}).get(name) or {}
    times = api.get("timeline") or {}
    found = occupancy(api, name)
    most = max(found, default=0)
    allowed = limit.get("calls")
    told = {
        "name": name,
        "calls": api["calls"][name],
        "allowed": allowed,
        "limit": f"{allowed} in {limit['window']:g} seconds" if allowed else "not told",
        "most": most or "–",
        "path": "",
        "limit_y": None,
    }
    if not found or name == "Auth":
        return told
    floor, top = HEIGHT - BOTTOM, max(most, allowed or 1)
    room = floor - TOP
    across = (WIDTH - LEFT) / len(found)
    points = [f"M{LEFT},{floor}"]
    for index, inside in enumerate(found):
        y = round(floor - room * inside / top, 1)
        points += [f"L{LEFT + index * across:.1f},{y}", f"L{LEFT + (index + 1) * across:.1f},{y}"]
    points.append(f"L{WIDTH},{floor}Z")
    told["path"] = " ".join(points)
    if allowed:
        told["limit_y"] = round(floor - room * allowed / top, 1)
    told["begin"], told["end"] = (_clock(times["start"] + index * times["step"]) for index in (0, len(found)))
    return told


def _clock(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%H:%M:%S UTC")
