# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as AWX and Automation Platform run them: credentials by injectors, a survey's answers as extra vars, in ansible-runner."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jinja2.sandbox
import pytest
import yaml
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.redis_server import COMMAND, RedisServer
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox

from .awx_server import Awx

AWX = ROOT / "extensions/awx"
PROJECT = ROOT / "examples/awx"
PEOPLE = "first_name,last_name,email\n"
SECRETS = ("RC_APP_CLIENT_SECRET", "RC_USER_JWT", "RC_STORE_URL", "RC_SCIM_TOKEN")


class _Data(yaml.SafeLoader):
    """Reads what Ansible marks as text that is no template."""


_Data.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def data(name: str, prefix: str = "RingCentral") -> Any:
    """What one of the files for AWX holds, with names that begin with the prefix."""
    text = (AWX / f"{name}.yml").read_text().replace("{{ awx_prefix }}", prefix)
    return yaml.load(text, _Data)[f"awx_{name}"]


def injected(name: str, inputs: dict[str, str]) -> dict[str, str]:
    """The environment that a credential gives a job: AWX renders the inputs that were given, and applies no defaults.

    What was not given renders as nothing. When a type is saved, AWX checks the injectors against all fields.
    """
    [kind] = [kind for kind in data("credential_types") if kind["name"] == name]
    assert set(kind["injectors"]) == {"env"}
    known = {field["id"]: "a value" for field in kind["inputs"]["fields"]}
    assert set(inputs) <= set(known)
    strict = jinja2.sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
    lenient = jinja2.sandbox.ImmutableSandboxedEnvironment()
    texts = kind["injectors"]["env"]
    assert all(strict.from_string(text).render(known) for text in texts.values())
    return {key: lenient.from_string(text).render(inputs) for key, text in texts.items()}


def test_credentials_reach_jobs_by_their_environment_only() -> None:
    app = {
        "server_url": "https://x.example",
        "client_id": "an id",
        "client_secret": "{{ s }}",
        "jwt": "j",
        "store_url": "r",
    }
    assert injected("RingCentral app", app) == {
        "RC_SERVER_URL": "https://x.example",
        "RC_APP_CLIENT_ID": "an id",
        "RC_APP_CLIENT_SECRET": "{{ s }}",
        "RC_USER_JWT": "j",
        "RC_MARK_KEY": "",
        "RC_PLAN_KEY": "",
        "RC_STORE_URL": "r",
        "RC_ON_STORE_LOSS": "local",
    }
    assert injected("RingCentral SCIM token", {"scim_token": "t"}) == {"RC_SCIM_TOKEN": "t", "RC_SCIM_URL": ""}
    for kind in data("credential_types"):
        fields = {field["id"]: field for field in kind["inputs"]["fields"]}
        assert set(kind["inputs"]["required"]) <= set(fields)
        assert all(field.get("help_text") for field in fields.values())
        secret = {name for name, field in fields.items() if field.get("secret")}
        assert secret == set(fields) & {"client_secret", "jwt", "mark_key", "plan_key", "store_url", "scim_token"}


