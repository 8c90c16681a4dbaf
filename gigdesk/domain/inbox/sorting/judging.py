"""Which label a mail gets: what stands in it, who sent it and what corrections taught are weighed, and
every reason that counted is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gigdesk.domain.inbox.labels import Known, is_no_reply
from gigdesk.domain.inbox.lessons import countable
from gigdesk.domain.inbox.mails import Label, Note, ParsedMail
from gigdesk.domain.inbox.sorting.alarms import Sign, signs_of_fraud, suspicious
from gigdesk.domain.inbox.wording.reading import Read, folded, longest, read, words_of
from gigdesk.domain.inbox.wording.words.places import BOXES

# When two weigh the same, the one that says more of what is to be done.
ORDER = ("meeting", "invoice", "newsletter", "notification", "lead", "client", "other")
CHOICES = (
    "client",
    "lead",
    "invoice",
    "meeting",
    "newsletter",
    "notification",
    "suspicious",
    "other",
)

_WORK_FILE = re.compile(
    r"\.(?:docx?|xlsx?|odt|ods|pptx?|indd|idml|ai|psd|zip|csv|sdlxliff|po|srt)$", re.I
)
_DIGITS = re.compile(r"\d(?:[\w./-]*\d)?")
_CAPS = {"invoice": 6.0, "meeting": 5.0, "lead": 6.0, "newsletter": 4.0, "notification": 5.0,
         "private": 4.0, "work": 1.5,
         "met": 3.0, "jobs": 4.5, "selling": 4.0}  # fmt: skip
_SHORT_MAIL = 400
_FEW_LINES = 220
_ENQUIRY = 3.0  # what words must weigh to be one, in what a program sent
_SAID = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A label with its reasons, and the signs of fraud, whether they sufficed or not."""

    label: Label
    signs: tuple[Sign, ...] = ()


@dataclass(slots=True)
class _Scale:
    """What speaks for each label, and why."""

    points: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, list[Note]] = field(default_factory=dict)

    def put(self, label: str, points: float, *reasons: Note) -> None:
        """Lay something on it."""
        if points:
            self.points[label] = self.points.get(label, 0.0) + points
            self.reasons.setdefault(label, []).extend(reasons)

    def best(self) -> str:
        """What weighs most."""
        return max(ORDER, key=lambda each: (self.points.get(each, 0.0), -ORDER.index(each)))


def label_of(mail: ParsedMail, known: Known) -> Label:
    """The label that fits best, with every reason for it."""
    return judged(mail, known).label


def judged(mail: ParsedMail, known: Known) -> Judged:
    """The label, and what warns of the mail."""
    if mail.broken is not None:
        return Judged(Label("broken", (Note("broken"),)))
    if known.is_mine(mail.sender) and not _forged(mail):
        return Judged(_of_own(mail, known))
    said = mail.said or read(mail.subject, mail.text)
    signs = signs_of_fraud(mail, known, said)
    if suspicious(signs):
        return Judged(Label("suspicious", tuple(each.note for each in signs[:6])), tuple(signs))
    scale = _weighed(mail, known, said)
    best = scale.best()
    reasons = tuple(dict.fromkeys(scale.reasons.get(best, ())))
    return Judged(Label(best, reasons), tuple(signs))


def _forged(mail: ParsedMail) -> bool:
    return any(each.code == "failed" for each in mail.signs)


def _of_own(mail: ParsedMail, known: Known) -> Label:
    number = number_in(f"{mail.subject}\n{mail.text[:20000]}", known)
    if number:
        return Label("invoice", (Note("number", number),))
    client = next(filter(None, (known.client(each) for each in mail.to)), "")
    return Label("client", (Note("to client", client),)) if client else Label()


def number_in(text: str, known: Known) -> str:
    """The first number of one's own documents that a text names."""
    if not known.numbers:
        return ""
    at = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < at:
            continue
        start = digits.start()
        while start > at and (text[start - 1].isalnum() or text[start - 1] in "._-/"):
            start -= 1
        token = text[start : digits.end()].lstrip("._-/")
        at = digits.end()
        number = known.numbers.get(token.casefold())
        if number:
            return number
    return ""


