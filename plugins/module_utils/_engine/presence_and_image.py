# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others see of one user: the work of rc_presence and rc_profile_image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import extension_calls, presence, profile_image
from .._resources.fields import Json, flatten
from .._transport.errors import InvalidInput, option_of
from ._run.context import Context, Result
from ._run.words import not_applied

# How long it is remembered what an image was made of that RingCentral has changed in its own way.
REMEMBER_SECONDS = 366 * 86400.0


def ensure_presence(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's presence be as asked."""
    client = context.client
    wanted = flatten(options, presence.FIELDS)
    extension_id, subject, _record = extension_calls.locate(client, options)
    record = presence.read(client, extension_id, subject)
    if not presence.has_one(record):
        raise InvalidInput(f"{subject} has no presence of its own: only users do. Nothing was changed.", "extension_id")
    wrong = presence.problems(wanted, record)
    if wrong:
        raise InvalidInput(f"{subject}: {'; '.join(wrong)}. Nothing was changed.", option_of(wrong))
    fields = {field.option: field for field in presence.fields_of(record)}
    changed = [option for option, value in wanted.items() if fields[option].differs(value, record, context.names)]
    shown = presence.as_returned(record)
    values: Json = {"presence": shown, "extension_id": extension_id}
    if not changed:
        return Result(values)
    before = {option: fields[option].read(record) for option in changed}
    after = {option: wanted[option] for option in changed}
    values["presence"] = {**shown, **after}
    if not context.check_mode:
        answer = presence.update(client, extension_id, presence.body(record, wanted), subject)
        values["presence"] = presence.as_returned(answer)
        rest = [option for option in changed if fields[option].differs(wanted[option], answer, context.names)]
        if rest:
            context.warn(f"{subject}: {not_applied(rest)}.")
    return Result(values, changed=True, before=before, after=after)


def ensure_profile_image(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's profile image be the one that is asked for, or none."""
    client = context.client
    image = _image(options) if options["state"] == "present" else None
    extension_id, subject, record = extension_calls.locate(client, options)
    if record is None or "profileImage" not in record:
        record = extension_calls.read(client, extension_id)
    etag = profile_image.etag_of(record)
    values: Json = {"extension_id": extension_id, "profile_image": None}
    if image is None:
        if etag is None:
            return Result(values)
        if not context.check_mode:
            profile_image.delete(client, extension_id, subject)
            client.drop(f"image:{extension_id}")
        return Result(values, changed=True, before={"etag": etag}, after={"etag": None})
    described = {"sha256": image.sha256, "content_type": image.content_type, "size": len(image.data)}
    values["profile_image"] = {**described, "etag": etag}
    if etag is not None and _has_image(context, extension_id, image, etag, subject):
        return Result(values)
    if not context.check_mode:
        profile_image.upload(client, extension_id, image, etag is not None, subject)
        etag = profile_image.etag_of(extension_calls.read(client, extension_id))
        values["profile_image"]["etag"] = etag
        # RingCentral may keep another file than it was sent: this is how it is known again.
        client.keep(f"image:{extension_id}", {"sha256": image.sha256, "etag": etag}, REMEMBER_SECONDS)
    before = {"etag": profile_image.etag_of(record)}
    return Result(values, changed=True, before=before, after={"sha256": image.sha256})


def _image(options: Mapping[str, Any]) -> profile_image.Image:
    if options.get("path"):
        return profile_image.from_file(str(options["path"]))
    verify: bool | str = options["validate_certs"]
    if verify and options.get("ca_path"):
        verify = str(options["ca_path"])
    return profile_image.from_url(str(options["url"]), float(options["request_timeout"]), verify)


def _has_image(context: Context, extension_id: str, image: profile_image.Image, etag: str, subject: str) -> bool:
    """Whether the image that RingCentral has is the one that is asked for."""
    client = context.client
    kept = client.kept(f"image:{extension_id}").get(f"image:{extension_id}")
    if kept and kept["etag"] == etag:
        return bool(kept["sha256"] == image.sha256)
    return profile_image.download(client, extension_id, subject) == image.data
