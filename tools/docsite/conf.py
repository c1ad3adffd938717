# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx makes the site. It needs no network, neither while it is made nor while it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from docutils import nodes

_ABOUT = yaml.safe_load((Path(__file__).resolve().parents[2] / "galaxy.yml").read_text(encoding="utf-8"))

project = f"{_ABOUT['namespace']}.{_ABOUT['name']}"
copyright = f"2026, {_ABOUT['authors'][0]}. GPL-3.0-or-later"
version = release = _ABOUT["version"]
extensions = ["myst_parser", "sphinx_antsibull_ext"]

nitpicky = True
nitpick_ignore_regex = [("envvar", "ANSIBLE_.*")]  # Ansible's own variables
myst_heading_anchors = 3
myst_links_external_new_tab = False
highlight_language = "YAML+Jinja"
pygments_style = "tango"
pygments_dark_style = "github-dark"

html_theme = "furo"
html_title = f"{project} {version}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options: dict[str, Any] = {"top_of_page_buttons": []}
antsibull_ext_color_scheme = "none"

# Sections of Ansible's own documentation that the reference refers to.
_ANSIBLE = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}


def _elsewhere(app: Any, env: Any, node: Any, content: Any) -> nodes.reference | None:
    """A link to Ansible's own documentation, without having to fetch its inventory."""
    if node.get("reftarget") not in _ANSIBLE:
        return None
    target = f"https://docs.ansible.com/ansible/latest/{_ANSIBLE[node['reftarget']]}"
    return nodes.reference("", "", content, refuri=target, internal=False)


def setup(app: Any) -> None:
    app.connect("missing-reference", _elsewhere)
