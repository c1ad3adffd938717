# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the module report, which has its documentation, and its `main`, by which ansible-lint checks options."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, cast

from ansible import constants
from ansible.plugins.action import ActionBase

from ansible_collections.itops.ringcentral.plugins.module_utils._transport import files
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import one_line, printable_in
from ansible_collections.itops.ringcentral.plugins.modules.report import FORMS, OPTIONS, main
from ansible_collections.itops.ringcentral.plugins.plugin_utils._checked_options import checked_options
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.outcomes import KINDS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import looked_up, plain
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import content, from_results
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import Outcome, Report
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import page
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.words import rest_in_words

__all__ = ["ActionModule", "main"]
# What of a role's entries is a text, and no name of a variable.
IN_WORDS = ("source", "day")


class ActionModule(ActionBase):
    """Writes a report, and returns its text and the statistics. It runs in the controller's own process."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        options, wrong, _option = checked_options(OPTIONS, plain(self._task.args))
        if wrong:
            return {"failed": True, "msg": f"{'; '.join(wrong)}."}
        try:
            return self._report(options, task_vars or {})
        except ValueError as error:
            return {"failed": True, "msg": str(error)}

    def _report(self, options: Mapping[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
        check_mode, name = bool(self._task.check_mode), options["name"]
        of = options["of"]
        if len(of) != 2:
            raise ValueError(
                f"of must have the singular and the plural of what a row is, such as [person, people], not {of}."
            )
        kind = options["kind"] or name
        if options["entries"] is None:
            results = _results(options["results"], variables)
            outcome: Outcome = from_results.outcome(results, check_mode, of)
        else:
            outcome, results = _outcome_of(kind, options, variables, check_mode)
        # Of the results, only what they cost and their plans are needed from here on.
        results = [{key: result.get(key) for key in ("api", "plan_file")} for result in from_results.every(results)]
        # Names and messages from RingCentral are in it. The text of a CSV has its own ends of lines, and clean cells.
        clean = {key: value if key == "csv" else printable_in(value) for key, value in outcome.items()}
        outcome = cast(Outcome, clean)
        report = content.content(
            outcome,
            {
                "kind": kind,
                "title": options["title"] or name[:1].upper() + name[1:],
                "asked": options["purpose"],
                "of": of,
                "started": options["started"],
                "ended": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "run": _run(variables),
                "account": _account(plain(looked_up(options["account"], variables, "account"))),
                "reading": plain(looked_up(options["reading"], variables, "reading")) or [],
            },
            results,
            check_mode,
        )
        written: list[str] = []
        lost = ""
        file = Path(os.path.realpath(options["dir"])) / f"{name}-report"
        if not check_mode or options["write_in_check_mode"]:
            try:
                _write(file, report, outcome, options["forms"], written)
            except OSError as error:
                lost = f"The report can't be written to {file.parent}: {files.why(error)}. All changes were made."
        main = f"{file}.html" if f"{file}.html" in written else next(iter(written), "")
        lines = rest_in_words(outcome["lines"], bool(written), check_mode)
        lines += [text for text in report["warnings"] if text not in outcome["lines"]]
        lines += [content.plan_in_words(plan) for plan in report["plans"]]
        lines = [one_line(text) for text in lines]
        if written:
            others = [path.rpartition(".")[2] for path in written if path != main]
            lines.append(f"The report: {main}" + (f" (and .{', .'.join(others)})" if others else ""))
        if lost:
            lines.append(lost)
        result = {"changed": False, "msg": lines if _shows_json() else "\n".join(lines), "files": written}
        if lost:  # the result for everybody is reported anyway
            return {**result, "failed": True}
        return {
            **result,
            "counts": report["counts"],
            "total": len(report["people"]),
            "failed_names": outcome["failed"],
            "failed_msg": content.failed_in_words(report, outcome["failed"], bool(written)),
            **{key: clean[key] for key in ("restored", "blacklisted", "drift", "compared") if key in clean},
            "ansible_stats": {
                "data": {"ringcentral_report": content.digest(report, main, options["stats_size"])},
                "per_host": False,
                "aggregate": False,
            },
        }


def _results(given: Any, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is needed of the results, one or a list of them."""
    found = []
    for number, one in enumerate(given if isinstance(given, (list, tuple)) else [given]):
        result = looked_up(one, variables, f"results[{number}]")
        from_results.check_result(result, f"results[{number}]")
        found.append(_part(result, from_results.NEEDED))
    return found


