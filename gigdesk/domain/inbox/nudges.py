"""A friendly question when nobody answered, in eight languages; always a proposal, never sent alone."""

from __future__ import annotations

_WORDS = {
    "en": "Hello{name},\n\nI wanted to ask whether you have had time to look at my mail of {day}."
    " A short answer is enough.\n\nBest regards\n{me}",
    "de": "Guten Tag{name},\n\nich wollte fragen, ob Sie schon Zeit hatten, sich meine Nachricht vom"
    " {day} anzusehen. Eine kurze Antwort genügt.\n\nViele Grüße\n{me}",
    "fr": "Bonjour{name},\n\nje voulais savoir si vous aviez eu le temps de lire mon message du {day}."
    " Une réponse brève suffit.\n\nCordialement\n{me}",
    "es": "Hola{name}:\n\nQuería preguntar si ha podido ver mi mensaje del {day}."
    " Una respuesta breve es suficiente.\n\nUn saludo\n{me}",
    "it": "Buongiorno{name},\n\nvolevo chiedere se ha avuto modo di leggere il mio messaggio del {day}."
    " Basta una breve risposta.\n\nCordiali saluti\n{me}",
    "pt": "Olá{name},\n\ngostaria de saber se já teve tempo de ver a minha mensagem de {day}."
    " Uma resposta breve é suficiente.\n\nCumprimentos\n{me}",
    "nl": "Goedendag{name},\n\nik wilde vragen of u al tijd had om naar mijn mail van {day} te kijken."
    " Een kort antwoord is genoeg.\n\nMet vriendelijke groet\n{me}",
    "pl": "Dzień dobry{name},\n\nchciałem zapytać, czy udało się już przeczytać moją wiadomość z dnia"
    " {day}. Wystarczy krótka odpowiedź.\n\nPozdrawiam\n{me}",
}


def nudge(language: str, name: str, day: str, me: str) -> str:
    """The question. `day` is the day of the unanswered mail, written in that language."""
    words = _WORDS.get(language, _WORDS["en"])
    return words.format(name=f" {name}" if name else "", day=day, me=me)
