"""How one writes, read from own mails: forms counted, never what was said."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from gigdesk.domain.drafts.forms import closing_in, formality_of, greeting_in, opening_of
from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.manner import Manner, Trait, Whose, fitting, learned, merged
from gigdesk.domain.drafts.own_words import NOTHING, Own, Signs, own_words, signs_of

ADA = Whose("en", "ada@x.example")
ALL = Whose("en")


def read(text: str, reader: str = "Ada Byron") -> Signs:
    signs = signs_of(Own(text, reader, ("Nino Beridze",)))
    assert signs is not None
    return signs


@pytest.mark.parametrize(
    ("line", "form", "called", "bound"),
    [
        ("Hi Jonas,", "Hi {first},", "Jonas", False),
        ("Hallo Joni!", "Hallo {first}!", "Joni", False),
        ("Lieber Jonas,", "Lieber {first},", "Jonas", True),
        ("Sehr geehrter Herr Brückner,", "Sehr geehrter Herr {last},", "Brückner", True),
        ("Sehr geehrte Damen und Herren,", "Sehr geehrte Damen und Herren,", "", False),
        ("Hola, Jonas:", "Hola, {first}:", "Jonas", False),
        ("Bonjour Madame Petit,", "Bonjour Madame {last},", "Petit", True),
        ("Gentile Dott. Rossi,", "Gentile Dott. {last},", "Rossi", True),
        ("Beste Jonas Brückner,", "Beste {name},", "Jonas Brückner", False),
        ("Guten Tag", "Guten Tag", "", False),
        ("Hi all,", "Hi all,", "", False),
    ],
)
def test_a_greeting_is_a_form_with_a_place_for_the_name(
    line: str, form: str, called: str, bound: bool
) -> None:
    found = greeting_in(line, "Jonas", "Brückner")
    assert found is not None
    assert (found.form, found.called, found.bound) == (form, called, bound)


def test_what_follows_the_greeting_in_its_line_is_not_lost() -> None:
    found = greeting_in("Hi Jonas, the plan is here.", "Jonas", "")
    assert found is not None
    assert (found.form, found.rest) == ("Hi {first},", "the plan is here.")


@pytest.mark.parametrize(
    "line",
    ["The plan is here", "Good question, I will look", "Hello again said the fox to him", ""],
)
def test_other_lines_are_no_greeting(line: str) -> None:
    assert greeting_in(line, "Jonas", "") is None


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ("Viele Grüße", "Viele Grüße"), ("Liebe Grüße aus Tbilissi", "Liebe Grüße"),
        ("Best,", "Best,"), ("LG", "LG"), ("Bien à toi", "Bien à toi"), ("Un saludo", "Un saludo"),
        ("Cordiali saluti,", "Cordiali saluti,"), ("Met vriendelijke groet,",) * 2,
        ("Pozdrawiam", "Pozdrawiam"), ("Um abraço", "Um abraço"), ("See the plan", ""),
        ("Best of all is the second one", ""),
    ],
)  # fmt: skip
def test_a_closing_is_told_in_eight_languages(line: str, closing: str) -> None:
    assert closing_in(line) == closing


@pytest.mark.parametrize(
    ("language", "text", "how"),
    [
        ("de", "ich schicke dir die Datei, wenn du magst", "close"),
        ("de", "ich schicke Ihnen die Datei, wenn Sie mögen", "polite"),
        ("de", "Sie sind fertig. Sie liegen im Ordner.", ""),  # they, not you
        ("fr", "je t'envoie ton fichier", "close"),
        ("fr", "je vous envoie votre fichier", "polite"),
        ("es", "te envío tu archivo", "close"),
        ("es", "le envío a usted el archivo", "polite"),
        ("it", "ti mando il tuo file", "close"),
        ("it", "volentieri, La ringrazio e Le invio il file", "polite"),
        ("nl", "ik stuur je jouw bestand", "close"),
        ("nl", "ik stuur u uw bestand", "polite"),
        ("pl", "wyślę ci twój plik", "close"),
        ("pl", "wyślę Panu plik, czy ma Pan czas", "polite"),
        ("en", "I send you your file", ""),
    ],
)
def test_the_form_of_address_is_counted(language: str, text: str, how: str) -> None:
    assert formality_of(text, language) == how


def test_quotes_signature_and_telephone_are_nobody_s_manner() -> None:
    text = (
        "Hi Ada,\n\nhere it is.\n\nCheers\nNino\n\nSent from my iPhone\n-- \nNino Beridze\nDesign\n\n"
        "On Mon, 2 Mar 2026 at 10:00, Ada <ada@x.example> wrote:\n> Dear Nino,\n> no!!! no!!!\n"
    )
    assert own_words(text) == "Hi Ada,\n\nhere it is.\n\nCheers\nNino"
    signs = read(text)
    assert (signs.closing, signs.signing, signs.words) == ("Cheers", "{my_first}", 3)
    assert signs.exclamations == 0


def test_answered_below_the_quote_the_own_words_are_read() -> None:
    assert own_words("> Which day?\n\nMonday suits me.\n") == "Monday suits me."


@pytest.mark.parametrize("text", ["", "\n\n", "> only\n> a quote\n", "🎉"])
def test_a_mail_without_own_words_teaches_nothing(text: str) -> None:
    assert signs_of(Own(text)) is None


@pytest.mark.parametrize(
    ("below", "signing"),
    [
        ("Nino", "{my_first}"), ("Nino Beridze", "{my_name}"), ("NB", "{my_initials}"),
        ("N.", "N."), ("Ni", "Ni"), ("Ada", NOTHING), ("+49 30 1234", NOTHING),
    ],
)  # fmt: skip
def test_only_one_s_own_name_is_a_signature(below: str, signing: str) -> None:
    assert read(f"Hi Ada,\n\nhere it is.\n\nBest\n{below}").signing == signing


@pytest.mark.parametrize(
    ("end", "closing", "signing", "words"),
    [
        ("Best\nNino", "Best", "{my_first}", 3),
        ("Best, Nino", "Best, {my_first}", NOTHING, 3),
        ("Best\n\nNino Beridze\nDesign", "Best", "{my_name}", 3),
        ("Nino", NOTHING, "{my_first}", 3),
        ("until we meet at the Zebra\nNino", "", "{my_first}", 3),  # it closes, and is no form
        ("and so on and on.", NOTHING, NOTHING, 8),
    ],
)
def test_an_end_is_told_from_what_is_said(end: str, closing: str, signing: str, words: int) -> None:
    signs = read(f"Hi Ada,\n\nhere it is.\n\n{end}")
    assert (signs.closing, signs.signing, signs.words) == (closing, signing, words)


def test_an_opening_is_kept_when_it_is_small_talk_and_nothing_else() -> None:
    assert opening_of("vielen Dank für deine Nachricht!") == "vielen Dank für deine Nachricht!"
    assert opening_of("Thanks for your quick reply.") == "Thanks for your quick reply."
    assert opening_of("Thanks for your cheque over 900 €.") == ""
    assert opening_of("Thanks for the mail about Bernd.") == ""


SECRETS = (
    "Hi Ada,\n\nthanks for the Zebrafish offer over 4,711.00 €, Quentin! The IBAN is"
    " DE02120300000000202051, see https://zebra.example/plan and call +49 30 55512 on 3 March 2026.\n"
    "Xanthippe from Zebrafish GmbH says no.\n\nBest wishes from Zebrafish\nNino"
)


def test_nothing_that_was_said_stands_in_what_is_kept() -> None:
    kept = signs_of(Own(SECRETS, "Ada Byron", ("Nino Beridze",)))
    assert kept is not None
    said = str({**asdict(kept), "called": "", "first": ""}).casefold()
    for word in ("zebra", "4,711", "quentin", "de02", "555", "xanthippe", "march", "ada"):
        assert word not in said


def test_what_is_learned_of_all_holds_no_name_at_all() -> None:
    mails = [(at, read(SECRETS.replace("Ada", name), f"{name} Byron"))
             for at, name in enumerate(["Ada", "Bob", "Cleo", "Dora", "Emil", "Fred"])]  # fmt: skip
    manner = learned(ALL, mails)
    assert manner.names == {}
    assert manner.greeted == frozenset()
    assert manner.examples == ()
    assert manner.value("greeting") == "Hi {first},"


def signs(**more: object) -> Signs:
    usual = Signs("en", "Hi {first},", called="Ada", first="Ada", closing="Best",
                  signing="{my_first}", words=20, sentences=2)  # fmt: skip
    return replace(usual, **more)  # type: ignore[arg-type]


def test_too_few_mails_say_nothing() -> None:
    two = [(2, signs()), (1, signs())]
    assert learned(ADA, two) == Manner(ADA, 2)
    assert learned(ADA, [*two, (0, signs())]).value("greeting") == "Hi {first},"
    four = [(at, signs()) for at in range(4)]
    assert learned(ALL, four).traits == {}
    assert learned(ALL, [*four, (9, signs())]).value("closing") == "Best"


def test_the_newest_weigh_more_and_every_count_has_its_mails() -> None:
    old = [(at, signs(greeting="Dear {first},")) for at in range(30, 0, -1)]
    new = [(at, signs()) for at in range(52, 40, -1)]
    trait = learned(ADA, [*new, *old]).traits["greeting"]
    assert trait == Trait("Hi {first},", 12, 42, (52, 51, 50))


def test_one_mail_is_no_habit_and_what_is_left_out_is_one() -> None:
    mails = [
        (3, signs(closing=NOTHING)),
        (2, signs(closing=NOTHING)),
        (1, signs(opening="Thanks.")),
    ]
    manner = learned(ADA, mails)
    assert manner.value("closing") == NOTHING
    assert "opening" not in manner.traits
    half = [(at, signs(closing=NOTHING if at % 2 else "Best")) for at in range(10, 0, -1)]
    assert learned(ADA, half).value("closing") == "Best"


def test_length_is_the_middle_and_marks_are_told_by_how_often() -> None:
    words = [12, 14, 16, 400, 15]
    mails = [(at, signs(words=each, exclamations=at % 2)) for at, each in enumerate(words)]
    manner = learned(ADA, mails)
    assert manner.value("length") == "15"
    assert manner.value("exclamations") == "rarely"
    assert manner.value("emoji") == "never"


def test_a_form_for_one_person_is_no_form_for_all() -> None:
    mails = [(at, signs(greeting="Lieber {first},", bound=True)) for at in range(6)]
    assert learned(ADA, mails).value("greeting") == "Lieber {first},"
    assert "greeting" not in learned(ALL, mails).traits


def test_strangers_are_told_du_only_by_who_tells_it_to_all() -> None:
    close = [(at, signs(formality="close")) for at in range(4)]
    assert "formality" not in learned(ALL, [*close, (8, signs(formality="polite")),
                                            (9, signs(formality="polite"))]).traits  # fmt: skip
    assert learned(ALL, [*close, (9, signs(formality="close"))]).value("formality") == "close"


def test_the_person_s_word_counts_first_then_the_client_s_mails_then_all() -> None:
    client = Manner(ADA, 4, {"greeting": Trait("Hi {first},", 3, 4)})
    everybody = Manner(ALL, 9, {"greeting": Trait("Hello,", 9, 9), "closing": Trait("Best", 8, 9)})
    found = merged(client, everybody, {"signing": "N."}, {"closing": "Cheers", "greeting": "Yo"})
    assert found.value("greeting") == "Hi {first},"
    assert found.traits["signing"] == Trait("N.", 0, 0, (), chosen=True)
    assert found.traits["closing"] == Trait("Cheers", 0, 9, (), chosen=True, general=True)
    assert merged(client, everybody, {"greeting": "Hi {first},"}, {}).traits["greeting"].count == 3


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("length", " 40 ", "40"), ("length", "short", ""), ("length", "0", ""),
        ("formality", "polite", "polite"), ("formality", "rude", ""), ("emoji", "never", "never"),
        ("greeting", "Hi\nAda,", "Hi Ada,"), ("closing", "x" * 200, "x" * 80),
    ],
)  # fmt: skip
def test_what_the_person_says_is_kept_when_it_fits(name: str, said: str, kept: str) -> None:
    assert fitting(name, said) == kept  # type: ignore[arg-type]


def test_the_same_mails_give_the_same_manner() -> None:
    mails = [(at, signs(greeting=form)) for at, form in enumerate(["Hi,", "Hey,"] * 4)]
    assert all(learned(ADA, mails) == learned(ADA, mails) for _ in range(3))
    assert learned(ADA, mails).value("greeting") == "Hi,"  # the newest of two that weigh alike


def test_every_language_has_its_forms() -> None:
    greetings = ["Hi,", "Hallo,", "Bonjour,", "Hola,", "Ciao,", "Olá,", "Hoi,", "Cześć,"]
    assert len(LANGUAGES) == len(greetings)
    assert all(greeting_in(each, "", "") for each in greetings)