def _part(result: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """A copy of what is needed of a result, and of those of its loop."""
    part = {key: plain(result[key]) for key in keys if key in result and key != "results"}
    if isinstance(result.get("results"), (list, tuple)):
        part["results"] = [_part(one, (*keys, str(one.get("ansible_loop_var")))) for one in result["results"]]
    return part


def _outcome_of(
    kind: str, options: Mapping[str, Any], variables: Mapping[str, Any], check_mode: bool
) -> tuple[Outcome, list[dict[str, Any]]]:
    """What a role of this collection reports, and the results; those that are not there are of tasks that were left out."""
    if kind not in KINDS or not isinstance(options["results"], Mapping):
        raise ValueError(
            "entries is for roles of this collection. Leave it out, and pass results as they were registered."
        )
    keys = (*from_results.NEEDED, *KINDS[kind].needs)
    results: dict[str, Any] = {
        name: _part(looked_up(given, variables, f"results.{name}"), keys)
        for name, given in options["results"].items()
        if not isinstance(given, str) or given in variables
    }
    entries = options["entries"]
    if isinstance(entries, Mapping):
        entries = {
            key: plain(looked_up(value, variables, f"entries.{key}")) if key not in IN_WORDS else value
            for key, value in entries.items()
        }
    outcome = KINDS[kind].outcome(plain(looked_up(entries, variables, "entries")), results, check_mode)
    return outcome, list(results.values())


def _write(file: Path, report: Report, outcome: Outcome, forms: list[str], written: list[str]) -> None:
    """Write each form, and add it to those `written`; the page last, as what is there then has the others next to it."""
    files.make_directory(file.parent)
    for form in (form for form in FORMS if form in forms):
        path = f"{file}.{form}"
        files.replace(Path(path), _text_of(form, report, outcome))
        written.append(path)


def _text_of(form: str, report: Report, outcome: Outcome) -> str | Iterator[str]:
    """What is written of a report in a form; a kind of report may have parts of its own, or a whole one."""
    if form == "json":
        return content.as_json({**report, **outcome.get("json", {})})
    if form == "csv":
        return outcome["csv"] if "csv" in outcome else content.as_csv(report)
    return page(report)


def _account(given: Any) -> list[list[Any]]:
    """Rows of label and value; of facts that rc_account_info returned, which account it is."""
    if isinstance(given, Mapping):
        facts = {"Account": "id", "Main number": "main_number", "Service plan": "service_plan"}
        return [[label, given.get(key)] for label, key in facts.items()]
    rows = given or []
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 2 for row in rows):
        raise ValueError("account is the account that rc_account_info returned, or a list of [label, value].")
    return rows


def _run(variables: Mapping[str, Any]) -> list[list[Any]]:
    """Which run this was, for the record."""

    def first(*names: str) -> str:
        return next((str(variables[name]) for name in names if variables.get(name)), "")

    return [
        ["Play", first("ansible_play_name")],
        ["Run by", first("awx_user_name", "tower_user_name") or _user_of_this_process()],
        ["Job", first("awx_job_id", "tower_job_id")],
        ["Ansible", plain((variables.get("ansible_version") or {}).get("full"))],
    ]


def _user_of_this_process() -> str:
    """Who runs it from a command line; a container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _shows_json() -> bool:
    """Whether results are shown as JSON, which keeps a list's lines; YAML keeps a text's."""
    shown = constants.config.get_config_value("result_format", plugin_type="callback", plugin_name="default")
    return bool(shown != "yaml")