def test_the_image_needs_what_runs_and_nothing_else(tmp_path: Path) -> None:
    definition = yaml.safe_load((AWX / "execution-environment.yml").read_text())
    definition["dependencies"]["galaxy"] = {"collections": [{"name": str(ROOT), "type": "dir"}]}
    (tmp_path / "ee.yml").write_text(yaml.safe_dump(definition))
    builder = [
        Path(sys.executable).parent / "ansible-builder",
        "create",
        "--output-filename",
        "Containerfile",
        "-f",
        tmp_path / "ee.yml",
        "-c",
        tmp_path / "context",
    ]
    done = subprocess.run(builder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "python3.12" in (tmp_path / "context/Containerfile").read_text()
    needs = yaml.safe_load((ROOT / "meta/execution-environment.yml").read_text())["dependencies"]
    assert needs == {"python": "requirements.txt"}
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    names = {line.split(">")[0] for line in lines if line and not line.startswith("#")}
    assert names == {
        "requests",
        "PyJWT",
        "cryptography",
        "email-validator",
        "openpyxl",
        "phonenumbers",
        "redis",
        "tzdata",
    }


class Job:
    """A job as AWX lays it out for ansible-runner: a directory of its own, and a home that dies with it."""

    def __init__(self, controller: Controller, sandbox: Sandbox, name: str, playbook: str, store_url: str = "") -> None:
        self.directory = controller.directory / name
        (self.directory / "env").mkdir(parents=True)
        shutil.copytree(PROJECT, self.directory / "project")
        self.playbook = f"playbooks/{playbook}.yml"
        app = {
            "server_url": sandbox.environment["RC_SERVER_URL"],
            "client_id": sandbox.environment["RC_APP_CLIENT_ID"],
            "client_secret": sandbox.environment["RC_APP_CLIENT_SECRET"],
            "jwt": sandbox.environment["RC_USER_JWT"],
            "store_url": store_url,
        }
        given = {name: value for name, value in app.items() if value}
        self.credential = injected("RingCentral app", given)
        self.environment = controller.environment(sandbox, HOME=str(self.directory))
        for variable in [name for name in self.environment if name.startswith(("RC_", "ANSIBLE_CALLBACK", "WITNESS_"))]:
            del self.environment[variable]
        # How soon ansible-runner sees that it is to end.
        (self.directory / "env/settings").write_text(json.dumps({"pexpect_timeout": 0.1}))
        (self.directory / "env/envvars").write_text(json.dumps(self.credential))

    def start(self, variables: dict[str, Any], *arguments: str) -> subprocess.Popen[str]:
        (self.directory / "env/extravars").write_text(json.dumps(variables))
        (self.directory / "env/cmdline").write_text(" ".join(["-i localhost,", *arguments]))
        runner = [
            Path(sys.executable).parent / "ansible-runner",
            "run",
            self.directory,
            "-p",
            self.playbook,
            "--ident",
            "job",
        ]
        return subprocess.Popen(
            runner,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.directory,
        )

    def run(self, variables: dict[str, Any], *arguments: str) -> dict[str, Any]:
        """Let it end well; returns what it hands on."""
        process = self.start(variables, *arguments)
        output = process.communicate(timeout=300)[0]
        assert process.returncode == 0, output
        return self.handed_on()

    def handed_on(self) -> dict[str, Any]:
        """What `set_stats` said, as AWX finds it in the last event."""
        events = (json.loads(path.read_text()) for path in (self.directory / "artifacts/job/job_events").glob("*.json"))
        [stats] = [event["event_data"] for event in events if event["event"] == "playbook_on_stats"]
        return dict(stats["artifact_data"])

    def check_secrets(self, *more: str) -> str:
        """No secret is in output, events or cached facts; returns the output. (`command` has the job's environment.)"""
        secrets = [*more, *(self.credential[name] for name in SECRETS if self.credential.get(name))]
        for path in (self.directory / "artifacts").rglob("*"):
            if path.is_file() and path.name != "command":
                text = path.read_text(errors="replace")
                assert not [secret for secret in secrets if secret in text], path
        return (self.directory / "artifacts/job/stdout").read_text()


def test_a_survey_is_reported_and_then_applied(platform: Sandbox, controller: Controller) -> None:
    [template] = [one for one in data("job_templates") if one["name"] == "RingCentral - onboard one person"]
    given = {"hire_first_name": "Zoë", "hire_last_name": "O'Brien-Nguyễn", "hire_email": "zoe@example.com"}
    given |= {"hire_roles": "Support Agent; Standard (International)"}
    answers = {question["variable"]: "" for question in data("surveys")[template["survey"]]}
    asked = {**answers, **given, "report_in_check_mode": True, "onboard_users_plan_file": "plan.json"}
    playbook = template["playbook"].removesuffix(".yml")
    report = Job(controller, platform, "report", playbook)
    handed = report.run(asked, "--check")
    found, plan = handed["ringcentral_report"], handed["onboard_users_approved_plan"]
    assert found["check_mode"] and plan["summary"]["created"] == 1
    assert Path(found["file"]).exists()
    assert platform.extension("zoe@example.com") is None
    # The node after the approval has the same answers, and what the one before handed on.
    apply = Job(controller, platform, "apply", playbook)
    applied = apply.run({**asked, **handed})["ringcentral_report"]
    assert applied["counts"]["created"] == 1
    assert platform.extension("zoe@example.com")
    for job in (report, apply):
        assert "TASK [" in job.check_secrets()
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_a_job_at_its_most_talkative_leaves_no_secret(platform: Sandbox, controller: Controller) -> None:
    """People with passwords and PINs, planned and created; and a module with every credential as an option."""
    secret = {"password": "canary-Password-7Kf2mQx9", "ivr_pin": "9081726354"}
    person = {"first_name": "Zoë", "last_name": "N", "email": "zoe@example.com", **secret}
    asked = {"people": [person], "report_in_check_mode": True, "onboard_users_plan_file": "plan.json"}
    options = ("client_secret", "access_token", "refresh_token", "jwt", "scim_token", "store_url")
    given = {name: f"canary-{name}-Zt5vWb1c" for name in options} | {
        "store_url": "redis://:canary-Nb7cUi5g@127.0.0.1:1/0"
    }
    report = Job(controller, platform, "report", "onboard")
    handed = report.run(asked, "--check", "-vvv", "--diff")
    assert {"password", "ivr_pin"} == set(handed["onboard_users_approved_plan"]["entries"][0]["secrets"])
    apply = Job(controller, platform, "apply", "onboard")
    apply.run({**asked, **handed}, "-vvv", "--diff")
    assert (platform.extension("zoe@example.com") or {}).get("passwordSet")
    module = Job(controller, platform, "module", "onboard")
    task = {"itops.ringcentral.rc_account_info": {name: f"{{{{ given.{name} }}}}" for name in options}}
    task["itops.ringcentral.rc_account_info"]["on_store_loss"] = "fail"
    (module.directory / "project/playbooks/onboard.yml").write_text(
        yaml.safe_dump([controller.localhost([{**task, "ignore_errors": True}])])
    )
    module.run({"given": given}, "-vvv")
    for job in (report, apply, module):
        assert "TASK [" in job.check_secrets(*secret.values(), *given.values(), "canary-Nb7cUi5g")


def test_what_changed_after_the_approval_is_left_alone_in_a_workflow(
    platform: Sandbox, controller: Controller, modules: Modules
) -> None:
    rows = (
        "First name,Last name,E-mail,Department\nZoë,N,zoe@example.com,Sales\nAmara,Okafor,user0002@example.com,Sales\n"
    )
    asked = {"people_csv": rows, "report_in_check_mode": True, "onboard_users_plan_file": "plan.json"}
    refused = Job(controller, platform, "refused", "onboard").start(asked)
    assert "plan_file is for check mode" in refused.communicate(timeout=300)[0] and refused.returncode != 0
    handed = Job(controller, platform, "report", "onboard").run(asked, "--check")
    assert handed["ringcentral_report"]["plans"][0]["in_words"].startswith("1 new user, 1 updated, ")
    modules.done("rc_extension", email="user0002@example.com", department="Legal")
    apply = Job(controller, platform, "apply", "onboard")
    process = apply.start({**asked, **handed})
    output = process.communicate(timeout=300)[0]
    assert process.returncode != 0 and "department is 'Legal' now, and was" in output, output
    assert platform.extension("zoe@example.com")
    assert (platform.extension("user0002@example.com") or {})["contact"]["department"] == "Legal"
    assert apply.handed_on()["ringcentral_report"]["failed_count"] == 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RedisServer]:
    """What outlives a job's container, and is seen by all nodes."""
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def _emails(sandbox: Sandbox) -> list[str]:
    """Of those that the tests bring in, each as often as there is somebody of that address."""
    emails = [str(record["contact"].get("email")).casefold() for record in sandbox.extensions()]
    return sorted(email for email in emails if email.startswith("person"))