class _Facts:
    """What of a mail is asked more than once."""

    def __init__(self, mail: ParsedMail, known: Known, said: Read) -> None:
        self.mail, self.known, self.said = mail, known, said
        codes = {each.code: each.detail for each in mail.signs}
        self.client = known.client(mail.sender)
        self.listed = mail.bulk or bool(mail.list_id) or mail.unsubscribe
        self.answered = codes.get("auto", "").startswith("auto-replied")
        self.report = "report" in codes
        self.automatic = mail.automatic or "auto" in codes or is_no_reply(mail.sender)
        self.bulk = self.listed or self.automatic
        box, _, host = mail.sender.email.lower().partition("@")
        self.host = host
        self.boxes = {kind for kind, words in BOXES.items()
                      if set(re.split(r"[._+-]", box)) & set(words.split())}  # fmt: skip
        others = [each.email.lower() for each in (*mail.to, *mail.cc)]
        self.to_me = any(each in known.mine for each in others)
        self.to_list = bool(others) and not self.to_me
        self.names_everybody = not self.to_me and not others

    def words(self, kind: str) -> float:
        """What the words of a kind weigh; those of the subject more."""
        weight = self.said.said.get(kind, 0.0) + 1.4 * self.said.titled.get(kind, 0.0)
        return min(_CAPS[kind], weight)

    def named(self, kind: str) -> Note:
        """The words that weighed, for the reason."""
        return Note("words", ", ".join(longest(self.said.first.get(kind, ()))[:_SAID])[:100])


def _weighed(mail: ParsedMail, known: Known, said: Read) -> _Scale:
    facts, scale = _Facts(mail, known, said), _Scale()
    for weigh in (_invoice, _meeting, _newsletter, _notification, _lead, _client, _other, _taught):
        for label, points, *reasons in weigh(facts):
            scale.put(label, points, *reasons)
    return scale


Found = Iterator[tuple[str, float, *tuple[Note, ...]]]


def _invoice(facts: _Facts) -> Found:
    said = facts.said
    words = facts.words("invoice")
    named = number_in(f"{facts.mail.subject}\n{said.own}", facts.known)
    number = number_in(facts.mail.subject, facts.known)
    if words:
        yield "invoice", words * 0.9, facts.named("invoice")
    if named or number:
        yield "invoice", 1.5 + 0.5 * bool(number), Note("number", named or number)
    papers = [each.name for each in facts.mail.attachments
              if read("", re.sub(r"[_\W\d]+", " ", each.name)).said.get("invoice")]  # fmt: skip
    if papers:
        yield "invoice", 2.0, Note("paper", papers[0])
    if not facts.listed:
        yield from _money(said, words)
    if "invoice" in facts.boxes and words:
        yield "invoice", 1.0
    if facts.listed and not papers:
        yield "invoice", -1.5
    if facts.answered:
        yield "invoice", -3.0


def _money(said: Read, words: float) -> Found:
    if said.accounts:
        yield "invoice", 1.6, Note("account")
    if said.amounts and words:
        yield "invoice", 0.8, Note("amount")


def _meeting(facts: _Facts) -> Found:
    said, mail = facts.said, facts.mail
    if mail.invitation:
        yield "meeting", 7.0, Note("invitation")
    words = facts.words("meeting")
    damp = 0.4 if facts.listed else 0.7 if facts.automatic else 1.0
    if words and said.length > _SHORT_MAIL and not said.titled.get("meeting"):
        damp *= 0.6  # a long letter speaks of other things, too
    if words:
        yield "meeting", words * damp, facts.named("meeting")
    met = facts.words("met")
    if met and not mail.invitation:
        yield "meeting", -met
    fixed = 1.2 * said.times + 0.8 * said.days + 0.7 * (said.times and said.days)
    if fixed and not facts.bulk:
        short = said.length < _SHORT_MAIL
        talk = bool(mail.in_reply_to or mail.references) or said.asks
        weight = fixed * (1.0 if words or (short and talk) else 0.4)
        yield "meeting", weight, Note("time")
        if said.times and short and said.length < _FEW_LINES and talk:
            yield "meeting", 1.2


def _newsletter(facts: _Facts) -> Found:
    words = facts.words("newsletter")
    yield from _list_marks(facts.mail)
    if words:
        yield "newsletter", words * (1.0 if facts.listed else 0.7), facts.named("newsletter")
    selling = facts.words("selling")
    if selling and not facts.client:
        yield "newsletter", selling * 0.8, facts.named("selling")
    if "newsletter" in facts.boxes:
        yield "newsletter", 1.2
    if facts.names_everybody:
        yield "newsletter", 1.5, Note("everybody")
    elif facts.to_list:
        yield "newsletter", 2.0 if facts.client else 1.2, Note("everybody")
    if facts.automatic:
        yield "newsletter", -1.2


