"""The forms letters are made of, in eight languages: greetings, closings, thanks, ways to say you.

All lists are closed: what is read from a mail by them is a form, and never a word about somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words a greeting begins with.
_GREETINGS = (
    r"hi there|hello there|hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|morning|"
    r"greetings|"
    r"hallo (?:liebe[rs]?)|hallo|hey|moin(?: moin)?|servus|grüezi|grüß (?:gott|dich|sie)|"
    r"guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|werte[rs]?|"
    r"bonjour|bonsoir|salut|coucou|chère?s?|"
    r"hola|buenos días|buenas(?: tardes| noches)?|estimad[oa]s?|querid[oa]s?|"
    r"buongiorno|buonasera|ciao|salve|gentil(?:e|i|issim[oa])|egregi[oa]|car[oaie]|carissim[oa]|"
    r"olá|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|"
    r"goede(?:morgen|middag|navond)|goedendag|dag|beste|geachte|lieve|hoi|"
    r"dzień dobry|cześć|hej|witam|witaj|szanown[aeiy]|drog[aei]"
)
# Such a word is chosen for one person; nobody else is greeted so unseen.
_BOUND = re.compile(
    r"(?:hallo )?liebe[rs]?|sehr geehrte[rs]?|werte[rs]?|chère?s?|estimad[oa]s?|querid[oa]s?|"
    r"egregi[oa]|gentilissim[oa]|car[oaie]|carissim[oa]|prezad[oa]s?|szanown[aeiy]|drog[aei]|lieve",
    re.IGNORECASE,
)
_TITLES = (
    r"herrn?|frau|dr|prof|mr|mrs|ms|mme|monsieur|madame|señora?|sra?|signora?|sig\.ra|sig|"
    r"dott\.ssa|dott|senhora?|(?:de )?heer|mevrouw|mevr|dhr|pan[ie]*|don|doña|m"
)
_GROUPS = (
    r"all|everyone|everybody|both|folks|team|again|zusammen|alle|allerseits|beide|ihr (?:lieben|beiden)|"
    r"nochmals?|damen und herren|sir or madam|(?:à )?(?:tous|toutes)|madame, monsieur|(?:a )?todos|"
    r"(?:a )?tutti|equipo|équipe|squadra|allemaal|heer/mevrouw|wszystkim|państwo"
)
_NAME = r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+)*\.?"
_GREETING = re.compile(
    rf"(?P<word>{_GREETINGS})(?P<title>(?:[ ,]+(?:{_TITLES})\.?(?![^\W\d_]))*)"
    rf"(?:(?P<gap>,?[ ]+)(?:(?P<group>{_GROUPS})|(?P<name>{_NAME}(?: {_NAME}){{0,2}})))?"
    r"[ ]?(?P<mark>[,!:.…–-]{0,2})",
    re.IGNORECASE,
)
_CLOSINGS = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many)(?:est)? (?:regards|wishes|thanks)|regards|best|cheers|"
    r"thanks(?: again| a lot| so much)?|thank you|many thanks|sincerely|yours(?: sincerely| truly)?|"
    r"all the best|talk soon|take care|warmly|"
    r"(?:mit )?(?:ganz )?(?:viele|vielen|liebe|lieben|beste|besten|herzliche|herzlichen|freundliche|"
    r"freundlichen|schöne|sonnige) (?:grüße?n?|grüsse?n?|gruß)|(?:mit )?freundlichem gruß|"
    r"(?:lieben |besten |herzlichen |schönen )?gruß|grüße|lg|vg|mfg|bg|hg|danke(?: dir| ihnen)?(?: und|,) "
    r"(?:viele|liebe|beste) grüße|bis (?:dann|bald|später|morgen)|(?:vielen |besten |lieben )?dank|"
    r"danke|ciao|alles liebe|hochachtungsvoll|"
    r"(?:bien )?cordialement|(?:très )?bien à (?:vous|toi)|salutations(?: distinguées)?|amicalement|"
    r"à bientôt|bonne (?:journée|soirée)|belle journée|bises?|merci(?: d'avance)?|"
    r"(?:un )?(?:saludos?|abrazo)(?: cordiale?s?)?|(?:un )?cordial saludo|saludos(?: cordiales)?|"
    r"atentamente|gracias|hasta pronto|un fuerte abrazo|"
    r"(?:cordiali |distinti |cari |tanti )?saluti|un (?:caro )?saluto|con i più cari saluti|"
    r"a presto|grazie(?: mille)?|buona giornata|un abbraccio|"
    r"(?:com os )?(?:melhores )?cumprimentos|(?:um )?(?:grande )?abraço|atenciosamente|até (?:breve|já)|"
    r"obrigad[oa]|"
    r"(?:met )?(?:vriendelijke|hartelijke|beste)? ?groet(?:en|jes)?|hoogachtend|bedankt|tot snel|"
    r"(?:z |serdeczne )?pozdrowieni(?:ami|a)|(?:serdecznie )?pozdrawiam|z poważaniem|dzięki|dziękuję)"
    r"[ ]?(?P<mark>[,!.]?)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?i)(.+?) (?:aus|from|de|depuis|desde|da|uit|z) [^\W\d_][\w -]{1,30}")

# What an opening sentence may consist of; with any other word in it, it is about something.
_OPENING = frozenset(
    "thank thanks you so much very many for your the quick kind nice fast message mail email e-mail"
    " reply note answer update i hope are well doing this finds it is good great to hear from"
    " vielen lieben herzlichen besten dank danke dir ihnen euch für die deine ihre eure das den dein"
    " ihr schnelle rasche nette liebe antwort nachricht mail rückmeldung info infos ich hoffe es geht"
    " gut schön von zu hören sehr nochmal"
    " merci beaucoup bien pour votre ton ta votre réponse message rapide retour mail un grand j'espère"
    " que vous tu allez vas"
    " gracias muchas por su tu mensaje respuesta rápida correo espero que estés esté todo bien"
    " grazie mille molte per il tuo suo la tua sua risposta messaggio mail spero che tutto bene stia"
    " obrigado obrigada muito pela sua tua mensagem resposta rápida espero que esteja tudo bem"
    " bedankt dank je u wel voor uw jouw het bericht snelle antwoord reactie hopelijk gaat goed met"
    " dziękuję dzięki bardzo za wiadomość szybką odpowiedź mail".split()
)
OPENING_MOST = 10

_CLOSE = {
    "de": r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b",
    "fr": r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt['’]",
    "es": r"\b(?:tú|te|ti|tu|tus|contigo|puedes|tienes|quieres|dime|avísame|estás)\b",
    "it": r"\b(?:tu|ti|te|tuo|tua|tuoi|tue|puoi|potresti|hai|fammi|dimmi)\b",
    "pt": r"\b(?:tu|te|ti|teu|tua|teus|tuas|podes|tens|queres|diz-me)\b",
    "nl": r"\b(?:je|jij|jou|jouw|jullie)\b",
    "pl": r"\b(?:ty|cię|ciebie|tobie|ci|twój|twoja|twoje|twoją|możesz|masz|daj)\b",
}
_POLITE = {
    "fr": r"(?i)\b(?:vous|votre|vos)\b",
    "es": r"(?i)\b(?:ustede?s?|ud|uds|le|dígame|avíseme|puede|podría|tiene)\b",
    "it": r"(?i)\b(?:può|potrebbe|la ringrazio|le (?:invio|mando|scrivo))\b|(?<=[a-zàèìòù,] )"
    r"(?:Lei|Le|La|Suo|Sua|Suoi|Sue)\b",
    "pt": r"(?i)\b(?:você|vocês|o senhor|a senhora|pode|poderia|tem|seu|sua)\b",
    "nl": r"(?i)\b(?:u|uw)\b",
    "pl": r"\b(?:Pana|Panu|Panem|Pani|Panią|Pan|Państw\w+)\b|(?i:\bproszę\b)",
    # At the beginning of a sentence it may be “they”.
    "de": r"(?<=[\w,–] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b",
}
_CLOSE_FORMS = {code: re.compile(words, re.IGNORECASE) for code, words in _CLOSE.items()}
_POLITE_FORMS = {code: re.compile(words) for code, words in _POLITE.items()}


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting as a form: `Hallo {first},`. `called` is the name it had; `rest` what followed it in
    the same line; `bound` when it fits one person alone."""

    form: str
    called: str = ""
    bound: bool = False
    rest: str = ""