def test_a_cancelled_job_is_finished_by_the_next(platform: Sandbox, controller: Controller, store: RedisServer) -> None:
    rows = [f"Person,Number {number},person{number}@example.com" for number in range(150)]
    asked = {"people_csv": PEOPLE + "\n".join(rows)}
    platform.reset(time_scale=20, users=20)
    before = len(platform.extensions())
    job = Job(controller, platform, "cancelled", "onboard", store.url)
    process = job.start(asked)
    while process.poll() is None and len(platform.extensions()) < before + 5:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    output = process.communicate(timeout=120)[0]
    assert process.returncode != 0, output
    made = len(platform.extensions()) - before
    assert 0 < made < len(rows), f"{made} were made, so the job was not stopped in its middle"
    job.check_secrets()

    # Another container, which knows nothing of the first.
    done = Job(controller, platform, "again", "onboard", store.url).run(asked)["ringcentral_report"]
    assert done["failed_count"] == 0
    assert _emails(platform) == sorted(row.split(",")[2] for row in rows)
    assert not [row for row in platform.requests() if row["status"] == 429]

    # Who follows a job that has to wait for limits sees how far it is.
    asked["people_csv"] = f"{PEOPLE.strip()},timezone\n" + "\n".join(f"{row},Europe/London" for row in rows[:90])
    changed = Job(controller, platform, "changed", "onboard", store.url)
    assert changed.run(asked)["ringcentral_report"]["counts"]["updated"] == 90
    assert re.search(r"\d+ of 90 users processed, 0 failed, \d+ a minute", changed.check_secrets())
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_slices_share_one_budget(platform: Sandbox, controller: Controller, store: RedisServer) -> None:
    rows = [f"Person,Number {number},person{number}@example.com" for number in range(30)]
    platform.reset(time_scale=60, users=20)
    jobs = [Job(controller, platform, f"slice-{number}", "onboard", store.url) for number in range(3)]
    running = [job.start({"people_csv": PEOPLE + "\n".join(rows[number::3])}) for number, job in enumerate(jobs)]
    for process in running:
        output = process.communicate(timeout=300)[0]
        assert process.returncode == 0, output
    assert sum(job.handed_on()["ringcentral_report"]["counts"]["created"] for job in jobs) == 30
    for job in jobs:
        job.check_secrets()
    assert _emails(platform) == sorted(row.split(",")[2] for row in rows)
    assert not [row for row in platform.requests() if row["status"] == 429]


