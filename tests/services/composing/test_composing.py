"""Mails in the person's own words: begun right, kept while typed, sent once, taken back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from gigdesk.domain.accounts import Account, AccountId, Endpoint
from gigdesk.domain.errors import NotFound, Refused, Stale, Unreadable
from gigdesk.domain.proposals import OutboxState
from gigdesk.services.office import Office
from tests.certificates import Authority
from tests.conftest import NOW
from tests.services.sending.desk import at, with_account
from tests.services.test_inbox import brought
from tests.smtp_servers import LOGIN, PASSWORD, serving_mail

MAIL = f"""From: Ada Lovelace <ada@x.example>
To: Nino <{LOGIN}>, Bob <bob@y.example>
Subject: Icons
Message-ID: <q1@x.example>
Date: Mon, 23 Nov 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Hi Nino, are 24 pixels enough for the icons?
--b
Content-Type: image/png
Content-Disposition: attachment; filename="icon.png"

PNG
--b--
"""


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Office:
    office.profile.update({"name": "Nino Beridze", "email": LOGIN})
    door = Endpoint("smtp.studio.example", 465)
    office.accounts.add(Account(AccountId(0), "Studio", LOGIN, None, door, LOGIN), PASSWORD)
    (tmp_path / "m.eml").write_text(MAIL)
    brought(office, tmp_path / "m.eml")
    return office


@pytest.fixture
def mail_id(desk: Office) -> int:
    return desk.inbox.lines()[0].id


def test_an_answer_is_begun_right(desk: Office, mail_id: int) -> None:
    mail, warnings = desk.composing.answer(mail_id)
    assert (mail.to, mail.cc, mail.subject) == ("Ada Lovelace <ada@x.example>", "", "Re: Icons")
    assert mail.account == desk.accounts.all()[0].id
    assert (mail.in_reply_to, mail.chain) == ("<q1@x.example>", ("<q1@x.example>",))
    assert mail.body.startswith("\n\n-- \nNino Beridze\n\nOn 23 November 2026 at ")
    assert "> Hi Nino, are 24 pixels enough" in mail.body
    assert warnings == ()
    everyone, _ = desk.composing.answer(mail_id, everyone=True)
    assert everyone.cc == "Bob <bob@y.example>"


def test_what_is_typed_is_kept_and_gone_on_with(desk: Office, mail_id: int) -> None:
    mail, _ = desk.composing.answer(mail_id)
    kept = desk.composing.keep(replace(mail, body="Yes, they")).value
    again = desk.composing.keep(replace(kept, body="Yes, they are.", to="half an addr")).value
    with pytest.raises(Stale):
        desk.composing.keep(replace(kept, body="from another window"))
    assert desk.composing.answer(mail_id)[0] == again
    assert desk.composing.answer(mail_id, everyone=True)[0].id == 0, "another kind is another one"
    assert desk.composing.about([99, mail_id]) == again
    undo = desk.composing.throw_away(again.id).undo
    assert desk.composing.all() == []
    assert undo is not None
    undo()
    (back,) = desk.composing.all()
    assert (back.body, back.to) == ("Yes, they are.", "half an addr")


def test_a_forward_takes_the_files_along(desk: Office, mail_id: int) -> None:
    mail = desk.composing.forward(mail_id)
    assert (mail.to, mail.subject, mail.in_reply_to) == ("", "Fwd: Icons", "")
    assert [(each.name, each.type) for each in mail.files] == [("icon.png", "image/png")]
    assert desk.composing.file(mail.files[0]).strip() == b"PNG"
    assert (
        "---------- Forwarded message ----------\nFrom: Ada Lovelace <ada@x.example>" in mail.body
    )


def test_sending_is_one_step_and_taken_back_whole(
    desk: Office, mail_id: int, tmp_path: Path
) -> None:
    (tmp_path / "offer.pdf").write_bytes(b"%PDF-1.7")
    mail, _ = desk.composing.answer(mail_id)
    mail = desk.composing.attach(mail, [tmp_path / "offer.pdf"])
    kept = desk.composing.keep(replace(mail, cc="c@z.example", bcc="d@z.example", body="Hi")).value
    done = desk.composing.send(kept)
    assert done.words == "Sent to 3 people"
    assert done.value.due == NOW + timedelta(seconds=10)
    assert done.value.message_id.endswith("@studio.example>")
    assert desk.composing.all() == []
    with pytest.raises(NotFound):
        desk.composing.send(kept)
    assert len(desk.sending.all()) == 1, "two windows send it once"
    back = desk.sending.take_back(done.value.id).value
    assert replace(back, id=kept.id, version=kept.version, changed=kept.changed) == kept
    assert desk.sending.all() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": ""}, "nobody to go to"),
        ({"to": "Ada"}, "“Ada” is no mail address"),
        ({"cc": "x@"}, "no mail address"),
        ({"body": "due on {due}"}, "{due} is not filled in"),
    ],
)
def test_what_is_missing_is_said_before_it_leaves(
    desk: Office, fields: dict[str, str], words: str
) -> None:
    mail = replace(desk.composing.new("ada@x.example"), **{"body": "Hi", **fields})  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        desk.composing.send(mail)
    assert desk.sending.all() == []


def test_an_hour_can_be_chosen(desk: Office) -> None:
    mail = desk.composing.new("ada@x.example")
    done = desk.composing.send(mail, NOW + timedelta(days=1))
    assert (done.value.due, done.value.timed) == (NOW + timedelta(days=1), True)
    assert done.words.startswith("Leaves 24.11. at ")
    assert desk.sending.all()[0].state is OutboxState.WAITING


def test_files_are_refused_whole(desk: Office, tmp_path: Path) -> None:
    mail = desk.composing.new()
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(26_000_000)
    (tmp_path / "small.txt").write_text("x")
    with pytest.raises(Refused, match="more than most servers take"):
        desk.composing.attach(mail, [tmp_path / "small.txt", large])
    with pytest.raises(Unreadable):
        desk.composing.attach(mail, [tmp_path / "small.txt", tmp_path / "missing.txt"])
    with pytest.raises(Unreadable):
        desk.composing.attach(mail, [tmp_path])
    assert desk.composing.attach(mail, [tmp_path / "small.txt"]).files[0].type == "text/plain"


def test_people_are_meant_by_the_beginning_of_a_name(desk: Office, tmp_path: Path) -> None:
    desk.clients.found_or_made({"name": "Ada Okafor", "email": "ada@okafor.example"})
    (tmp_path / "s.eml").write_text(
        f"From: {LOGIN}\nTo: Adam Novak <adam@n.example>\nSubject: x\nMessage-ID: <s@x>\n"
        "Date: Mon, 23 Nov 2026 08:00:00 +0000\n\nhi\n"
    )
    (tmp_path / "n.eml").write_text(
        "From: Ads <no-reply@ads.example>\nTo: x@y.example\nSubject: x\nMessage-ID: <n@x>\n"
        "Date: Mon, 23 Nov 2026 08:00:00 +0000\n\nhi\n"
    )
    brought(desk, tmp_path / "s.eml", tmp_path / "n.eml")
    emails = [each.email for each in desk.composing.meant("ad")]
    assert emails == ["ada@okafor.example", "adam@n.example", "ada@x.example"]
    assert [each.email for each in desk.composing.meant("lovelace ad")] == ["ada@x.example"]
    assert [each.email for each in desk.composing.meant("ada@x")] == ["ada@x.example"]
    assert desk.composing.meant("nino") == [], "oneself is not offered"
    assert desk.composing.meant('", <') == []


def test_templates_are_filled_from_records(desk: Office) -> None:
    desk.clients.found_or_made(
        {"name": "Ada Okafor", "email": "ada@okafor.example", "language": "de"}
    )
    desk.composing.keep_template(
        "Hello", "For {first}", "Hi {first},\n{number} is due {due}.\n{me}"
    )
    mine, *shipped = desk.composing.templates("Ada Okafor <ada@okafor.example>")
    assert (mine.name, mine.own, mine.subject) == ("Hello", True, "For Ada")
    assert mine.body == "Hi Ada,\n{number} is due {due}.\nNino Beridze", "no invoice, no words"
    assert shipped[0].name == "Following up"
    assert shipped[0].body.startswith("Hallo Ada,\n\nich möchte kurz")
    assert shipped[0].body.endswith("Viele Grüße\nNino Beridze")
    undo = desk.composing.remove_template("HELLO").undo
    assert not desk.composing.templates()[0].own
    assert undo is not None
    undo()
    assert desk.composing.templates()[0].own
    with pytest.raises(Refused):
        desk.composing.keep_template(" ", "", "x")


def test_a_template_speaks_of_the_newest_invoice(desk: Office) -> None:
    from tests.bills import PROFILE, bill

    desk.profile.update(PROFILE)
    draft = desk.invoices.new(bill()).value
    number = desk.invoices.issue(draft.invoice.id).value.invoice.number
    client = desk.clients.all()[0]
    found = desk.composing.templates(client.email)
    (template,) = [each for each in found if each.name == "Invoice attached"]
    assert number is not None
    assert number in template.subject
    assert number in template.body
    assert "{" not in template.body


def test_every_template_speaks_every_language(desk: Office) -> None:
    from gigdesk.domain.drafts.languages import LANGUAGES

    for language in LANGUAGES:
        shipped = desk.composing._filling.shipped(language, "Ada Okafor")
        assert len({each.body for each in shipped}) == len(shipped) == 4


def test_each_account_signs_in_its_own_way(desk: Office, mail_id: int) -> None:
    account = desk.accounts.all()[0]
    assert desk.composing.signature(account.id) == "Nino Beridze"
    undo = desk.composing.sign(account.id, "Nino\nStudio, Tbilisi").undo
    assert "-- \nNino\nStudio, Tbilisi\n" in desk.composing.answer(mail_id)[0].body
    desk.composing.sign(account.id, "")
    assert "-- " not in desk.composing.new().body
    assert undo is not None
    undo()
    assert desk.composing.signature(account.id) == "Nino Beridze"


def test_a_written_mail_leaves_as_it_was_written(office: Office, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with serving_mail(authority) as post:
        with_account(office, post, authority)
        (tmp_path / "Angebot Ä.pdf").write_bytes(b"%PDF-1.7")
        mail = office.composing.new("Ada <ada@x.example>")
        mail = replace(
            mail, subject="Ein Angebot", body="Hallo Ada,\n\nanbei.\n", bcc="b@y.example"
        )
        mail = office.composing.attach(mail, [tmp_path / "Angebot Ä.pdf"])
        office.composing.send(mail)
        at(office, minutes=1)
        office.sending.send_due()
    (taken,) = post.taken
    assert taken.recipients == ("ada@x.example", "b@y.example")
    read = message_from_bytes(taken.content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert read["Subject"] == "Ein Angebot"
    assert read["Bcc"] is None
    (file,) = read.iter_attachments()
    assert file.get_filename() == "Angebot Ä.pdf"
    assert file.get_payload(decode=True) == b"%PDF-1.7"
    assert office.sending.all()[0].state is OutboxState.SENT