def greeting_in(line: str, first: str, last: str) -> Greeting | None:
    """The greeting a line begins with, its name taken out; None when it begins with none. `first` and
    `last` are what the greeted one is called."""
    flat = " ".join(line.split())
    found = _GREETING.fullmatch(flat)
    rest = ""
    if found is None:
        found = next((each for each in _beginnings(flat)), None)
        rest = flat[found.end() :].strip() if found else ""
    if found is None or (rest and not found["mark"]):
        return None
    name = found["name"] or ""
    if name and not name[0].isupper():
        return None
    title = found["title"]
    bound = bool(name) and (bool(title) or _BOUND.fullmatch(found["word"]) is not None)
    between = f"{found['gap']}{found['group'] or _slot(name, title, first, last)}"
    form = f"{found['word']}{title}{between if found['gap'] else ''}{found['mark']}"
    return Greeting(form, name, bound, rest)


def _beginnings(line: str) -> list[re.Match[str]]:
    """A greeting with more behind it in the same line ends at the first mark."""
    stops = [each.end() for each in re.finditer(r"[,!:–](?= )", line[:70])]
    return [found for stop in stops if (found := _GREETING.fullmatch(line[:stop]))][-1:]


def _slot(name: str, title: str, first: str, last: str) -> str:
    if " " in name:
        return "{name}"
    same = name.casefold()
    if title or (same == last.casefold() and same != first.casefold()):
        return "{last}"
    return "{first}"


def closing_in(line: str) -> str:
    """The closing a line is, without the place it may name; empty when it is none."""
    flat = " ".join(line.split())
    found = _CLOSINGS.fullmatch(flat)
    if found is None and (tail := _TAIL.fullmatch(flat.rstrip(",.!"))):
        found = _CLOSINGS.fullmatch(tail[1])
    return found[0] if found else ""


def opening_of(sentence: str) -> str:
    """The sentence when it is a mere form, such as thanks for a mail; empty when it says more."""
    words = sentence.rstrip(".!,– ").split()
    plain = [word.strip(",;:").casefold() for word in words]
    fits = 2 <= len(plain) <= OPENING_MOST and all(word in _OPENING for word in plain)
    return sentence.strip() if fits else ""


def formality_of(text: str, language: str) -> str:
    """`close` for du, tu, tú; `polite` for Sie, vous, usted; empty where neither prevails."""
    if language not in _CLOSE_FORMS:
        return ""
    close = len(_CLOSE_FORMS[language].findall(text))
    polite = len(_POLITE_FORMS[language].findall(text))
    if close == polite:
        return ""
    return "close" if close > polite else "polite"