class _SetUpRun(NamedTuple):
    """The result of running the playbook: how many tasks said changed, and how many requests would have changed something."""

    code: int
    output: str
    changed: int
    writes: int


class _SetUp:
    """AWX as the playbook leaves it, which asks people and runs jobs as AWX does."""

    def __init__(self, controller: Controller, sandbox: Sandbox) -> None:
        controller.borrow("awx")
        self._controller = controller
        self._sandbox = sandbox
        self.awx = Awx({f"playbooks/{path.name}" for path in (PROJECT / "playbooks").glob("*.yml")})
        self.awx.answer("POST", "/api/v2/credentials/", {"name": "Git", "inputs": {}})

    def set_up(self, *arguments: str, scim: bool = True) -> _SetUpRun:
        """Run the playbook, with a SCIM token in the environment or without."""
        before = len(self.awx.writes)
        given = ["-e", "awx_project_url=https://git.example.com/ringcentral.git", "-e", "awx_image=ee:1"]
        given += ["-e", "awx_project_credential=Git"]
        given += ["-e", f"awx_snapshot_dir={self._controller.directory}/snapshots", "-vvv", *arguments]
        access = {"CONTROLLER_HOST": self.awx.url, "CONTROLLER_OAUTH_TOKEN": "a token", "RC_ON_STORE_LOSS": ""}
        access["RC_SCIM_TOKEN"] = "a SCIM token" if scim else ""
        played = self._controller.play(self._sandbox, "itops.ringcentral.awx_setup", *given, **access)
        secrets = [self._sandbox.environment[name] for name in SECRETS[:2]] + ["a SCIM token"]
        assert not [secret for secret in secrets if secret in played.output]
        [changed] = re.findall(r"changed=(\d+)", played.output)
        return _SetUpRun(played.code, played.output, int(changed), len(self.awx.writes) - before)

    def called(self, resource: str, name: str) -> dict[str, Any]:
        [found] = [one for one in self.awx.all(resource) if one["name"] == name]
        return found

    def linked(self, thing: dict[str, Any], how: str) -> list[dict[str, Any]]:
        return [self.awx.thing(one["id"]) for one in self.awx.more.get(f"{thing['url']}{how}/", [])]

    def questions(self, thing: dict[str, Any]) -> Any:
        return self.awx.more.get(f"{thing['url']}survey_spec/", {}).get("spec")

    def path(self, workflow: dict[str, Any]) -> list[dict[str, Any]]:
        """The nodes from the first to the last."""
        nodes = self.awx.all("workflow_job_template_nodes")
        nodes = [one for one in nodes if one["workflow_job_template"] == workflow["id"]]
        after = {one["id"]: self.linked(one, "success_nodes") for one in nodes}
        [node] = [one for one in nodes if one not in [later for some in after.values() for later in some]]
        path = [node]
        while after[path[-1]["id"]]:
            [node] = after[path[-1]["id"]]
            path.append(node)
        assert len(path) == len(nodes)
        return path

    def run(self, name: str, **answers: str) -> list[dict[str, Any]]:
        """Launch a workflow, and approve; returns what each job handed on."""
        handed: list[dict[str, Any]] = []
        for node in self.path(self.called("workflow_job_templates", name)):
            template = self.awx.thing(node["unified_job_template"])
            if "playbook" not in template:  # the approval
                continue
            playbook = Path(template["playbook"]).stem
            job = Job(self._controller, self._sandbox, f"{name}-{node['identifier']}", playbook)
            handed_on = {key: value for one in handed for key, value in one.items()}
            asked = {**json.loads(template["extra_vars"]), **handed_on, **answers}
            handed.append(job.run(asked, *(["--check"] if node["job_type"] == "check" else [])))
            job.check_secrets()
        return handed


