"""First contact: who is answered automatically, who never, and that nobody is twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from gigdesk.app import door_of, office_on
from gigdesk.domain.inbox.writing import Outgoing, read_addresses, written
from gigdesk.domain.proposals import OutboxItem
from gigdesk.services.office import Office
from tests.conftest import NOW
from tests.letters import receive, receive_raw
from tests.pocket import Pocket

STRANGER = "Ines Prado <ines@prado.example>"
HELLO = "Dear Nino,\n\nI have seen your work and would like to talk about a project.\n\nInes Prado"


@pytest.fixture
def on(office: Office) -> Office:
    """A desk whose first answers are switched on, and that has looked once."""
    office.profile.update({"name": "Nino Beridze", "email": "nino@beridze.example"})
    office.settings.set("autoreply", "on")
    office.first_contact.answer()
    return office


def answers(office: Office) -> list[OutboxItem]:
    return [each for each in office.proposals.outbox() if each.kind == "autoreply"]


def as_sent(answer: OutboxItem) -> bytes:
    """The bytes that leave for it."""
    return written(
        Outgoing(
            message_id=answer.message_id,
            sender=read_addresses("nino@beridze.example")[0],
            to=read_addresses(answer.to),
            subject=answer.subject,
            text=answer.body,
            date=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
            in_reply_to=answer.payload["in_reply_to"],
            automatic=bool(answer.payload["automatic"]),
        )
    )


def came(office: Office, text: str = HELLO, sender: str = STRANGER, **headers: str) -> int:
    """A mail of today's comes in and is looked at."""
    headers.setdefault("subject", "A project")
    return receive(office, text, sender=sender, **headers)


def test_off_by_default(office: Office) -> None:
    office.profile.update({"name": "Nino Beridze", "email": "nino@beridze.example"})
    mail = came(office)
    assert office.first_contact.would(mail).would_answer
    assert office.first_contact.answer().value == 0
    assert answers(office) == []


def test_a_first_mail_is_answered_once(on: Office) -> None:
    came(on, **{"Message-ID": "<first@prado.example>"})
    assert on.first_contact.answer().value == 1
    assert on.first_contact.answer().value == 0
    (answer,) = answers(on)
    assert answer.to == "ines@prado.example"
    assert answer.subject == "Auto: A project"
    assert answer.payload["in_reply_to"] == "first@prado.example"
    assert answer.payload["automatic"] is True
    assert "once a day" in answer.body
    assert "written automatically" in answer.body
    assert answer.due >= NOW + timedelta(seconds=10)


def test_what_lay_there_before_is_not_answered(office: Office) -> None:
    office.profile.update({"name": "Nino Beridze", "email": "nino@beridze.example"})
    came(office)
    office.settings.set("autoreply", "on")
    assert office.first_contact.answer().value == 0
    came(office, sender="Ada <ada@x.example>")
    assert office.first_contact.answer().value == 1
    office.settings.set("autoreply", "off")
    office.first_contact.answer()
    came(office, sender="Bob <bob@y.example>")
    office.settings.set("autoreply", "on")
    office.first_contact.answer()
    assert [each.to for each in answers(office)] == ["ada@x.example"]


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Auto_Submitted": "auto-generated"}, "Auto-Submitted"),
        ({"Auto_Submitted": "auto-replied; owner-email=x"}, "Auto-Submitted"),
        ({"List_Id": "<news.x.example>"}, "list"),
        ({"List_Post": "<mailto:l@x.example>"}, "list"),
        ({"List_Unsubscribe": "<https://x.example/u>"}, "list"),
        ({"Precedence": "bulk"}, "Precedence"),
        ({"Precedence": "list"}, "Precedence"),
        ({"Precedence": "junk"}, "Precedence"),
        ({"X_Auto_Response_Suppress": "OOF, AutoReply"}, "no automatic answer"),
        ({"X_Auto_Response_Suppress": "All"}, "no automatic answer"),
        ({"X_Autoreply": "yes"}, "program"),
        ({"Return_Path": "<>"}, "envelope"),
        ({"Return_Path": "<bounce-17@list.example>"}, "envelope"),
        ({"X_Spam_Flag": "YES"}, "spam"),
        ({"Authentication_Results": "mx.x.example; dkim=none; dmarc=fail"}, "prove"),
    ],
)
def test_never_to_programs_and_lists(on: Office, headers: dict[str, str], said: str) -> None:
    mail = came(on, **headers)
    found = on.first_contact.would(mail)
    assert not found.would_answer
    assert said in found.why
    assert on.first_contact.answer().value == 0


@pytest.mark.parametrize("value", ["no", "No"])
def test_a_person_may_say_that_no_program_sent_it(on: Office, value: str) -> None:
    assert on.first_contact.would(came(on, Auto_Submitted=value)).would_answer


@pytest.mark.parametrize(
    "address",
    [
        "noreply@x.example", "no-reply@x.example", "MAILER-DAEMON@x.example", "postmaster@x.example",
        "owner-list@x.example", "list-request@x.example", "list-owner@x.example", "bounce+1@x.example",
        "list-bounces@x.example", "root@x.example", "newsletter@x.example", "support-noreply@x.example",
    ],
)  # fmt: skip
def test_never_to_addresses_nobody_reads(on: Office, address: str) -> None:
    assert not on.first_contact.would(came(on, sender=f"X <{address}>")).would_answer


