#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_profile_image
short_description: Set the profile image of a RingCentral user
version_added: 1.0.0
description:
  - Uploads a PNG, JPEG or GIF image as the profile image of one user, or removes it.
  - RingCentral may keep an image in its own way. What was uploaded is remembered by its SHA-256 together with RingCentral's
    etag, in the state that all tasks share (O(state_dir)), so that the same image is not uploaded again. Where nothing is
    remembered, the present image is read and compared.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  path:
    description: Image file, on the host that the task runs on.
    type: path
  url:
    description: Where to fetch the image from, by https, without redirects.
    type: str
  state:
    description: Whether the user has this image, or none.
    type: str
    choices: [present, absent]
    default: present
notes:
  - An image has at most 10 MB. What it is, is recognized by its content, not by its name.
seealso:
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: The picture from the badge
  itops.ringcentral.rc_profile_image:
    email: zoe.nguyen@example.com
    path: badges/E1042.jpg

- name: No picture any more
  itops.ringcentral.rc_profile_image:
    email: lee@example.com
    state: absent
"""

RETURN = r"""
profile_image:
  description: The image; null when there is none.
  type: dict
  returned: success
  contains:
    sha256:
      description: Hash of the image that was asked for.
      type: str
      sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    content_type:
      description: What it is.
      type: str
      sample: image/png
    size:
      description: Its size in bytes.
      type: int
      sample: 20480
    etag:
      description: What RingCentral knows its image by.
      type: str
      sample: 8d5a0c3d5f1b2a77
extension_id:
  description: The extension.
  type: str
  returned: success
  sample: "1850023060"
api:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    calls:
      description: Requests sent, by the usage plan that RingCentral counted them in.
      type: dict
      sample: {"Medium": 2}
    retries:
      description: Requests that were retried.
      type: int
      sample: 0
    waited:
      description: Seconds waited for rate limits, and before retries.
      type: float
      sample: 0.0
    limits:
      description: What RingCentral allows, by usage plan, in calls for each window of so many seconds.
      type: dict
      sample: {"Medium": {"calls": 40, "window": 60.0}}
    timeline:
      description:
        - The requests over time - C(start) in seconds since the epoch, C(step) in seconds, and for each usage plan how many were sent
          in each step. C(0*13) is 13 steps without any.
      type: str
      sample: start=1795521600.0 step=1.0 Medium=2,0*13,1
error:
  description: What went wrong, in parts, always the same. The guide on troubleshooting lists what C(kind) may be.
  type: dict
  returned: on failure
  sample:
    kind: conflict
    operation: createExtension
    status: 400
    codes: [CMN-406]
    parameter: contact.email
    request_id: 0f3c2a7e-6d1d-4a08-9d5a-0c3d5f1b2a77
    hint: Another extension already has this value. Choose another one, or free it first.
    outcome_unknown: false
"""

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.presence_and_image import ensure_profile_image
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

SPEC = Spec(
    ensure_profile_image,
    {
        **SELECTOR_OPTIONS,
        "path": {"type": "path"},
        "url": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    {
        "required_one_of": [SELECTORS],
        "mutually_exclusive": [("path", "url")],
        "required_if": [("state", "present", ("path", "url"), True)],
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
