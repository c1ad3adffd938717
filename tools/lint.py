# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that `make lint` checks. Every check runs; the exit status reports whether all of them passed.

ansible-test sanity takes minutes on each ansible-core. Arguments name those to run it on, such as `2.16 2.21`; without
any it runs on all. With `--style-once` it looks at style on the newest of them only, which hardly depends on the
ansible-core that it comes with, and takes three quarters of the time; and with pylint at plugins only, not at tests.
With `--without-sanity` it runs on none: two minutes, for the first look at a change.
"""

from __future__ import annotations

import concurrent.futures
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tools import imports, words, writing

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
TREE = VENV / "tree"
COLLECTION = "ansible_collections/itops/ringcentral"
ACTION = "itops.ringcentral.rc_extension"
# The oldest ansible-core that is supported, the newest, and one between; each with the Pythons it runs on.
CORES = {"2.16": ("3.11", "3.10", "3.12"), "2.19": ("3.11", "3.12", "3.13"), "2.21": ("3.12", "3.13", "3.14")}
# The one that comes next, as far as it is there: what differs in it is shown, and fails nothing.
NEXT_CORE, NEXT_PYTHONS = "2.22", ("3.13", "3.14")

# What sanity says of style. For each of these it installs what it needs first; pylint alone takes two thirds of the time.
PYLINT = "pylint"
STYLE = ("changelog", "pep8", PYLINT, "yamllint")
STYLE_ONCE = "--style-once"
WITHOUT_SANITY = "--without-sanity"

# ansible-test fetches this script from the internet; it looks here first. Our own runs pip out of its wheel.
GET_PIP = """\
import runpy, sys
sys.path.insert(0, {wheel!r})
sys.argv[1:] = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
sys.argv[1:1] = ["install", "--upgrade"]
runpy.run_module("pip", run_name="__main__")
"""


# Two checks share the newest ansible-core: one of them sets it up.
_SETTING_UP = threading.Lock()

Outcome = tuple[bool, str]
Check = Callable[[], Outcome]


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> Outcome:
    """Run a command: whether it succeeded, and what it printed."""
    path = f"{BIN}:{os.environ['PATH']}"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PATH": path, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def action_group() -> Outcome:
    """Every module is in the action group, and routed to the one action; nothing else is."""
    modules = {path.stem for path in (ROOT / "plugins/modules").glob("rc_*.py")}
    text = (ROOT / "meta/runtime.yml").read_text()
    listed = set(re.findall(r"^\s+- (rc_\w+)$", text, re.MULTILINE))
    routed = set(re.findall(rf"^    (rc_\w+):\n      action_plugin: {re.escape(ACTION)}$", text, re.MULTILINE))
    wrong = sorted((modules ^ listed) | (modules ^ routed))
    return not wrong, f"not in all of plugins/modules, the action group and plugin_routing of meta/runtime.yml: {wrong}"


def import_rules() -> Outcome:
    """Imports run one way, and in no circle."""
    problems = imports.check(ROOT)
    return not problems, "\n".join(problems)


def writing_rules() -> Outcome:
    """One helper writes files."""
    problems = writing.check(ROOT)
    return not problems, "\n".join(problems)


def word_list() -> Outcome:
    """No text has a word that is on the list of those not to use."""
    problems = words.check(ROOT)
    return not problems, "\n".join(problems)


def spelling() -> Outcome:
    """Common misspellings, in every file of the repository; what is right here is in pyproject.toml."""
    return run(BIN / "codespell")


def pipelines() -> Outcome:
    """The pipelines in the examples are as the forges' published schemas have them."""
    good, text = True, ""
    for schema, name in (("github-workflows", "github"), ("gitlab-ci", "gitlab")):
        file = ROOT / f"examples/adopting/pipelines/{name}.yml"
        done = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", file)
        good, text = good and done[0], text + ("" if done[0] else done[1])
    return good, text


