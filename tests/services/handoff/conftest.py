"""A desk of somebody who gets such mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.handoff.mails import ME

if TYPE_CHECKING:
    from gigdesk.services.office import Office


@pytest.fixture
def desk(office: Office) -> Office:
    """Nino in Berlin, with nothing in the calendar."""
    office.profile.update({"name": "Nino Beridze", "email": ME, "language": "en"})
    office.settings.set("zone", "Europe/Berlin")
    return office
