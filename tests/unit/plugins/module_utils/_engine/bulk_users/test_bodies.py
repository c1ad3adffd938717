# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of bulk steps: what each record may carry, and that nothing of an existing user gets lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from .accounts import RECIPES, RECORD, Names, existing, limits, newcomer, person_of

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.bodies import (
    batch_body,
    create_body,
    seat_body,
    update_body,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.missing import (
    changes_of,
    reads_needed,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Step
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import (
    apply,
    fits_batch,
    fits_seat,
    next_steps,
)

NAMES = Names()


def fitting(recipe: Any, **wanted: Any) -> Any:
    """A newcomer with a number, from whom is taken what neither seat nor batch takes."""
    fields = {key: value for key, value in recipe[0].items() if key not in ("hidden", "cost_center", "status")}
    return person_of(0, ({**fields, **wanted}, recipe[1], "present", None, True, recipe[5]))


BATCHED = st.builds(
    lambda recipe, status: fitting(recipe, last_name="Lee", status=status),
    RECIPES,
    st.sampled_from(["Enabled", "Disabled"]),
)
SEATED = st.builds(
    lambda recipe, status: fitting(recipe, status=status),
    RECIPES,
    st.sampled_from(["Enabled", "Disabled", "NotActivated"]),
)
THERE = st.builds(
    lambda recipe, record: person_of(0, (*recipe[:3], record, *recipe[4:])),
    RECIPES,
    RECORD,
)


@given(BATCHED)
def test_a_batch_record_has_what_the_published_batch_takes(person: Any) -> None:
    assert fits_batch(person)
    body = batch_body(person, NAMES)
    assert set(body) <= {"status", "contact", "extensionNumber", "costCenter", "roles"}
    assert body["status"] == "Enabled"
    contact = body["contact"]
    allowed = {"firstName", "lastName", "email", "mobileNumber", "emailAsLoginName", "transition"}
    assert {"firstName", "lastName", "email", "transition"} <= set(contact) <= allowed
    assert contact["transition"] == {"sendWelcomeEmail": person.welcome}, "left out, it would be sent"
    assert contact.get("mobileNumber") in (None, "+14155550100", "+14155550101"), "in E.164"
    assert contact.get("emailAsLoginName") == person.wanted.get("email_as_login_name")
    assert len(body.get("roles", [{}])) == 1
    if len(person.roles or []) == 1:
        assert body["roles"] == [{"id": person.roles[0]}]
    assert "password" not in str(body) and "739281" not in str(body)


def test_a_batch_record_in_full() -> None:
    person = newcomer(
        0, "2", extension_number="2001", mobile_phone="+1 (415) 555-0100", email_as_login_name=False, department="Sales"
    )
    assert batch_body(person, NAMES) == {
        "status": "Enabled",
        "contact": {
            "firstName": "Ana",
            "lastName": "Nguyễn",
            "email": "user0@example.com",
            "mobileNumber": "+14155550100",
            "emailAsLoginName": False,
            "transition": {"sendWelcomeEmail": False},
        },
        "extensionNumber": "2001",
        "roles": [{"id": "2"}],
    }


@given(SEATED)
def test_a_seat_is_sent_contact_status_number_and_login_name_together(person: Any) -> None:
    assert fits_seat(person)
    body = seat_body(person, "seat7", NAMES)
    assert body["id"] == "seat7"
    assert "type" not in body
    assert body["status"] == person.wanted.get("status", "NotActivated")
    assert body["extensionNumber"] == person.wanted["extension_number"]
    assert body["contact"]["firstName"] and body["contact"]["email"] == person.wanted["email"]
    assert body["contact"]["emailAsLoginName"] is person.wanted.get("email_as_login_name", True)
    assert body.get("transition") == ({"sendWelcomeEmail": True} if person.welcome else None)
    assert body.get("password") == person.wanted.get("password")


def test_a_seat_of_which_no_status_is_asked_waits_to_be_activated() -> None:
    person = newcomer(0, extension_number="2001")
    del person.wanted["status"]
    assert seat_body(person, "seat7", NAMES)["status"] == "NotActivated"


@given(THERE)
def test_an_update_says_what_changes_and_nothing_else(person: Any) -> None:
    """A field that nobody touched can't fail a change; a list that is touched is sent whole."""
    record, body = person.record, update_body(person, NAMES)
    changed = changes_of(person, NAMES)
    touched = {change.field.path[0] for change in changed}
    assert set(body) - {"transition"} <= touched | {"status", "statusInfo"}
    if touched and touched != {"statusInfo"}:
        assert body
    for parent in ("contact", "regionalSettings"):
        assert set(body.get(parent, {})) == {c.field.path[1] for c in changed if c.field.path[0] == parent}
    if "references" in body:
        assert all(reference in body["references"] for reference in record.get("references", []))
    if "customFields" in body:
        kept = {entry["id"]: entry["value"] for entry in record.get("customFields", [])}
        assert kept.items() <= {entry["id"]: entry["value"] for entry in body["customFields"]}.items()
    if "statusInfo" in body:
        assert body["status"] == "Disabled", "reason and comment travel with the status that they explain"


@given(THERE)
def test_an_update_leads_to_what_is_asked(person: Any) -> None:
    apply(Step("bulk_update", (person,)), [], NAMES)
    assert changes_of(person, NAMES) == []


def test_only_what_changes_is_sent() -> None:
    person = existing(0, department="Sales")
    body = update_body(person, NAMES)
    assert body == {"contact": {"department": "Sales"}}
    person = existing(0, goal="disabled", status_reason="Voluntarily", status_comment="Left", department="Sales")
    assert update_body(person, NAMES) == {
        "status": "Disabled",
        "statusInfo": {"reason": "Voluntarily", "comment": "Left"},
    }


def test_what_a_batch_can_not_carry_follows_secrets_too() -> None:
    person = newcomer(0, password="not-a-real-one", department="Sales", custom_fields={"4011": "B-1"})
    apply(Step("batch", (person,)), [], NAMES)
    assert [change.field.option for change in changes_of(person, NAMES)] == ["department", "custom_fields", "password"]
    assert all("not-a-real-one" not in str(change) for change in changes_of(person, NAMES))
    body = update_body(person, NAMES)
    assert (body["password"], body["customFields"]) == ("not-a-real-one", [{"id": "4011", "value": "B-1"}])
    apply(Step("bulk_update", (person,)), [], NAMES)
    assert next_steps([person], [], limits(), NAMES) == []


def test_a_secret_of_somebody_who_is_there_is_never_sent() -> None:
    person = existing(0, password="not-a-real-one", ivr_pin="739281")
    assert changes_of(person, NAMES) == []
    assert next_steps([person], [], limits(), NAMES) == []


@pytest.mark.parametrize("kind", ["batch", "seats", "create", "bulk_create"])
def test_the_welcome_email_is_asked_for_once(kind: str) -> None:
    person = newcomer(0, extension_number="2001")
    person.welcome = True
    sent = [
        {
            "batch": lambda: batch_body(person, NAMES)["contact"],
            "seats": lambda: seat_body(person, "seat7", NAMES),
        }.get(kind, lambda: create_body(person, NAMES))()
    ]
    apply(Step(kind, (person,), seats=("seat7",)), ["seat7"], NAMES)
    while next_steps([person], [], limits(), NAMES):
        sent.append(update_body(person, NAMES))
        apply(Step("update", (person,)), [], NAMES)
    assert [body["transition"] for body in sent if "transition" in body] == [{"sendWelcomeEmail": True}]


def test_lists_do_not_tell_everything() -> None:
    listed, unlisted = existing(0, department="Sales"), existing(1, **{"regional_settings.timezone": "58"})
    secret, new = existing(2, password="not-a-real-one"), newcomer(3, **{"regional_settings.timezone": "58"})
    failed = existing(4, **{"regional_settings.timezone": "58"})
    failed.error = [{"code": "", "message": "no", "parameter": None}]
    for person in (listed, unlisted, secret, failed):
        person.complete = False
    assert reads_needed([listed, unlisted, secret, new, failed]) == [unlisted]
    assert changes_of(unlisted, NAMES) == [], "what was not read is not compared"
    unlisted.complete = True
    assert [change.field.option for change in changes_of(unlisted, NAMES)] == ["regional_settings.timezone"]
    assert reads_needed([unlisted]) == []