def types() -> Outcome:
    """Types of everything under plugins and extensions, of the sandbox, and of the tools."""
    packages = [f"{COLLECTION}/{part}".replace("/", ".") for part in ("plugins", "extensions")]
    named = [part for package in (*packages, "sandbox", "tools") for part in ("-p", package)]
    path = f"{ROOT / 'tests'}:{ROOT}"
    return run(BIN / "mypy", "--config-file", ROOT / "pyproject.toml", *named, cwd=TREE, MYPYPATH=path)


def documentation() -> Outcome:
    """Every plugin's documentation is complete and can be shown."""
    tree = str(TREE)
    good, text = run(
        BIN / "antsibull-docs", "lint-collection-docs", "--plugin-docs", ".", ANSIBLE_COLLECTIONS_PATH=tree
    )
    for kind in ("module", "lookup", "filter", "inventory"):
        doc = (BIN / "ansible-doc", "--type", kind, "--list", "itops.ringcentral")
        shown = run(*doc, ANSIBLE_COLLECTIONS_PATH=tree)
        good, text = good and shown[0], text + ("" if shown[0] else shown[1])
    return good, text


def ansible_lint() -> Outcome:
    return run(BIN / "ansible-lint", "--offline", "--profile", "production", ANSIBLE_COLLECTIONS_PATH=str(TREE))


def changelog() -> Outcome:
    return run(BIN / "antsibull-changelog", "lint")


def find_python(versions: tuple[str, ...]) -> Path | None:
    """A Python of one of these versions that really runs, wherever a version manager put it."""
    for version in versions:
        found = [Path(shutil.which(f"python{version}") or "/none")]
        found += Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python")
        for python in found:
            check = f"import sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
            if python.exists() and run(python, "-c", check)[0]:
                return python
    return None


def core_venv(core: str, python: Path) -> Outcome:
    """Make `.venv/core-X`, with this ansible-core, if it is not there."""
    home = VENV / f"core-{core}"
    if (home / "bin/ansible-test").exists():
        return True, ""
    good, text = run(python, "-m", "venv", home)
    if not good:
        return False, text
    wanted = f"ansible-core~={core}.0.dev0" if core == NEXT_CORE else f"ansible-core~={core}.0"  # .dev0: with --pre
    return run(home / "bin/pip", "install", "--quiet", "--disable-pip-version-check", wanted)


def next_core() -> Outcome:
    """ansible-test sanity on the newest pre-release of ansible-core. It never fails: its outcome is shown."""
    python = find_python(NEXT_PYTHONS)
    if python is None:
        print(f"left out: ansible-core {NEXT_CORE}, which comes next: no Python {' or '.join(NEXT_PYTHONS)} here")
        return True, ""
    good, text = sanity(NEXT_CORE, python)
    print(f"ansible-core {NEXT_CORE}, which comes next:", "nothing differs" if good else f"NOT READY FOR IT\n{text}")
    return True, ""


def ansible_test(core: str, python: Path, *command: str) -> Outcome:
    """Run ansible-test of one ansible-core: it wants a real copy of the collection, in a path of this form."""
    home = VENV / f"core-{core}"
    with _SETTING_UP:
        good, text = core_venv(core, python)
        if good:
            good, text = offer_pip(home)
    if not good:
        return False, text
    version = run(home / "bin/python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")[1].strip()
    with tempfile.TemporaryDirectory(prefix="ansible-test-") as scratch:  # under a hidden directory it skips everything
        copy = Path(scratch) / COLLECTION
        for name in filter(None, run("git", "ls-files", "-co", "--exclude-standard", "-z")[1].split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, copy / name)
        return run(
            home / "bin/ansible-test",
            *(*command, "--color", "no", "--requirements", "--python", version),
            cwd=copy,
            PATH=f"{home / 'bin'}:{python.resolve().parent}:{os.environ['PATH']}",
            HOME=str(home),
            ANSIBLE_HOME=str(home / ".ansible"),
        )


