"""What mails of each kind say: words and turns of phrase of many languages, with what each weighs.

Written as they are compared: small letters, no accents. A * stands for any ending; | parts them. Languages
in the order of their lines: English, German, French, Spanish, Italian, others.
"""

from __future__ import annotations

from gigdesk.domain.inbox.wording.words import (
    bills,
    frauds,
    leads,
    lists,
    meetings,
    private,
    programs,
)

# kind -> weight -> words. A kind is a label, or something that several labels look at.
WORDS: dict[str, dict[float, str]] = {
    kind: weights
    for each in (bills, meetings, leads, lists, programs, private, frauds)
    for kind, weights in each.WORDS.items()
}