def _check_first_organization(there: _SetUp) -> None:
    """Everything is as the data says."""
    made = [one for one in there.awx.all("job_templates") if one["name"].startswith("RingCentral - ")]
    assert {one["name"] for one in made} == {one["name"] for one in data("job_templates")}
    project = there.called("projects", "RingCentral")
    assert there.awx.thing(int(project["credential"]))["name"] == "Git"
    for wanted in data("job_templates"):
        template = there.called("job_templates", wanted["name"])
        assert template["ask_job_type_on_launch"]
        scim = {"RingCentral SCIM"} if "credentials" in wanted else set()
        assert {one["name"] for one in there.linked(template, "credentials")} == {"RingCentral", *scim}
        assert {one["name"] for one in there.linked(template, "notification_templates_error")} == {"IT on chat"}
        assert there.questions(template) == _templated(data("surveys").get(wanted.get("survey")))
    for wanted in data("workflows"):
        workflow = there.called("workflow_job_templates", wanted["name"])
        assert workflow["allow_simultaneous"]
        for event in ("error", "approvals"):
            assert [one["name"] for one in there.linked(workflow, f"notification_templates_{event}")] == ["IT on chat"]
        report, approval, apply = there.path(workflow)
        job = there.called("job_templates", wanted["job_template"])
        assert [report["unified_job_template"], apply["unified_job_template"]] == [job["id"], job["id"]]
        assert [report["job_type"], apply["job_type"]] == ["check", "run"]
        assert there.awx.thing(approval["unified_job_template"])["timeout"] == wanted["approval_timeout"] > 0
        assert there.questions(workflow) == there.questions(job)
    for wanted in data("schedules"):
        schedule = there.called("schedules", wanted["name"])
        assert there.awx.thing(schedule["unified_job_template"])["name"] == wanted["template"]
    drift = there.called("schedules", "RingCentral - drift, daily")
    assert drift["extra_data"] == {"people_file": "people.csv", "drift_fail": "true"}


