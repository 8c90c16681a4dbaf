"""The press: prints documents with Typst, one at a time, from our own template and fonts."""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Callable
from typing import Any

from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.records import Paper, Rendered
from gigdesk.domain.places import resources
from gigdesk.domain.words import t
from gigdesk.gateways.documents.einvoice import check, to_xml
from gigdesk.gateways.documents.face import Face
from gigdesk.gateways.documents.metadata import with_facturx

STANDARDS = ["a-3a", "ua-1"]
FONT_FOLDERS = ("inter", "noto-sans")
STAND_IN = "?"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_MOST_TURNS = 20
_LATIN_END = "\u024f"


class Press:
    """Prints documents. Safe to call from any thread; one document is printed at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compilers: dict[bool, Any] = {}  # by whether the system's fonts are with it

    def render(self, paper: Paper) -> Rendered:
        """Print an issued document, the e-invoice inside. Same document and fonts, same bytes.

        A letter no font has never stops it: the PDF shows a stand-in and a warning names it; the
        e-invoice keeps the letter.
        """
        xml = to_xml(paper)
        wrong = check(xml)
        if wrong:
            raise AssertionError(f"the e-invoice contradicts itself: {wrong}")
        pdf, lost = self._print(Face(paper).data(), xml.decode())
        return Rendered(with_facturx(pdf), xml, _warnings(lost))

    def preview(self, paper: Paper) -> Rendered:
        """Print a draft: the same page, which says that it is a draft; no e-invoice inside."""
        pdf, lost = self._print(Face(paper).data(), "")
        return Rendered(pdf, b"", _warnings(lost))

    def check(self, xml: bytes) -> list[str]:
        """What is wrong with an e-invoice; nothing when it is valid."""
        return check(xml)

    def _print(self, data: dict[str, Any], xml: str) -> tuple[bytes, list[str]]:
        """With our own fonts; with the system's beside them where those lack a letter."""
        face, lost, wide = printable(data), "", False
        for turn in range(_MOST_TURNS):
            try:
                return self._compile({**face, "xml": xml}, wide=wide), sorted(set(lost))
            except _Missing as missing:
                if turn == 0:
                    wide = True
                    continue
                letters = missing.letters if turn < _MOST_TURNS - 2 else _beyond_latin(face)
                lost += letters
                face = _without(face, letters)
            except _Unfit:
                wide = False
        raise AssertionError("the template itself has letters no font has")

    def _compile(self, data: dict[str, Any], *, wide: bool) -> bytes:
        import typst

        with self._lock:
            if wide not in self._compilers:
                self._compilers[wide] = _compiler(wide=wide)
            try:
                pdf, warnings = self._compilers[wide].compile_with_warnings(
                    sys_inputs={"invoice": json.dumps(data)}, format="pdf", pdf_standards=STANDARDS
                )
            except typst.TypstError as error:
                letters = _missing_letters(f"{error.message} {error.diagnostic}")
                if letters:
                    raise _Missing(letters) from None
                if wide:
                    raise _Unfit from error
                raise
        # What a strange font of the system is warned of is none of our template's doing.
        if warnings and not wide:
            raise AssertionError(f"the template warns: {[each.message for each in warnings]}")
        return bytes(pdf)


def _compiler(*, wide: bool) -> Any:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=wide,
        include_embedded_fonts=False,
        font_paths=[str(resources() / "vendor" / name) for name in FONT_FOLDERS],
    )
    folder = resources() / "invoice"
    try:
        return typst.Compiler(input=str(folder / "invoice.typ"), root=str(folder), font_paths=fonts)
    except OSError as error:
        raise Trouble(
            t("The invoice's template cannot be read"), t("Install GigDesk again.")
        ) from error


class _Unfit(Exception):
    """A font of the system does not fit the standards."""


class _Missing(Exception):
    """The fonts lack these letters."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


def _missing_letters(said: str) -> str:
    found = "".join(_MISSING.findall(said))
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), found)


def _without(value: Any, letters: str) -> Any:
    return _each_text(
        value, lambda text: text.translate(dict.fromkeys(map(ord, letters), STAND_IN))
    )


def _beyond_latin(value: Any) -> str:
    found: set[str] = set()
    _each_text(value, lambda text: found.update(text) or text)  # type: ignore[func-returns-value]
    return "".join(letter for letter in found if letter > _LATIN_END)


def _warnings(lost: list[str]) -> tuple[str, ...]:
    if not lost:
        return ()
    said = t(
        "The PDF's fonts lack {letters}; “{stand_in}” stands there. The e-invoice keeps them.",
        letters=" ".join(lost),
        stand_in=STAND_IN,
    )
    return (said,)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_each_text(each, change) for each in value]
    return value


def printable(value: Any) -> Any:
    """The same data without what no page can show: control, private and unassigned characters."""
    return _each_text(value, _printable_text)


def _printable_text(text: str) -> str:
    return "".join(_printable_letter(each) for each in unicodedata.normalize("NFC", text))


def _printable_letter(letter: str) -> str:
    if letter in "\n\t":
        return " " if letter == "\t" else letter
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter
