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
# What has to be unique, as AWX's database has it. Execution environments of all organizations have their names in common.
UNIQUE = {
    "credential_types": ("name",),
    "credentials": ("organization", "name", "credential_type"),
    "execution_environments": ("name",),
    "inventories": ("organization", "name"),
    "job_templates": ("organization", "name"),
    "organizations": ("name",),
    "projects": ("organization", "name"),
    "schedules": ("unified_job_template", "name"),
    "workflow_job_templates": ("organization", "name"),
    "workflow_job_template_nodes": ("workflow_job_template", "identifier"),
}


class Awx:
    """Things by resource and id, links by the path under which they are found.

    Attributes:
        writes: what changed anything.
        dangers: workflows that, after one of the writes, would apply without an approval if they were launched.
    """

    def __init__(self, playbooks: Collection[str]) -> None:
        self.playbooks = playbooks  # those of every project
        self.things: dict[str, dict[int, dict[str, Any]]] = {}
        self.more: dict[str, Any] = {}
        self.writes: list[str] = []
        self.dangers: list[str] = []
        awx = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, found = awx.answer(self.command, self.path, json.loads(body) if body else None)
                awx.look_for_dangers()
                data = json.dumps(found).encode() if found is not None else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_DELETE = _serve

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

    def roots(self, workflow: dict[str, Any]) -> list[dict[str, Any]]:
        """The nodes that run at once when a workflow is launched: those that no other leads to."""
        nodes = self.all("workflow_job_template_nodes")
        after = {link["id"] for node in nodes for link in self.more.get(f"{node['url']}success_nodes/", [])}
        return [node for node in nodes if node["workflow_job_template"] == workflow["id"] and node["id"] not in after]

    def look_for_dangers(self) -> None:
        for workflow in self.all("workflow_job_templates"):
            for node in self.roots(workflow):
                template = node.get("unified_job_template") and self.thing(node["unified_job_template"])
                if template and "playbook" in template and node.get("job_type", template["job_type"]) == "run":
                    self.dangers.append(f"{workflow['name']}: {node['identifier']}")

    def questions(self, template: dict[str, Any]) -> list[dict[str, Any]]:
        spec = self.more.get(f"{template['url']}survey_spec/", {})
        return list(spec.get("spec", [])) if template.get("survey_enabled") else []

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        url = urlsplit(path)
        resource, *rest = url.path.removeprefix("/api/v2/").strip("/").split("/")
        if method != "GET":
            self.writes.append(f"{method} {url.path}")
            if error := self._refused(method, resource, rest, body):
                return 400, {"error": error}
        if not rest:
            return (201, self._add(resource, body)) if method == "POST" else (200, self._find(resource, url.query))
        thing = self.things.get(resource, {}).get(int(rest[0]))
        if thing is None:
            return 404, {"detail": "Not found."}
        if len(rest) == 1:
            if method == "PATCH":
                thing.update(self._shown(body))
            if method == "DELETE":
                del self.things[resource][thing["id"]]
                return 204, None
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

    def _refused(self, method: str, resource: str, rest: list[str], body: dict[str, Any]) -> str:
        """Why AWX would not take that, as its own checks of names, surveys, schedules and playbooks say."""
        keys = UNIQUE.get(resource, ())
        if method == "POST" and not rest and keys:
            same = [thing for thing in self.all(resource) if all(thing.get(key) == body.get(key) for key in keys)]
            if same:
                return f"{resource} with this {' and '.join(keys)} already exists."
        if resource == "schedules" and method == "POST":
            if error := self._unanswered(self.thing(body["unified_job_template"]), body.get("extra_data") or {}):
                return error
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
        if (
            resource == "schedules"
            and "rrule" in (body or {})
            and not re.fullmatch(r"DTSTART;TZID=[\w/]+:\d{8}T\d{6} RRULE:FREQ=\w+;INTERVAL=\d+[\w;=]*", body["rrule"])
        ):
            return f"rrule parsing failed validation: {body['rrule']}"
        return ""

    def _unanswered(self, template: dict[str, Any], answers: dict[str, Any]) -> str:
        """Why AWX would not schedule that. It takes no defaults of a survey."""
        questions = {question["variable"]: question for question in self.questions(template)}
        if unknown := answers.keys() - questions.keys():
            return f"Variables {sorted(unknown)} are not allowed on launch."
        for variable, question in questions.items():
            if question["required"] and variable not in answers:
                return f"'{variable}' value missing"
            value = answers.get(variable, "")
            if question["type"] == "multiplechoice" and value not in question["choices"]:
                return f"Value {value} for '{variable}' expected to be one of {question['choices']}."
            if not isinstance(value, str):
                return f"Value {value} for '{variable}' expected to be a string."
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
        things = [thing for one in resources for thing in self.all(one)]
        return _page([thing for thing in things if self._matches(thing, wanted)])

    def _matches(self, thing: dict[str, Any], wanted: list[tuple[str, str]]) -> bool:
        """Whether all of these hold, and one of those that begin with `or__`."""
        some = [(key.removeprefix("or__"), value) for key, value in wanted if key.startswith("or__")]
        every = [(key, value) for key, value in wanted if not key.startswith("or__")]
        return all(self._holds(thing, *one) for one in every) and (
            not some or any(self._holds(thing, *one) for one in some)
        )

    def _holds(self, thing: dict[str, Any], key: str, value: str) -> bool:
        if key.endswith("__startswith"):
            return str(thing.get(key.removesuffix("__startswith"))).startswith(value)
        field, _separator, more = key.partition("__")
        return self._holds(self.thing(thing[field]), more, value) if more else str(thing.get(key)) == value


def _page(results: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(results), "next": None, "results": results}