def _list_marks(mail: ParsedMail) -> Found:
    if mail.unsubscribe:
        yield "newsletter", 2.6, Note("unsubscribe")
    if mail.list_id:
        yield "newsletter", 1.2 if mail.unsubscribe else 3.0, Note("list", mail.list_id)
    elif mail.bulk and not mail.unsubscribe:
        yield "newsletter", 2.6, Note("bulk")


def _notification(facts: _Facts) -> Found:
    if facts.answered:
        yield "notification", 9.0, Note("answered by itself")
    if facts.report:
        yield "notification", 9.0, Note("report")
    if facts.automatic:
        yield "notification", 3.0, Note("automatic")
    words = facts.words("notification")
    if words and (facts.bulk or "notification" in facts.boxes):
        yield "notification", words, facts.named("notification")
    elif words and not facts.client:
        yield "notification", words * 0.5, facts.named("notification")
    if "notification" in facts.boxes:
        yield "notification", 1.2


def _lead(facts: _Facts) -> Found:
    mail = facts.mail
    own = facts.host in facts.known.own_hosts
    if own and any(each.email.rpartition("@")[2].lower() != facts.host for each in mail.reply_to):
        yield "lead", 9.0, Note("form")
        return
    words, work = facts.words("lead"), facts.words("work")
    if facts.client or facts.answered or facts.report:
        words *= 0.4
    elif mail.in_reply_to:
        words *= 0.7  # in the middle of a conversation
    if not facts.bulk:
        yield from _enquiry(facts, words, work)
    elif facts.automatic and not facts.listed and words >= _ENQUIRY:
        yield "lead", words + work * 0.5 + 1.0, facts.named("lead")  # passed on by a platform
    elif (jobs := facts.words("jobs")) and (words or work) and not facts.client:
        points = jobs + 0.3 * words + work * 0.5 + 1.0 * facts.automatic
        yield "lead", points, Note("jobs"), facts.named("jobs")


def _enquiry(facts: _Facts, words: float, work: float) -> Found:
    """Somebody asks for work or offers it."""
    said = facts.said
    if words:
        yield "lead", words + 0.5 * said.amounts, facts.named("lead")
        if said.asks:
            yield "lead", 0.7, Note("question")
    if facts.client:
        return
    if said.asks and not words:
        yield "lead", 0.8, Note("question")
    if work and (words or said.asks):
        yield "lead", work + (0.0 if words else 0.8), facts.named("work")
    selling = facts.words("selling")
    if selling:
        yield "lead", -0.7 * selling


def _client(facts: _Facts) -> Found:
    if not facts.client:
        name = facts.known.people.get(folded(facts.mail.sender.name.strip()), "")
        if name:
            yield "client", 2.6, Note("client name", name)
        return
    listed = facts.mail.sender.email.lower() in facts.known.clients
    reasons = [Note("client", facts.client)]
    if facts.said.asks:
        reasons.append(Note("question"))
    yield "client", 3.2 if listed else 3.0, *reasons
    if any(_WORK_FILE.search(each.name) for each in facts.mail.attachments):
        yield "client", 0.8, Note("file")


def _other(facts: _Facts) -> Found:
    private = facts.words("private")
    if private and not facts.client:
        yield "other", 2.2 + private, facts.named("private")
    else:
        yield "other", 2.2, Note("nothing")


def _taught(facts: _Facts) -> Found:
    lessons = facts.known.lessons
    if not lessons.count:
        return
    words = countable(words_of(facts.mail.subject, facts.mail.text))
    advice = lessons.advice(facts.mail.sender.email, words)
    for label, points in advice.points.items():
        reasons: list[Note] = []
        if advice.sender[0] == label:
            reasons.append(Note("taught", f"{advice.sender[1]}\t{label}"))
        if advice.words[0] == label:
            reasons.append(
                Note("reads like", f"{advice.words[1]}\t{label}\t{', '.join(advice.words[2])}")
            )
        if label in ORDER:
            yield label, points, *reasons
