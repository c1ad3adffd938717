# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for AWX's API, on loopback: keeps what it is given, finds it by its fields, links things, refuses what AWX does."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SECRET = {"client_secret", "jwt", "store_url", "scim_token"}
TEMPLATES = ("job_templates", "workflow_job_templates", "projects")


class Awx:
    """Things by resource and id, links by the path under which they are found; `writes` counts what changed anything."""

    def __init__(self, playbooks: Collection[str]) -> None:
        self.playbooks = playbooks  # those of every project
        self.things: dict[str, dict[int, dict[str, Any]]] = {}
        self.more: dict[str, Any] = {}
        self.writes: list[str] = []
        awx = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, found = awx.answer(self.command, self.path, json.loads(body) if body else None)
                data = json.dumps(found).encode() if found is not None else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = _serve

            def log_message(self, *_arguments: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def all(self, resource: str) -> list[dict[str, Any]]:
        return list(self.things.get(resource, {}).values())

    def thing(self, number: int) -> dict[str, Any]:
        """That of any resource; ids are not used twice."""
        return next(things[number] for things in self.things.values() if number in things)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        url = urlsplit(path)
        resource, *rest = url.path.removeprefix("/api/v2/").strip("/").split("/")
        if method != "GET":
            self.writes.append(f"{method} {url.path}")
            if error := self._refused(resource, rest, body):
                return 400, {"error": error}
        if not rest:
            return (201, self._add(resource, body)) if method == "POST" else (200, self._find(resource, url.query))
        thing = self.things.get(resource, {}).get(int(rest[0]))
        if thing is None:
            return 404, {"detail": "Not found."}
        if len(rest) == 1:
            if method == "PATCH":
                thing.update(self._shown(body))
            return 200, thing
        if rest[1] == "survey_spec":
            if method == "POST":
                self.more[url.path] = body
            return 200, self.more.get(url.path, {})
        if rest[1] == "create_approval_template":
            approval = self._add("workflow_approval_templates", body)
            thing["unified_job_template"] = approval["id"]
            thing["related"]["unified_job_template"] = approval["url"]
            return 201, approval
        linked: list[dict[str, Any]] = self.more.setdefault(url.path, [])
        if method == "POST":
            linked[:] = [one for one in linked if one["id"] != body["id"]]
            linked += [] if body.get("disassociate") else [{"id": body["id"]}]
            return 204, None
        return 200, _page(linked)

    def _refused(self, resource: str, rest: list[str], body: dict[str, Any]) -> str:
        """Why AWX would not take that, as its own checks of surveys, schedules and playbooks say."""
        if rest[1:] == ["survey_spec"]:
            questions = body["spec"]
            for question in questions:
                if missing := {"type", "question_name", "variable", "required"} - question.keys():
                    return f"{missing} missing from survey question {question}"
                if question.get("default", "") not in question.get("choices", [question.get("default", "")]):
                    return f"the default of {question} is none of its choices"
            if len({question["variable"] for question in questions}) < len(questions) or not questions:
                return "a survey needs questions, and each a variable of its own"
        if resource == "job_templates" and not rest and body["playbook"] not in self.playbooks:
            return f"Playbook not found for project: {body['playbook']}"
        if resource == "schedules" and not re.fullmatch(
            r"DTSTART;TZID=[\w/]+:\d{8}T\d{6} RRULE:FREQ=\w+;INTERVAL=\d+[\w;=]*", body["rrule"]
        ):
            return f"rrule parsing failed validation: {body['rrule']}"
        return ""

    def _add(self, resource: str, body: dict[str, Any]) -> dict[str, Any]:
        number = sum(len(things) for things in self.things.values()) + 1
        url = f"/api/v2/{resource}/{number}/"
        kind = body.get("type") or resource[:-1]
        more = {"id": number, "url": url, "type": kind, "related": {"survey_spec": f"{url}survey_spec/"}}
        more |= {"summary_fields": {}, "status": "successful", "scm_revision": "1"}
        self.things.setdefault(resource, {})[number] = thing = {**self._shown(body), **more}
        return thing

    @staticmethod
    def _shown(body: dict[str, Any]) -> dict[str, Any]:
        """Nobody gets a secret back."""
        if not isinstance(body.get("inputs"), dict) or "fields" in body["inputs"]:
            return body
        return {
            **body,
            "inputs": {key: "$encrypted$" if key in SECRET else value for key, value in body["inputs"].items()},
        }

    def _find(self, resource: str, query: str) -> dict[str, Any]:
        resources = TEMPLATES if resource == "unified_job_templates" else (resource,)
        wanted = [(key, value) for key, value in parse_qsl(query) if key not in ("page", "page_size", "order_by")]
        return _page(
            [
                thing
                for one in resources
                for thing in self.all(one)
                if all(str(thing.get(key)) == value for key, value in wanted)
            ]
        )


def _page(results: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(results), "next": None, "results": results}
