"""What the application wears: palette, fonts, style sheet; light or dark, live."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from gigdesk.domain.places import resources
from gigdesk.ui.theme import tokens as t

# What Qt says when no desktop chose a font.
_NO_CHOICE = {"", "Sans Serif", "sans-serif", "Sans", "DejaVu Sans"}


class Look(QObject):
    """What is worn now; painters read `look.c`, widgets repaint on `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.c, self.scale, self.dark, self.motion = t.LIGHT, 1.0, False, True
        self._theme, self._bundled = "system", False
        self._family: str | None = None
        self._hints: QStyleHints | None = None  # let go of, Python forgets what hangs on it
        self._tints: QTemporaryDir | None = None

    @property
    def theme(self) -> str:
        """What was chosen: system, light or dark."""
        return self._theme

    def start(self, app: QApplication, *, bundled: bool = False) -> None:
        """Dress the application and follow the system. `bundled`: always Inter, for pictures."""
        self._bundled = bundled
        app.setStyle("Fusion")
        hints = self._hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_contrast_changed)
        self.wear(app, self._theme, self.scale)

    def wear(self, app: QApplication, theme: str, scale: float = 1.0) -> None:
        """Put on `light`, `dark` or what the `system` has, at this text size."""
        self._theme, self.scale = theme, scale
        hints = self._hints = app.styleHints()
        dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        theme_of = t.THEMES["dark" if dark else "light"]
        wanted = hints.accessibility().contrastPreference()
        strong = wanted == Qt.ContrastPreference.HighContrast
        self.c, self.dark = t.strong(theme_of) if strong else theme_of, dark
        base = QFont(self._face())
        base.setPixelSize(round(t.BODY * scale))
        app.setFont(base)
        app.setPalette(self._palette())
        sheet = Template((resources() / "gigdesk.qss").read_text("utf-8"))
        sizes: dict[str, int] = {
            name.lower(): value for name, value in vars(t).items() if isinstance(value, int)
        }
        sizes |= {"caption": u(t.CAPTION), "lead": u(t.LEAD)}
        arrows = {
            "chevron": self._tinted("chevron-down", self.c.soft),
            "chevron_up": self._tinted("chevron-up", self.c.soft),
        }
        values = {**asdict(self.c), **sizes, **arrows}
        app.setStyleSheet(sheet.substitute(values))
        self.changed.emit()

    def _tinted(self, name: str, colour: str) -> str:
        """The file of an icon in this colour: style sheets take pictures from files only."""
        if self._tints is None:
            self._tints = QTemporaryDir()
        file = Path(self._tints.path()) / f"{name}-{colour.lstrip('#')}.svg"
        if not file.exists():
            own = resources() / "icons" / f"{name}.svg"
            source = own if own.exists() else resources() / "vendor" / "lucide" / f"{name}.svg"
            file.write_text(source.read_text("utf-8").replace("currentColor", colour), "utf-8")
        return file.as_posix()

    def _face(self) -> str:
        if self._family is None:
            system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
            if self._bundled or system in _NO_CHOICE:
                for file in sorted((resources() / "vendor" / "inter").glob("*.ttf")):
                    QFontDatabase.addApplicationFont(str(file))
                system = "Inter"
            self._family = system
        return self._family

    def _on_system_changed(self) -> None:
        app = QApplication.instance()
        if self._theme == "system" and isinstance(app, QApplication):
            self.wear(app, "system", self.scale)

    def _on_contrast_changed(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.wear(app, self._theme, self.scale)

    def _palette(self) -> QPalette:
        role, palette, c = QPalette.ColorRole, QPalette(), self.c
        for name, value in (
            (role.Window, c.desk),
            (role.Base, c.paper),
            (role.Text, c.ink),
            (role.AlternateBase, c.sunk),
            (role.WindowText, c.ink),
            (role.Button, c.paper),
            (role.ButtonText, c.ink),
            (role.Highlight, c.accent),
            (role.HighlightedText, c.on_accent),
            (role.PlaceholderText, c.faint),
            (role.ToolTipBase, c.ink),
            (role.ToolTipText, c.paper),
            (role.Link, c.accent),
            (role.Accent, c.accent),
            (role.Mid, c.line),
        ):
            palette.setColor(name, QColor(value))
        return palette


look = Look()


def colour(role: str) -> QColor:
    """The colour a role has now."""
    return QColor(getattr(look.c, role))


def u(size: float) -> int:
    """A length that grows with the person's text size: row heights, line steps, controls."""
    return round(size * look.scale)


def font(size: int = t.BODY, weight: int = t.REGULAR, *, figures: bool = False) -> QFont:
    """A font of the scale; `figures` makes digits equally wide, for money and times."""
    made = QFont(QApplication.font())
    made.setPixelSize(round(size * look.scale))
    made.setWeight(QFont.Weight(weight))
    if size >= t.TITLE:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
