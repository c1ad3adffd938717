# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the documentation site: the guides in docs/, and the reference out of the plugins' own documentation.

In .venv/docs, or in the directory that is named on the command line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools.docsite import messages

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REPOSITORY = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["repository"]

# The order of the guides. One that is named nowhere comes last, under its own caption.
CHAPTERS = {
    "Begin": ("installation", "first-run", "real-account", "adopting", "awx"),
    "Work": (
        "modules",
        "recipes",
        "onboarding",
        "phones",
        "offboarding",
        "approval",
        "bulk",
        "directory",
        "scim",
        "events",
        "eda",
        "inventory",
        "report",
        "variables",
    ),
    "Understand": ("limits", "safety", "sandbox", "architecture"),
    "Get help": ("troubleshooting", "faq", "messages"),
}

# The theme shows what is on a page next to it, and shows the titles of pages where there is room for a name.
ENTRY = re.compile(r"^    (\w+)_(?:module|lookup|filter|role|inventory)$", re.MULTILINE)
# A title begins with the short name, too: the long one breaks in the middle on a narrow screen, and stands below it.
TITLE = re.compile(r"^itops\.ringcentral\.(?=\w+ \w+ -- )", re.MULTILINE)
# Filters that begin with _, and the lookup `internal`, are for the collection's own roles and playbooks.
INTERNAL = re.compile(
    r"^(?:    (?:_\w+_filter|internal_lookup)|\* :ansplugin:`(?:_\w+ filter|internal lookup) <.*)\n", re.MULTILINE
)
CONTENTS = re.compile(r"^\.\. contents::\n(?:   :.*\n)+", re.MULTILINE)

# A recipe stands on the site below the link to its file.
RECIPE = re.compile(r"^\[\w+\.yml\]\((\.\./examples/recipes/\w+\.yml)\)$", re.MULTILINE)
INCLUDED = "\n\n```{literalinclude} %s\n:language: yaml+jinja\n:start-at: '- name'\n```"

# A file of the repository is on the site; a folder can be seen in the repository only.
FOLDER = re.compile(r"\]\(\.\./([\w/-]+)\)")


def index(guides: set[str]) -> str:
    """The first page, with every guide under its chapter."""
    named = {name for names in CHAPTERS.values() for name in names}
    chapters = {**CHAPTERS, "More": tuple(sorted(guides - named))}
    trees = []
    for caption, names in chapters.items():
        existing = [name for name in names if name in guides]
        if existing:
            trees.append("\n".join(["```{toctree}", f":caption: {caption}", ":maxdepth: 1", "", *existing, "```"]))
    trees.append("```{toctree}\n:caption: Reference\n:maxdepth: 1\n\nreference/index\n```")
    return (HERE / "index.md").read_text(encoding="utf-8").replace("<!-- chapters -->", "\n\n".join(trees))


def run(*command: str | Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{VENV / 'bin'}:{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(VENV / "tree"),
    }
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """Make everything again, so that no page stays of a guide or a plugin that has gone."""
    site = Path(sys.argv[1]).resolve() if sys.argv[1:] else VENV / "docs"
    source, reference = site / "source", site / "source/reference"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(ROOT / "docs", source)
    shutil.copytree(ROOT / "examples", site / "examples")  # the guides link to them
    for guide in source.glob("*.md"):
        text = FOLDER.sub(lambda found: f"]({REPOSITORY}/tree/main/{found[1]})", guide.read_text(encoding="utf-8"))
        text = RECIPE.sub(lambda found: found[0] + INCLUDED % found[1], text)
        guide.write_text(text, encoding="utf-8")
    (source / "messages.md").write_text(messages.page(), encoding="utf-8")
    (source / "index.md").write_text(index({path.stem for path in source.glob("*.md")}), encoding="utf-8")
    reference.mkdir(mode=0o755)
    run(
        *("antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error"),
        *("--no-add-antsibull-docs-version", "--dest-dir", reference, "itops.ringcentral"),
    )
    for page in (*reference.glob("_*.rst"), reference / "internal_lookup.rst"):
        page.unlink()  # of a plugin that is internal
    for page in reference.glob("*.rst"):
        text = INTERNAL.sub("", page.read_text(encoding="utf-8"))
        text = ENTRY.sub(lambda found: f"    {found[1]} <{found[0].strip()}>", CONTENTS.sub("", text))
        text = TITLE.sub("", text)
        text = text.replace("Itops.Ringcentral\n=================", "Reference\n=========")
        page.write_text(text, encoding="utf-8")
    run("sphinx-build", "-q", "-W", "--keep-going", "-j", "2", "-c", HERE, source, site / "html")
    print(f"The documentation is in {site}/html/index.html")


if __name__ == "__main__":
    main()
