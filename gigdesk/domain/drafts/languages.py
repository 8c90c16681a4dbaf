"""The language of a mail, told by its small words; and the languages answers can be written in."""

from __future__ import annotations

import re
from collections.abc import Callable

from gigdesk.domain.words import t

# Code -> how the language is called in English, for the model.
LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "pl": "Polish",
}  # fmt: skip

NAMES: dict[str, Callable[[], str]] = {
    "en": lambda: t("English"), "de": lambda: t("German"), "fr": lambda: t("French"),
    "es": lambda: t("Spanish"), "it": lambda: t("Italian"), "pt": lambda: t("Portuguese"),
    "nl": lambda: t("Dutch"), "pl": lambda: t("Polish"),
}  # fmt: skip

_WORDS = {
    "en": "the and you your is are was we will with for this that have has from our would could"
    " please thanks thank hello hi dear best regards when what which about can do it on of to not"
    " if be an any let know",
    "de": "der die das und ich sie ihr ihre ihren wir ist sind nicht mit für auf von zu zum zur"
    " ein eine einen dem den bitte danke vielen hallo guten tag liebe grüße gruß können könnten"
    " noch auch wann was wie über uns mir haben hat wird gerne als bei im rechnung",
    "fr": "le la les et vous votre vos nous est sont pas avec pour sur une des du je merci bonjour"
    " cordialement pouvez pourriez que qui quand cette ce ne au aux mais plus bien très dans sera"
    " facture été avons",
    "es": "el los las y usted ustedes su sus nosotros es son no con para por una del al gracias hola"
    " saludos puede podría que cuándo cuando esta este pero más muy buenos días estimado factura"
    " hemos lo se nos cómo",
    "it": "il lo gli e lei suo sua noi è sono non con per una del della dei che grazie ciao salve"
    " buongiorno saluti può potrebbe quando questa questo ma più molto di nel fattura abbiamo"
    " cordiali come anche vorrei",
    "pt": "o os as e você vocês seu sua nós é são não com para por uma do da dos das que obrigado"
    " obrigada olá cumprimentos pode poderia quando esta este mas mais muito bom dia fatura temos"
    " em no na ao isso bem gostaria",
    "nl": "de het een en u uw je jij wij we is zijn niet met voor op van naar te bedankt dank hallo"
    " groet groeten kunt kunnen wanneer wat die dat maar ook nog bij om graag factuur hebben heeft"
    " zou deze vriendelijke beste",
    "pl": "i w z na do nie się jest są że to jak czy za od po dla proszę dziękuję dzień dobry cześć"
    " pozdrawiam pozdrowienia kiedy czym ale bardzo już może można fakturę faktura państwa pana"
    " mam mamy oraz będzie tym o",
}
_LETTERS = {
    "de": "ßäö", "fr": "œêèùû", "es": "ñ¿¡", "pt": "ãõ", "pl": "łąęśżźń", "it": "ìò",
}  # fmt: skip
_SETS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_SHARED = {
    word: sum(word in known for known in _SETS.values())
    for known in _SETS.values()
    for word in known
}
_WORD = re.compile(r"[^\W\d_]+")
_READ_MOST = 4000
# What the client's own language counts for, so that three words decide nothing against it.
_HINT = 1.5


def language_of(text: str, hint: str = "") -> str:
    """The code of the language this is written in; the hint where the text says too little."""
    hint = hint.lower()[:2]
    score = dict.fromkeys(LANGUAGES, 0.0)
    low = text[:_READ_MOST].lower()
    for word in _WORD.findall(low):
        for code, known in _SETS.items():
            if word in known:
                score[code] += 1 / _SHARED[word]
    for code, letters in _LETTERS.items():
        score[code] += min(2.0, 0.5 * sum(low.count(letter) for letter in letters))
    if hint in score:
        score[hint] += _HINT
    best = max(score, key=lambda code: score[code])
    return best if score[best] >= 1 else (hint if hint in score else "en")


def is_small(word: str) -> bool:
    """Whether a word, in small letters, is one of the small words a language is told by."""
    return word in _SHARED
