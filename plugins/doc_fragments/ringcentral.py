# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options and attributes that the modules share."""

from __future__ import annotations


class ModuleDocFragment:
    """`ringcentral`: options of every module; `ringcentral.attributes` and the like: what a module can do."""

    DOCUMENTATION = r"""
options:
  server_url:
    description:
      - Address of RingCentral's API. A path such as C(/restapi/v1.0) after it is ignored.
      - The environment variable E(RC_SERVER_URL) is used when this is not set.
    type: str
    default: https://platform.ringcentral.com
  client_id:
    description:
      - Client ID of the app in RingCentral's developer console.
      - The environment variable E(RC_APP_CLIENT_ID) is used when this is not set.
    type: str
  client_secret:
    description:
      - Client secret of the app.
      - The environment variable E(RC_APP_CLIENT_SECRET) is used when this is not set.
    type: str
  jwt:
    description:
      - JWT credential of the user in whose name the automation works. This is the usual way to log in.
      - The environment variable E(RC_USER_JWT) is used when this is not set.
    type: str
  access_token:
    description:
      - A ready access token, used as it is. It can't be renewed by the module.
      - When given, it is used instead of every other way to log in.
      - The environment variable E(RC_ACCESS_TOKEN) is used when this is not set.
    type: str
  refresh_token:
    description:
      - A refresh token of the app, used when there is neither O(access_token) nor O(jwt).
      - It is good for one use. The one that replaces it is kept, encrypted, in O(state_dir).
      - The environment variable E(RC_REFRESH_TOKEN) is used when this is not set.
    type: str
  scim_url:
    description:
      - Address of the SCIM interface, C(/scim/v2) of O(server_url) if this is not set. Only the C(rc_scim_…) modules use it.
      - The environment variable E(RC_SCIM_URL) is used when this is not set.
    type: str
  scim_token:
    description:
      - Static token of the SCIM interface, made in the Admin Portal. Without it, the SCIM modules log in as the others do.
      - It does not expire by itself and opens the whole directory, so keep it in a vault. It is never stored or returned.
      - The environment variable E(RC_SCIM_TOKEN) is used when this is not set.
    type: str
  account_id:
    description: The account; V(~) is the account of the user who logs in.
    type: str
    default: "~"
  state_dir:
    description:
      - Directory in which processes of this user on this host share limits, the access token (encrypted)
        and what was learned about the account.
      - It has to belong to the user who runs the module, and not everybody may write to it. One that is made is closed to
        others, one that is there keeps its mode.
      - By default C(itops.ringcentral) in E(XDG_STATE_HOME), else in C(~/.local/state).
      - The environment variable E(RC_STATE_DIR) is used when this is not set.
    type: path
  store_url:
    description:
      - URL of a Redis server in which several hosts share limits, the access token (encrypted) and what was learned,
        instead of O(state_dir). It needs the Python library C(redis).
      - It is written as V(redis://:password@host:6379/0), or V(rediss://…) for TLS, with options of that library such as
        C(?ssl_ca_certs=/etc/pki/redis.pem).
      - The environment variable E(RC_STORE_URL) is used when this is not set.
    type: str
  on_store_loss:
    description:
      - What a task does when the store that O(store_url) names can't be reached, at its beginning or later.
      - V(local) continues with the state in O(state_dir), after a pause of one window and with a quarter of each limit, since
        other hosts are not seen, and takes part again once the store is back.
      - V(fail) stops the task. What was done so far is done, and reported.
      - The environment variable E(RC_ON_STORE_LOSS) is used when this is not set.
    type: str
    choices: [local, fail]
    default: local
  budget_share:
    description: Percentage of each of RingCentral's rate limits that may be used. From 1 to 100.
    type: int
    default: 100
  max_wait:
    description:
      - Seconds that a task may wait in all for RingCentral's rate limits, and for locks on what it changes (status 423, and 409
        "in progress"). From 0 to 31622400.
      - A task that would have to wait longer fails at once, and says when it could have gone on.
    type: int
    default: 3600
  request_timeout:
    description: Seconds to wait for a connection, and then for the whole of an answer. From 1 to 86400.
    type: int
    default: 60
  validate_certs:
    description: Whether to check the server's TLS certificate.
    type: bool
    default: true
  ca_path:
    description: File with the certificate authorities to check the server's TLS certificate against.
    type: path
requirements:
  - requests
  - PyJWT
  - cryptography
notes:
  - Limits are shared by every process of the same user on a host, regardless of the playbook.
"""

    ATTRIBUTES = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
    support: full
    details: Nothing but reads is sent.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
    support: full
    details: Shows what differs only; secrets are masked.
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second invocation indicates no change.
    support: full