def test_never_to_oneself_nor_to_a_mail_for_others(on: Office) -> None:
    assert not on.first_contact.would(came(on, sender="nino@beridze.example")).would_answer
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = STRANGER, "office@x.example", "To others"
    message["Message-ID"], message["Date"] = "<o@x.example>", "Mon, 23 Nov 2026 08:00:00 +0100"
    message.set_content("hello")
    found = on.first_contact.would(receive_raw(on, message.as_bytes()))
    assert not found.would_answer
    assert "To or Cc" in found.why


def test_never_to_a_client_or_somebody_known(on: Office, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("name,email\nPrado Studio,ines@prado.example\n", "utf-8")
    on.clients.import_file(file)
    found = on.first_contact.would(came(on))
    assert not found.would_answer
    assert "Prado Studio" in found.why


def test_the_second_mail_of_a_sender_gets_none(on: Office) -> None:
    came(on, subject="One")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = STRANGER, "nino@beridze.example", "Two"
    message["Message-ID"], message["Date"] = (
        "<two@prado.example>",
        "Mon, 23 Nov 2026 08:05:00 +0100",
    )
    message.set_content(HELLO)
    second = receive_raw(on, message.as_bytes())
    assert not on.first_contact.would(second).would_answer
    assert on.first_contact.answer().value == 1


def test_the_cap_of_a_day_holds(on: Office) -> None:
    on.settings.set("autoreply_cap", "2")
    for name in ("ada", "bob", "cyd"):
        came(on, sender=f"{name} <{name}@{name}.example>")
    assert on.first_contact.answer().value == 2
    assert (
        "as many as you allow"
        in on.first_contact.would(came(on, sender="Dan <dan@dan.example>")).why
    )


def test_the_answer_speaks_the_senders_language(on: Office) -> None:
    came(
        on,
        "Guten Tag,\n\nich habe Ihre Arbeiten gesehen und würde gerne mit Ihnen über ein Projekt"
        " sprechen. Wann haben Sie Zeit?\n\nMit freundlichen Grüßen\nJana",
        sender="Jana <jana@j.example>",
    )
    on.first_contact.answer()
    (answer,) = answers(on)
    assert answer.body.startswith("Guten Tag")


def test_own_words_are_said_and_marked_as_automatic(on: Office) -> None:
    on.settings.set("autoreply_words", "I am on the road until Friday.")
    came(on)
    on.first_contact.answer()
    (answer,) = answers(on)
    assert "on the road until Friday" in answer.body
    assert "written automatically" in answer.body


def test_a_subject_cannot_inject_and_two_of_us_stop_after_one(on: Office) -> None:
    came(on, subject="A project")
    on.first_contact.answer()
    (answer,) = answers(on)
    raw = as_sent(replace(answer, subject=f"{answer.subject}\r\nBcc: x@x.example"))
    message = message_from_bytes(raw, policy=default)
    assert message["Bcc"] is None
    assert message["Auto-Submitted"] == "auto-replied"
    # The other side has an automatic answer as well: ours comes back to one like us.
    message.replace_header("From", "Nino <nino@else.example>")
    message.replace_header("To", "nino@beridze.example")
    back = receive_raw(on, message.as_bytes())
    assert not on.first_contact.would(back).would_answer
    assert on.first_contact.answer().value == 0
    assert len(answers(on)) == 1


def test_an_old_mail_fetched_late_gets_none(on: Office) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = STRANGER, "nino@beridze.example", "Old"
    message["Message-ID"], message["Date"] = "<old@x.example>", "Mon, 16 Nov 2026 08:00:00 +0100"
    message.set_content(HELLO)
    receive_raw(on, message.as_bytes())
    assert on.first_contact.answer().value == 0


def test_an_answer_within_seven_days_is_remembered(on: Office) -> None:
    mail = on.inbox.mail(came(on))
    on.first_contact.answer()
    judged = on.first_contact._judged(replace(mail, signs=()))
    assert not judged.would_answer
    assert "7 days" in judged.why


def test_two_desks_that_both_answer_stop_after_one(on: Office, tmp_path: Path) -> None:
    """Ines has a GigDesk as well, switched on; her first mail is answered, the answer is not."""
    door = door_of(tmp_path / "hers", lambda _question: None, Pocket(tmp_path / "hers.key"))
    hers = office_on(door.open(), lambda: NOW)
    try:
        hers.profile.update({"name": "Ines Prado", "email": "ines@prado.example"})
        hers.settings.set("autoreply", "on")
        hers.first_contact.answer()
        came(on)
        assert on.first_contact.answer().value == 1
        receive_raw(hers, as_sent(answers(on)[0]))
        assert hers.first_contact.answer().value == 0
        (line,) = hers.inbox.lines()
        assert "a program sent it" in hers.first_contact.would(line.id).why
    finally:
        hers.close()


@pytest.mark.slow
@pytest.mark.shared_data
def test_lists_and_programs_of_the_corpus_get_none(on: Office, shared: Path) -> None:
    """As if each of them were addressed to the person, fresh, and from a stranger."""
    for _ in on.inbox.import_paths([shared / "mail"]):
        pass
    mine = read_addresses("nino@beridze.example")
    marked = 0
    for line in on.inbox.lines(limit=100_000):
        head = on.inbox.raw(line.id)[:20_000].partition(b"\n\n")[0].lower()
        automatic = b"\nauto-submitted: auto" in head
        if b"\nlist-id:" not in head and not automatic:
            continue
        marked += 1
        mail = replace(on.inbox.mail(line.id), to=mine, bulk=False)
        assert not on.first_contact._judged(mail).would_answer, mail.source
    assert marked > 150
