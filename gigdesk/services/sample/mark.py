"""The mark by which a desk is known as a sample."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.services.office import Office

# The settings' state that says that a desk is a sample.
SAMPLE = "sample"


def is_sample(office: Office) -> bool:
    """Whether the people of this desk are made up."""
    return office.settings.state(SAMPLE) is not None


def is_whole(office: Office) -> bool:
    """Whether this is a sample that was filled to its end."""
    state = json.loads(office.settings.state(SAMPLE) or "{}")
    return bool(state.get("done"))
