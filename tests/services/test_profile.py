"""The person's own data: replaced field by field, taken back, never half changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Refused
from tests.bills import PROFILE

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def test_named_fields_are_replaced_and_the_rest_stays(office: Office) -> None:
    office.profile.update(PROFILE)
    changed = office.profile.update({"city": "Bonn", "bank": None})
    assert (changed.value.city, changed.value.bank) == ("Bonn", None)
    assert changed.value.name == "Erika Muster"
    assert changed.undo is not None
    assert changed.undo().value.city == "Berlin"
    assert office.profile.data() == PROFILE


def test_one_field_that_does_not_fit_changes_nothing(office: Office) -> None:
    office.profile.update(PROFILE)
    with pytest.raises(Refused):
        office.profile.update({"city": "Bonn", "zone": "Mars/Base"})
    assert office.profile.data() == PROFILE