"""

    INFO_ATTRIBUTES = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
    support: full
    details: This module only reads.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
    support: N/A
    details: This module only reads.
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second invocation indicates no change.
    support: full
    details: This module only reads.
"""

    ACTIONGROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/itops.ringcentral.ringcentral) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - itops.ringcentral.ringcentral
notes:
  - Set the shared options once with C(module_defaults) and the action group C(itops.ringcentral.ringcentral).
  - With a local connection, set C(ansible_python_interpreter) to C({{ ansible_playbook_python }}), so that the
    module runs in the Python that has the required libraries.
"""

    PLAN = r"""
options:
  plan_file:
    description:
      - File to which check mode writes the plan - who, what changes from what to what, the cost, the account, and when and by whom
        it was made. It has no secrets. See the guide on approval.
      - A real run refuses it without O(approved_plan), and does not write it.
    type: path
    version_added: 2.0.0
  approved_plan:
    description:
      - The plan that was approved. What it has of a user is done exactly so, or nothing is done for this user.
      - Nothing is taken from the file. The run plans again, from the same list and from the account as it is now, in the requests
        that it sends anyway, and compares.
      - A user who is not as the plan has it any more is left alone and fails, with what differs. So does a user who is not in
        the plan. A user who is already as approved is unchanged, so that a run that was killed is simply run again.
      - A plan of another account, server, module or version of the format, one that is too old, was changed, or was applied
        already is refused before anything is sent that changes the account. That it was applied is known where O(state_dir) or
        O(store_url) is the same.
      - In check mode, it is said what would be done, and who would be left alone.
      - A path, or the content of the file as a dictionary, as a workflow passes it on.
    type: raw
    version_added: 2.0.0
  plan_key:
    description:
      - Key with which plans are signed (HMAC-SHA256), at least 16 characters, such as of C(openssl rand -hex 32). Without it, plans
        are not signed, and say so.
      - A signed plan needs the key, and with a key only signed plans are accepted.
      - The environment variable E(RC_PLAN_KEY) is used when this is not set.
    type: str
    version_added: 2.0.0
  plan_max_age:
    description: Days after which an approved plan is refused. From 0 to 36600.
    type: int
    default: 7
    version_added: 2.0.0
  plan_made_by:
    description: Who makes the plan, for those who read it. By default the user of the pipeline or of this host.
    type: str
    version_added: 2.0.0
  plan_left_out:
    description:
      - People of the list that the caller does not hand to this module, for example because they are not in the account.
      - The plan has them in C(left_out), and counts them in its C(summary).
    type: list
    elements: dict
    default: []
    suboptions:
      who:
        description: How the person is called.
        type: str
        required: true
      why:
        description: Why this person is left out.
        type: str
        required: true
    version_added: 2.0.0
  on_drift:
    description:
      - What is done when users are not as the approved plan has them. V(skip) leaves them alone, and goes on with the others.
        V(stop) does nothing for anybody.
    type: str
    choices: [skip, stop]
    default: skip
    version_added: 2.0.0
"""

    # For plugins, which find the environment's variables by their documentation.
    ENVIRONMENT = r"""
options:
  server_url: {env: [{name: RC_SERVER_URL}]}
  client_id: {env: [{name: RC_APP_CLIENT_ID}]}
  client_secret: {env: [{name: RC_APP_CLIENT_SECRET}]}
  jwt: {env: [{name: RC_USER_JWT}]}
  access_token: {env: [{name: RC_ACCESS_TOKEN}]}
  refresh_token: {env: [{name: RC_REFRESH_TOKEN}]}
  scim_url: {env: [{name: RC_SCIM_URL}]}
  scim_token: {env: [{name: RC_SCIM_TOKEN}]}
  state_dir: {env: [{name: RC_STATE_DIR}]}
  store_url: {env: [{name: RC_STORE_URL}]}
  on_store_loss: {env: [{name: RC_ON_STORE_LOSS}]}
"""

    WAIT_FOR_USER = r"""
options:
  wait_for_user:
    description:
      - Seconds to wait for a user that RingCentral's REST interface does not show yet, because M(itops.ringcentral.rc_scim_user)
        or an identity provider has just created it through SCIM. From 0 to 31622400.
      - It looks again after a second, and less often each time. Nobody is created meanwhile, and when the time is over
        the task fails. In check mode it does not wait.
    type: int
"""

    SELECTOR = r"""
options:
  extension_id:
    description: RingCentral's internal id of the extension. It saves the request that looks for the extension.
    type: str
  employee_id:
    description:
      - Id of the person in the company's directory, used when O(extension_id) is not given.
      - An id that an extension has in other upper or lower case is an error. It may be the same person.
    type: str
  email:
    description:
      - E-mail address of the user, used when neither O(extension_id) nor O(employee_id) is given.
      - It means a person; mailboxes and call queues that have the same address do not count. Of several people it means the
        one whose login name it is.
    type: str
  extension_number:
    description: Short number, used when no other selector is given.
    type: str
"""
