"""Every colour, size and duration of the interface; nothing else may contain a hex value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Colours:
    """Roles, not hues: a widget asks for what a colour means."""

    desk: str  # window and sidebar
    paper: str  # lists, details, cards
    sunk: str  # wells: search field, composer, quiet blocks, outside working hours
    hover: str  # under the pointer
    chosen: str  # selected row, the list without focus
    line: str  # hairline between things (decorative)
    edge: str  # boundary of a field (3:1)
    ink: str  # first text
    soft: str  # second text
    faint: str  # third text: times, hints, counts
    accent: str  # primary action, focus, links, selection
    accent_hover: str
    accent_wash: str  # selected row, the list with focus
    on_accent: str
    pencil: str  # drafted by the assistant, not yet by the person
    pencil_wash: str
    good: str
    good_wash: str
    warn: str
    warn_wash: str
    bad: str
    bad_wash: str
    shadow: str


LIGHT = Colours(
    desk="#F4F3F0",
    paper="#FFFFFF",
    sunk="#F8F7F5",
    hover="#F1EFEB",
    chosen="#ECEAE5",
    line="#E6E3DD",
    edge="#8F8A81",
    ink="#1F1D1A",
    soft="#57534C",
    faint="#6D6860",
    accent="#2C5DA8",
    accent_hover="#234C8C",
    accent_wash="#E6EEF9",
    on_accent="#FFFFFF",
    pencil="#6B4C9A",
    pencil_wash="#F3EEF9",
    good="#1F6E47",
    good_wash="#E2F1E8",
    warn="#8A5200",
    warn_wash="#FBEFD9",
    bad="#B0281F",
    bad_wash="#FBE7E4",
    shadow="#2A1F1D1A",
)
DARK = Colours(
    desk="#191816",
    paper="#211F1D",
    sunk="#1C1B19",
    hover="#2A2825",
    chosen="#33302C",
    line="#35322E",
    edge="#7D776E",
    ink="#EFECE6",
    soft="#B9B3A9",
    faint="#A89F93",
    accent="#8DB4F2",
    accent_hover="#A9C7F7",
    accent_wash="#26344A",
    on_accent="#10203A",
    pencil="#C3A8EC",
    pencil_wash="#322A40",
    good="#7CCB9F",
    good_wash="#1E3529",
    warn="#E8B45C",
    warn_wash="#3B2E18",
    bad="#F2938A",
    bad_wash="#44241F",
    shadow="#99000000",
)
THEMES = {"light": LIGHT, "dark": DARK}


def strong(c: Colours) -> Colours:
    """The same for who asked the system for more contrast: hairlines are seen, no text is faint."""
    return replace(c, line=c.edge, edge=c.soft, soft=c.ink, faint=c.soft)


# Which text stands on which ground; the sheet's table and a test are made from this.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(
        (text, ground, 4.5)
        for text in ("ink", "soft", "faint")
        for ground in ("paper", "desk", "sunk", "hover", "chosen", "accent_wash")
    ),
    *(
        (text, ground, 4.5)
        for text in ("accent", "pencil", "good", "warn", "bad")
        for ground in ("paper", "desk", "sunk", "hover", "chosen", "accent_wash")
    ),
    *((name, f"{name}_wash", 4.5) for name in ("pencil", "good", "warn", "bad")),
    *(("ink", f"{name}_wash", 4.5) for name in ("pencil", "good", "warn", "bad")),
    *(("soft", f"{name}_wash", 4.5) for name in ("pencil", "good", "warn", "bad")),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "desk", 3.0),
    ("edge", "sunk", 3.0),
)

# Type, in pixels at the base of 13; multiplied by the person's own system text size.
CAPTION, BODY, LEAD, TITLE, DISPLAY = 11, 13, 15, 20, 26
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600

# Space: a four-pixel grid. Radii grow with the thing they round.
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
CHIP, CONTROL, CARD, OVERLAY = 4, 6, 10, 12
ROW, ROW_MAIL, ROW_LEAD, ROW_TABLE = 32, 76, 76, 40
CONTROL_H, HEADER_H, ICON, ICON_S = 30, 56, 18, 14
SIDEBAR, LIST, LIST_MIN, DETAIL_MIN = 216, 392, 300, 420
WINDOW_MIN = (1024, 640)

# Motion, in milliseconds; all become 0 when the system asks for less.
FAST, CALM, UNDO = 120, 200, 10_000


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (int(colour[-6:][i : i + 2], 16) / 255 for i in (0, 2, 4))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def failures() -> list[str]:
    """Pairs that miss their ratio: always empty."""
    return [
        f"{name}: {text} on {ground} is {ratio:.2f}, needs {need}"
        for name, theme in (
            *THEMES.items(),
            *((f"strong {n}", strong(c)) for n, c in THEMES.items()),
        )
        for text, ground, need in PAIRS
        if (ratio := contrast(asdict(theme)[text], asdict(theme)[ground])) < need
    ]
