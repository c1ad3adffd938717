# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that `make release-check` holds against what would be published: the tarball of the committed tree.

Every check runs; the exit status reports whether all of them passed. The tarball that passed stays in `dist`.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.demo import Sandbox
from tools.lint import BIN, COLLECTION, CORES, ROOT, VENV, Check, Outcome, core_venv, find_python, report, run

JUDGES = VENV / "release/bin"
DIST = ROOT / "dist"
# What is published. The sandbox is: anyone who installs from Galaxy may try a playbook there before the real account.
SHIPS = re.compile(
    r"(\.ansible-lint|CHANGELOG\.rst|LICENSE|README\.md|SECURITY\.md|requirements\.txt|tests/config\.yml)$"
    r"|(changelogs|docs|examples|extensions|meta|playbooks|plugins|roles|tests/sandbox)/"
)
MADE = {"FILES.json", "MANIFEST.json"}  # by the build, out of galaxy.yml and of what is there
LEAKS = {
    "a path of the machine that built it": rf"{re.escape(str(ROOT))}\b|{re.escape(str(Path.home()))}/",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a JWT": r"\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.",
    "a token of a code host or cloud": r"\b(?:gh[oprsu]_\w{36}|github_pat_\w{22}|AKIA[0-9A-Z]{16})",
}


def misplaced(shipped: Iterable[str], committed: Iterable[str]) -> list[str]:
    """Say which files are in a tarball that don't belong there, and which lack."""
    shipping = set(shipped) - MADE
    expected = {name for name in committed if SHIPS.match(name)}
    return [f"not meant to ship: {name}" for name in sorted(shipping - expected)] + [
        f"not in it: {name}" for name in sorted(expected - shipping)
    ]


def leaks(name: str, text: str) -> list[str]:
    """Say what a file gives away."""
    return [f"{name}: {what}" for what, pattern in LEAKS.items() if re.search(pattern, text)]


def contents(tarball: Path) -> Outcome:
    """Exactly what is meant to ship, with no link, no path of this machine, and no secret."""
    committed = run("git", "ls-tree", "-r", "-z", "--name-only", "HEAD")[1].split("\0")
    with tarfile.open(tarball) as archive:
        members = [member for member in archive.getmembers() if not member.isdir()]
        wrong = misplaced([member.name for member in members], committed)
        for member in members:
            file = archive.extractfile(member) if member.isfile() else None
            if file is None:
                wrong.append(f"{member.name}: neither a file nor a directory")
            else:
                wrong += leaks(member.name, file.read().decode(errors="replace"))
    return not wrong, "\n".join(wrong)


def importer(tarball: Path, scratch: Path) -> Outcome:
    """What Galaxy and Automation Hub say when it is uploaded: no error, and no warning either."""
    place = scratch / "importer"
    place.mkdir()
    path = f"{JUDGES}:{os.environ['PATH']}"
    good, text = run(JUDGES / "python", "-m", "galaxy_importer.main", tarball, cwd=place, PATH=path)
    messages = [line for line in text.splitlines() if line and not line.startswith("Loading ")]
    return good and not any(line.startswith(("WARNING", "ERROR")) for line in messages), "\n".join(messages)


def changelog(source: Path) -> Outcome:
    """The fragments, and what was made of those before."""
    good, text = run(BIN / "antsibull-changelog", "lint", cwd=source)
    if (source / "changelogs/changelog.yaml").exists():
        more = run(BIN / "antsibull-changelog", "lint-changelog-yaml", "changelogs/changelog.yaml", cwd=source)
        return good and more[0], text + more[1]
    return good, text


def github(source: Path) -> Outcome:
    """Workflows and forms are such as GitHub takes."""
    forms = {
        "github-workflows": "workflows/*.yml",
        "github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
        "github-issue-config": "ISSUE_TEMPLATE/config.yml",
    }
    outcomes = []
    for schema, pattern in forms.items():
        files = sorted((source / ".github").glob(pattern))
        outcomes.append(run(JUDGES / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files))
    return all(good for good, _text in outcomes), "".join(text for _good, text in outcomes)


