# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the figures of docs/bulk.md from the bench's JSON: the table, and docs/bulk.svg, users created over time.

`python tests/bench/plot.py [reports/bench.json]`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MARK = "<!-- figures: made by `make bench` -->"
NAMES = {"uri": "`uri` loop", "loop": "`rc_extension` loop", "bulk": "`rc_bulk_users`"}
COLOURS = {"uri": "#b45309", "loop": "#6d28d9", "bulk": "#0f766e"}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 360, 60, 20, 46


def table(results: list[dict[str, Any]]) -> str:
    lines = [
        "| way | profile | users | waiting seats | latency | minutes | floor | requests | refused |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for it in results:
        calls = ", ".join(f"{count} {plan}" for plan, count in sorted(it["calls"].items()) if plan)
        lines.append(
            f"| {NAMES[it['way']]} | {it['profile']} | {it['users']} | {it['seats'] or ''} |"
            f" {it['latency_ms'] / 1000:g} s | {it['minutes']} | {it['floor']:g} | {calls} | {it['refused']} |"
        )
    return "\n".join(lines)


def plot(results: list[dict[str, Any]]) -> str:
    """Users created over sandbox minutes, for the largest size that every way was measured at."""
    plain = [it for it in results if it["profile"] == "platform" and not it["seats"] and not it["latency_ms"]]
    ways = {it["users"]: {other["way"] for other in plain if other["users"] == it["users"]} for it in plain}
    size = max(users for users, measured in ways.items() if measured == set(NAMES))
    chosen = {it["way"]: it for it in plain if it["users"] == size}
    most = max(it["minutes"] for it in chosen.values())
    users = max(it["users"] for it in chosen.values())
    right, low = WIDTH - 20, HEIGHT - BOTTOM

    def x(minute: float) -> float:
        return LEFT + (right - LEFT) * minute / most

    def y(count: float) -> float:
        return low - (low - TOP) * count / users

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<path d="M{LEFT} {TOP}V{low}H{right}" fill="none" stroke="#444"/>',
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 8}" text-anchor="middle">minutes</text>',
        f'<text x="14" y="{(TOP + low) / 2}" text-anchor="middle" transform="rotate(-90 14 {(TOP + low) / 2})">users created</text>',
    ]
    for part in range(5):
        minute, count = most * part / 4, users * part / 4
        parts.append(f'<text x="{x(minute):.0f}" y="{low + 18}" text-anchor="middle">{minute:.1f}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(count) + 4:.0f}" text-anchor="end">{count:.0f}</text>')
    for row, (way, it) in enumerate(chosen.items()):
        moments = it["timeline"]
        steps = [(moment / 60, it["users"] * (index + 1) / len(moments)) for index, moment in enumerate(moments)]
        line = " ".join(f"{x(minute):.1f},{y(count):.1f}" for minute, count in [(0.0, 0.0), *steps])
        parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[way]}" stroke-width="2.5"/>')
        label = NAMES[way].replace("`", "")
        parts.append(
            f'<text x="{right - 190}" y="{low - 60 + row * 18}" fill="{COLOURS[way]}">{label}, {it["minutes"]} min</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    results = json.loads(Path(sys.argv[1] if sys.argv[1:] else ROOT / "reports/bench.json").read_text())
    page = ROOT / "docs/bulk.md"
    text = page.read_text(encoding="utf-8")
    start = text.index(MARK) + len(MARK)
    page.write_text(
        text[:start] + "\n" + table(results) + "\n\n![Users created over time](bulk.svg)\n", encoding="utf-8"
    )
    (ROOT / "docs/bulk.svg").write_text(plot(results), encoding="utf-8")


if __name__ == "__main__":
    main()
