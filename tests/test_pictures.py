"""The pictures of `make pictures`: none is blank, light is not dark, an empty desk is not the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from gigdesk.ui.session import TABS
from gigdesk.ui.theme.look import look
from tests import pictures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
FLOATING = (
    "palette", "ledger", "keys", "notices", "outbox", "composer", "settings", "profile", "accounts", "account",
)  # fmt: skip
OPENINGS = ("opening-passphrase", "opening-locked", "opening-sample")
STEP = 9


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Path]:
    """All pictures, made once; what the application wears is given back."""
    folder = tmp_path_factory.mktemp("pictures") / "all"
    pictures.make_all(folder)
    yield folder
    look.wear(qapp, "light", 1.0)
    look.motion = True


def names() -> list[str]:
    tabs = [tab.name.lower() for tab in TABS]
    screens = [*tabs, *(f"{tab}-small" for tab in tabs), *FLOATING]
    return [*(f"{desk}-{name}" for desk in pictures.DESKS for name in screens), *OPENINGS]


def pixels(path: Path) -> list[int]:
    """A grid of its pixels, as colours."""
    image = QImage(str(path))
    assert not image.isNull(), path.name
    return [
        image.pixel(x, y)
        for y in range(0, image.height(), STEP)
        for x in range(0, image.width(), STEP)
    ]


def lightness(path: Path) -> float:
    found = [QColor(each).lightness() for each in pixels(path)]
    return sum(found) / len(found)


def distance(one: int, other: int) -> int:
    """How far two colours are from one another, in the channel that differs most."""
    first, second = QColor(one), QColor(other)
    return max(
        abs(first.red() - second.red()),
        abs(first.green() - second.green()),
        abs(first.blue() - second.blue()),
    )


def test_every_screen_is_there(made: Path) -> None:
    wanted = {f"{name}-{theme}.png" for name in names() for theme in pictures.THEMES}
    assert {path.name for path in made.iterdir()} == wanted


@pytest.mark.parametrize("name", names())
def test_no_picture_is_blank_and_light_is_not_dark(made: Path, name: str) -> None:
    light, dark = (made / f"{name}-{theme}.png" for theme in pictures.THEMES)
    for path in (light, dark):
        assert len(set(pixels(path))) > 8, f"{path.name} shows hardly anything"
    pairs = list(zip(pixels(light), pixels(dark), strict=True))
    same = sum(one == other for one, other in pairs) / len(pairs)
    assert same < 0.1, f"{same:.0%} of {name} is the same in light and dark"
    assert lightness(light) > lightness(dark) + 60


@pytest.mark.parametrize("tab", [tab.name.lower() for tab in TABS])
def test_the_sample_is_not_the_empty_desk(made: Path, tab: str) -> None:
    empty, sample = (pixels(made / f"{desk}-{tab}-light.png") for desk in pictures.DESKS)
    differ = sum(one != other for one, other in zip(empty, sample, strict=True)) / len(empty)
    assert differ > 0.05


def test_the_readme_gets_small_ones(made: Path, tmp_path: Path) -> None:
    kept = pictures.keep_for_readme(made, tmp_path / "kept")
    assert {path.stem for path in kept} == set(pictures.README.values())
    for path in kept:
        assert path.stat().st_size < pictures.MOST_BYTES
        assert (QImage(str(path)).width(), QImage(str(path)).height()) == pictures.SIZE
    for name, short in pictures.README.items():
        whole, few = pixels(made / f"{name}.png"), pixels(tmp_path / "kept" / f"{short}.png")
        assert max(map(distance, whole, few)) < 40
        assert sum(map(distance, whole, few)) / len(whole) < 1, f"{short} has other colours"


def test_the_kept_ones_are_in_the_tree() -> None:
    folder = pictures.ROOT / "resources" / "pictures"
    assert {path.stem for path in folder.glob("*.png")} == set(pictures.README.values())
    assert max(path.stat().st_size for path in folder.glob("*.png")) < pictures.MOST_BYTES