def onboarding(core: str, python: Path, tarball: Path, scratch: Path) -> Outcome:
    """Install it where nothing else is, and bring people in: in check mode, really, and once more."""
    place = scratch / f"core-{core}"
    place.mkdir()
    good, text = core_venv(core, python)
    if not good:
        return False, text
    home = VENV / f"core-{core}/bin"
    alone = {"HOME": str(place), "ANSIBLE_HOME": str(place / ".ansible"), "PATH": f"{home}:{os.environ['PATH']}"}
    alone |= {"ANSIBLE_COLLECTIONS_PATH": str(place), "RC_STATE_DIR": str(place / "state")}
    alone |= {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    installed = place / COLLECTION
    for command in (
        (home / "ansible-galaxy", "collection", "install", "--offline", "--collections-path", place, tarball),
        (home / "ansible-galaxy", "collection", "verify", "--offline", "itops.ringcentral"),
        (home / "pip", "install", "--quiet", "--disable-pip-version-check", "-r", installed / "requirements.txt"),
    ):
        good, text = run(*command, cwd=place, **alone)
        if not good:
            return False, text
    sandbox = Sandbox(place / "sandbox.env", installed / "tests/sandbox")
    try:
        return bring_in(sandbox, home, installed, place, {**alone, **sandbox.environment})
    finally:
        sandbox.end()


def bring_in(sandbox: Sandbox, home: Path, installed: Path, place: Path, environment: dict[str, str]) -> Outcome:
    """Run the playbook three times, and hold what was sent and what it says against what should be."""
    people = installed / "examples/new-hires.csv"
    count = len(people.read_text(encoding="utf-8-sig").splitlines()) - 1
    playbook = (home / "ansible-playbook", "itops.ringcentral.onboard", "-e", f"people_file={people}")
    before = len(sandbox.users())
    for what, arguments, says, writes, users in (
        ("check mode", ("--check",), f"{count} would be created", False, before),
        ("the real run", (), f"{count} created", True, before + count),
        ("the run after it", (), f"{count} unchanged", False, before + count),
    ):
        written = sandbox.writes()
        good, text = run(*playbook, *arguments, cwd=place, **environment)
        for true, otherwise in (
            (good, "failed"),
            (says in text, f"does not say '{says}'"),
            ((sandbox.writes() > written) == writes, "sent no change" if writes else "sent a change"),
            (len(sandbox.users()) == users, f"left {len(sandbox.users())} users instead of {users}"),
            ("[WARNING]" not in text and "[DEPRECATION" not in text, "warns"),
        ):
            if not true:
                return False, f"{what} {otherwise}\n{text}"
    refused = sum(sandbox.ask("stats")["429s"].values())
    return not refused, f"{refused} requests were refused by a rate limit"


def build(scratch: Path) -> tuple[Path, Path]:
    """The committed tree in a directory that Ansible takes for a collection, and the tarball made of it."""
    source = scratch / "source" / COLLECTION
    source.mkdir(parents=True)
    for command in (
        ("git", "archive", "--output", scratch / "source.tar", "HEAD"),
        ("tar", "--extract", "--file", scratch / "source.tar", "--directory", source),
        (BIN / "ansible-galaxy", "collection", "build", "--output-path", scratch, source),
    ):
        good, text = run(*command)
        if not good:
            raise SystemExit(f"FAILED  build\n{text}")
    return source, next(scratch.glob("*.tar.gz"))


def main() -> int:
    """Build, run all checks, and keep what passed them."""
    for name in [name for name in os.environ if re.match("(RC|ANSIBLE)_(?!HOME$)", name)]:
        del os.environ[name]  # anyone who is at work here may have settings of their own
    if run("git", "status", "--porcelain")[1]:
        print("note    what is not committed is not looked at")
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        scratch = Path(name)
        source, tarball = build(scratch)
        checks: dict[str, Check] = {
            "contents": functools.partial(contents, tarball),
            "licences (REUSE)": functools.partial(run, JUDGES / "reuse", "lint", "--lines", cwd=source),
            "changelog": functools.partial(changelog, source),
            "GitHub's files": functools.partial(github, source),
            "galaxy-importer": functools.partial(importer, tarball, scratch),
        }
        for core in (min(CORES), max(CORES)):
            python = find_python(CORES[core])
            if python is None:
                print(f"FAILED  no Python {' or '.join(CORES[core])} here, for ansible-core {core}")
                return 1
            name = f"installed and run, ansible-core {core}"
            checks[name] = functools.partial(onboarding, core, python, tarball, scratch)
        failed = report(checks)
        if not failed:
            shutil.rmtree(DIST, ignore_errors=True)
            DIST.mkdir()
            shutil.copy2(tarball, DIST)
            print(f"{(DIST / tarball.name).relative_to(ROOT)} is what was checked")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