def sanity(core: str, python: Path, *options: str) -> Outcome:
    """ansible-test sanity on one ansible-core; whole, or as these options of it say."""
    good, text = ansible_test(core, python, "sanity", *options)
    findings = [line for line in text.splitlines() if line.startswith(("ERROR", "FATAL", "WARNING: All targets"))]
    return good and "All targets skipped" not in text, "\n".join(findings) or text


def offer_pip(home: Path) -> Outcome:
    """Put a pip where ansible-test looks for one before it turns to the internet."""
    ask = (
        "import sys, types; from ansible_test._internal.python_requirements import get_venv_packages as v;"
        "print(v(types.SimpleNamespace(version='%d.%d' % sys.version_info[:2]))['pip'])"
    )
    good, version = run(home / "bin/python", "-c", ask)
    if not good:
        return good, version
    version = version.strip().splitlines()[-1]
    cache = home / ".ansible/test/cache"
    script = cache / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return True, ""
    cache.mkdir(parents=True, exist_ok=True)
    good, text = run(home / "bin/pip", "download", "--quiet", "--no-deps", "--dest", cache, f"pip=={version}")
    if good:
        wheel = next(cache.glob(f"pip-{version}-*.whl"))
        script.write_text(GET_PIP.format(wheel=str(wheel)))
    return good, text


def report(checks: dict[str, Check]) -> int:
    """Run checks, two at a time and the last, which take longest, first. Say how each went, and how many failed."""
    failed = 0

    def timed(name: str) -> tuple[str, bool, str, float]:
        start = time.monotonic()
        good, text = checks[name]()
        return name, good, text, time.monotonic() - start

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, good, text, seconds in pool.map(timed, reversed(checks)):
            print(f"{'ok    ' if good else 'FAILED'}  {name} ({seconds:.0f} s)", flush=True)
            if not good:
                failed += 1
                print(text, flush=True)
    print(f"{len(checks) - failed} checks passed, {failed} failed")
    return failed


def main(*arguments: str) -> int:
    """Run all checks; ansible-test sanity on these versions of ansible-core."""
    cores = [argument for argument in arguments if argument not in (STYLE_ONCE, WITHOUT_SANITY)]
    if unknown := set(cores) - {*CORES, NEXT_CORE}:
        print(f"FAILED  no such ansible-core: {', '.join(sorted(unknown))}. There are {', '.join((*CORES, NEXT_CORE))}")
        return 1
    checks: dict[str, Check] = {
        "ruff check": lambda: run(BIN / "ruff", "check"),
        "ruff format": lambda: run(BIN / "ruff", "format", "--check"),
        "mypy": types,
        "imports": import_rules,
        "files": writing_rules,
        "words": word_list,
        "spelling": spelling,
        "pipelines": pipelines,
        "action group": action_group,
        "changelog": changelog,
        "documentation": documentation,
        "ansible-lint": ansible_lint,
    }
    if WITHOUT_SANITY in arguments:
        return 1 if report(checks) else 0
    found: dict[str, Path] = {}
    for core, versions in CORES.items():
        if cores and core not in cores:
            continue
        python = find_python(versions)
        if python is None:
            print(f"left out: ansible-test sanity on ansible-core {core}: no Python {' or '.join(versions)} here")
            continue
        found[core] = python
    for core, python in found.items():
        without: tuple[str, ...] = ()
        if STYLE_ONCE in arguments:
            without = STYLE if core != [*found][-1] else (PYLINT,)
        skipped = [part for test in without for part in ("--skip-test", test)]
        name = f"ansible-test sanity, ansible-core {core}" + (f", without {', '.join(without)}" if without else "")
        checks[name] = functools.partial(sanity, core, python, *skipped)
        if without == (PYLINT,):
            checks[f"pylint of plugins, ansible-core {core}"] = functools.partial(
                sanity, core, python, "--test", PYLINT, "plugins/", "extensions/"
            )
    if not cores or NEXT_CORE in cores:
        checks[f"ansible-core {NEXT_CORE}, allowed to fail"] = next_core
    if not found:
        print("FAILED  no Python here runs any supported ansible-core")
        return 1
    return 1 if report(checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
