"""The words of the automatic first answer, in the language of whoever wrote."""

from __future__ import annotations

from datetime import time

# Each says: thank you; when the person reads mail; that a program wrote this, once.
_WORDS = {
    "en": "Hello,\n\nthank you for your message. I read my mail once a day, at about {time}"
    " ({zone}), and will answer you then.\n\n{name}\n\n"
    "This answer was written automatically; you get it only once.",
    "de": "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Ich lese meine E-Mails einmal am Tag, gegen"
    " {time} Uhr ({zone}), und antworte Ihnen dann.\n\n{name}\n\n"
    "Diese Antwort wurde automatisch geschrieben; Sie erhalten sie nur einmal.",
    "fr": "Bonjour,\n\nmerci pour votre message. Je lis mon courrier une fois par jour, vers {time}"
    " ({zone}), et je vous répondrai à ce moment-là.\n\n{name}\n\n"
    "Cette réponse est automatique ; vous ne la recevrez qu’une fois.",
    "es": "Hola:\n\nGracias por su mensaje. Leo el correo una vez al día, hacia las {time} ({zone}),"
    " y le responderé entonces.\n\n{name}\n\n"
    "Esta respuesta es automática; solo la recibirá una vez.",
    "it": "Buongiorno,\n\ngrazie per il suo messaggio. Leggo la posta una volta al giorno, verso le"
    " {time} ({zone}), e le risponderò allora.\n\n{name}\n\n"
    "Questa risposta è automatica; la riceverà una volta sola.",
    "pt": "Olá,\n\nobrigado pela sua mensagem. Leio o correio uma vez por dia, por volta das {time}"
    " ({zone}), e responderei nessa altura.\n\n{name}\n\n"
    "Esta resposta é automática; só a receberá uma vez.",
    "nl": "Goedendag,\n\nbedankt voor uw bericht. Ik lees mijn mail één keer per dag, rond {time}"
    " ({zone}), en antwoord u dan.\n\n{name}\n\n"
    "Dit antwoord is automatisch geschreven; u krijgt het maar één keer.",
    "pl": "Dzień dobry,\n\ndziękuję za wiadomość. Czytam pocztę raz dziennie, około {time} ({zone}),"
    " i wtedy odpowiem.\n\n{name}\n\n"
    "Ta odpowiedź została napisana automatycznie; otrzymają ją Państwo tylko raz.",
}
LANGUAGES = frozenset(_WORDS)


def first_answer(language: str, at: time, zone: str, name: str, own: str = "") -> str:
    """The answer. `own` is the person's sentence instead of ours; that a program wrote it is said in
    any case. A language without words gets English."""
    words = _WORDS.get(language, _WORDS["en"])
    if own:
        greeting, _, _ = words.partition("\n\n")
        ending = words.rpartition("\n\n")[2]
        return f"{greeting}\n\n{own}\n\n{name}\n\n{ending}"
    return words.format(time=f"{at:%H:%M}", zone=zone.replace("_", " "), name=name)