def test_awx_is_set_up_once_and_runs(platform: Sandbox, controller: Controller) -> None:
    there = _SetUp(controller, platform)
    notify = ("-e", '{"awx_notify": ["IT on chat"]}')
    try:
        check = there.set_up("--check")
        assert check.code == 0 and check.changed and not check.writes, check.output
        assert "Check mode ends here: what comes next needs objects that would be created first" in check.output

        # Without a SCIM token nothing is made that would fail in every run.
        there.awx.answer("POST", "/api/v2/organizations/", {"name": "Default"})
        organization = there.called("organizations", "Default")["id"]
        old = {"name": "RingCentral - old", "organization": organization, "playbook": "playbooks/hire.yml"}
        there.awx.answer("POST", "/api/v2/job_templates/", {**old, "job_type": "run"})
        onboard = [one for one in data("job_templates") if "credentials" in one or one["name"].endswith("one person")]
        little = {"awx_job_templates": onboard, "awx_workflows": data("workflows")[:1], "awx_schedules": []}
        first = there.set_up("-e", json.dumps(little), scim=False)
        assert first.code == 0 and first.writes > first.changed > 10, first.output
        assert "SCIM sync is left out: there is no credential RingCentral SCIM" in first.output
        assert not [one for one in there.awx.all("job_templates") if "SCIM" in one["name"]]
        assert not [one for one in there.awx.all("credentials") if "SCIM" in one["name"]]
        assert "left alone (awx_remove=true removes them): RingCentral - old" in first.output
        workflow = there.called("workflow_job_templates", "RingCentral - hire")
        page = f"{there.awx.url}/#/templates/workflow_job_template/{workflow['id']}/details"
        assert f"RingCentral - hire: {page}" in first.output

        # Names of execution environments are unique in all of AWX; others are found in their organization.
        few = {name: data(name, "Second")[:1] for name in ("job_templates", "workflows")}
        second = ["-e", json.dumps({"awx_organization": "Second", "awx_schedules": []})]
        second += ["-e", json.dumps({f"awx_{name}": things for name, things in few.items()})]
        taken = there.set_up(*second)
        assert taken.code != 0 and "set awx_prefix to another name for the organization Second" in taken.output
        beside = there.set_up(*second, "-e", "awx_prefix=Second", "-e", "awx_inventory=RingCentral")
        assert beside.code == 0 and beside.changed > 5, beside.output
        assert there.called("workflow_job_templates", "Second - hire")["organization"] != organization

        chat = {"name": "IT on chat", "organization": organization}
        there.awx.answer("POST", "/api/v2/notification_templates/", chat)
        more = there.set_up(*notify, "-e", "awx_remove=true")
        assert more.code == 0 and more.changed, more.output
        assert "Removed: RingCentral - old" in more.output
        again = there.set_up(*notify)
        assert (again.code, again.changed, again.writes) == (0, 0, 0), again.output
        assert "RingCentral - old" not in {one["name"] for one in there.awx.all("job_templates")}
        _check_first_organization(there)
        assert there.awx.dangers == []

        hired = {"hire_first_name": "Zoë", "hire_last_name": "Ng", "hire_email": "zoe@example.com"}
        there.run("RingCentral - hire", **hired)
        zoe = platform.extension("zoe@example.com")
        assert zoe
        report, applied = there.run("RingCentral - leave", leave_email="zoe@example.com", leave_reason="Voluntarily")
        assert report["ringcentral_report"]["check_mode"]
        assert applied["ringcentral_report"]["failed_count"] == 0
        assert (controller.directory / f"snapshots/{zoe['id']}.json").exists()
        report, applied = there.run("RingCentral - purge", offboard_users_today="2030-01-01")
        assert report["offboard_users_approved"] == [str(zoe["id"])]
        assert applied["ringcentral_report"]["counts"] == {"deleted": 1}
        assert platform.extension("zoe@example.com") is None
    finally:
        there.awx.stop()


def _automation_platform(controller: Controller) -> None:
    """Have ansible.controller in addition to awx.awx: it is made of the same sources, with its own name in them."""
    collections = controller.directory / "collections/ansible_collections"
    copy = collections / "ansible/controller"
    for part in ("meta", "plugins"):
        shutil.copytree(collections / "awx/awx" / part, copy / part)
    for path in [*copy.rglob("*.py"), *copy.rglob("*.yml")]:
        path.write_text(path.read_text().replace("awx.awx", "ansible.controller"))


def test_modules_of_automation_platform_do_the_same(platform: Sandbox, controller: Controller) -> None:
    there = _SetUp(controller, platform)
    _automation_platform(controller)
    little = {"awx_job_templates": data("job_templates")[:1], "awx_schedules": []}
    little["awx_workflows"] = [
        one for one in data("workflows") if one["job_template"] == little["awx_job_templates"][0]["name"]
    ]
    arguments = ("-e", json.dumps(little))
    try:
        there.awx.answer("POST", "/api/v2/organizations/", {"name": "Default"})
        made = there.set_up(*arguments, "-e", "awx_collection=ansible.controller")
        assert made.code == 0 and made.writes > made.changed > 10, made.output
        assert "modules/job_template.py" in made.output and "/awx/awx/plugins" not in made.output
        same = there.set_up(*arguments)
        assert (same.code, same.changed, same.writes) == (0, 0, 0), same.output
        assert "/ansible/controller/plugins" not in same.output
    finally:
        there.awx.stop()


def _templated(questions: Any) -> Any:
    """A survey as it is with the playbook's defaults."""
    files = {"{{ awx_people_file }}": "people.csv", "{{ awx_subscriptions_file }}": "subscriptions.yml"}
    return questions and [
        {**one, **({"default": files.get(one["default"], one["default"])} if "default" in one else {})}
        for one in questions
    ]
