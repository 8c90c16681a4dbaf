"""How an answer to an invitation reads, in the language of the mail; when it is, by both clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.events import Attendee, Event, Moment
from gigdesk.domain.calendar.invitations import ANSWERS, Invitation, Method
from gigdesk.domain.calendar.places import city_of
from gigdesk.domain.civil import known_zones
from gigdesk.domain.words import date_text, t

# Accepted, tentative, declined, another time: what stands before the title.
_HEADS = {
    "en": ("Accepted", "Tentative", "Declined", "New time proposed"),
    "de": ("Zugesagt", "Mit Vorbehalt", "Abgesagt", "Neue Zeit vorgeschlagen"),
    "fr": ("Accepté", "Provisoire", "Refusé", "Nouvel horaire proposé"),
    "es": ("Aceptado", "Provisional", "Rechazado", "Nueva hora propuesta"),
    "it": ("Accettato", "Provvisorio", "Rifiutato", "Nuovo orario proposto"),
    "pt": ("Aceite", "Provisório", "Recusado", "Nova hora proposta"),
    "nl": ("Geaccepteerd", "Voorlopig", "Afgewezen", "Nieuwe tijd voorgesteld"),
    "pl": ("Zaakceptowano", "Wstępnie", "Odrzucono", "Zaproponowano nowy termin"),
}
# The same as a sentence.
_SAYS = {
    "en": ("I will be there.", "I may be able to come, and will confirm.", "I cannot make it.",
           "Would this time work instead?"),
    "de": ("Ich bin dabei.", "Ich bin voraussichtlich dabei und bestätige es noch.",
           "Ich kann leider nicht.", "Passt stattdessen dieser Termin?"),
    "fr": ("Je serai là.", "Je serai peut-être là, je vous le confirmerai.",
           "Je ne peux pas venir.", "Cet horaire conviendrait-il à la place ?"),
    "es": ("Allí estaré.", "Es posible que vaya; lo confirmaré.", "No puedo asistir.",
           "¿Vendría bien esta hora en su lugar?"),
    "it": ("Ci sarò.", "Forse ci sarò, confermerò.", "Non posso partecipare.",
           "Andrebbe bene quest'altro orario?"),
    "pt": ("Lá estarei.", "Talvez possa ir; confirmarei.", "Não posso ir.",
           "Esta hora serviria em alternativa?"),
    "nl": ("Ik ben erbij.", "Ik ben er misschien bij en bevestig dat nog.", "Ik kan niet.",
           "Komt deze tijd ook uit?"),
    "pl": ("Będę.", "Może będę, jeszcze potwierdzę.", "Nie mogę być.",
           "Czy ten termin by odpowiadał?"),
}  # fmt: skip
_AT = ("ACCEPTED", "TENTATIVE", "DECLINED", "COUNTER")


def subject_of(said: str, title: str, language: str) -> str:
    """`Accepted: Weekly call`; `said` is a PARTSTAT or COUNTER."""
    return f"{_HEADS.get(language, _HEADS['en'])[_AT.index(said)]}: {title}"


def body_of(said: str, title: str, when: str, me: str, language: str) -> str:
    """The whole answer: what it is about, when, and the sentence."""
    sentence = _SAYS.get(language, _SAYS["en"])[_AT.index(said)]
    return "\n".join([f"{title}", when, "", sentence, "", me]).strip()


def when_words(
    start: Moment, end: Moment, zone: ZoneInfo, language: str = "", *, all_day: bool = False
) -> str:
    """`Thu 3 December 2026, 10:00–11:00 (Berlin)` by the clocks of a zone."""
    where = "en_GB" if language == "en" else language or None
    if all_day:
        first, last = start.civil.date(), (end.civil - timedelta(days=1)).date()
        said = date_text(first, where, "EEE d MMMM y")
        return said if last <= first else f"{said} – {date_text(last, where, 'EEE d MMMM y')}"
    return between_words(start.here(zone), end.here(zone), zone, where)


def between_words(start: datetime, end: datetime, zone: ZoneInfo, where: str | None) -> str:
    """The same for two instants."""
    where = "en_GB" if where == "en" else where  # plain English puts the month before the day
    here, there = start.astimezone(zone), end.astimezone(zone)
    day = date_text(here.date(), where, "EEE d MMMM y")
    other = "" if there.date() == here.date() else date_text(there.date(), where, "d MMM") + " "
    return f"{day}, {here:%H:%M}–{other}{there:%H:%M} ({city_of(zone.key)})"


def their_zone(event: Event, own: ZoneInfo) -> ZoneInfo | None:
    """The event's own zone, where its clocks show something else then."""
    if event.all_day or event.start is None or event.zone not in known_zones():
        return None
    zone = ZoneInfo(event.zone)
    same = event.start.here(zone).utcoffset() == event.start.here(own).utcoffset()
    return None if same or zone.key == "UTC" else zone


def floats(event: Event) -> str:
    """What is to be said of an event that names no zone."""
    loose = event.start is not None and event.start.offset is None and not event.all_day
    return t("It names no zone: the hour is taken as yours.") if loose else ""


def title_of(said: str, method: str, title: str) -> str:
    """What a proposal is called, verb first."""
    if method == "REQUEST":
        return t("Move: {title}", title=title)
    return {
        "ACCEPTED": t("Accept: {title}", title=title),
        "TENTATIVE": t("Accept for now: {title}", title=title),
        "DECLINED": t("Decline: {title}", title=title),
        "COUNTER": t("Ask for another time: {title}", title=title),
    }[said]


def noted_words(invitation: Invitation) -> str:
    """What is noted when somebody answered."""
    person = next(iter(invitation.people), Attendee(""))
    say = ANSWERS.get(person.answer)
    who = person.name or person.email
    said = say(who) if say else t("{who} has not decided", who=who)
    return t("Note: {words}", words=said)


def why_words(invitation: Invitation, sender: str) -> str:
    """Why it is proposed."""
    organizer = invitation.organizer
    who = organizer.name or organizer.email or sender
    return {
        Method.REQUEST: t("{who} invites you.", who=who),
        Method.CANCEL: t("{who} called it off.", who=who),
        Method.REPLY: t("{who} answered your invitation.", who=sender),
        Method.COUNTER: t("{who} asks for another time.", who=sender),
        Method.PUBLISH: t("{who} sent it.", who=who),
    }[invitation.method]
