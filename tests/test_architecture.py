"""The house rules that import-linter cannot say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "gigdesk"
FILES = sorted(path for path in HOUSE.rglob("*.py") if path.name != "__init__.py")
FEATURES = ("inbox", "leads", "calendar", "invoices")
BANNED_NAMES = re.compile(r"(Manager|Handler|Helper|Utils?|Base)$")
BANNED_FILES = {"utils", "helpers", "common", "misc", "core", "manager"}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\(\d|Qt\.GlobalColor\.(?!transparent)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_short_and_says_what_it_is(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 400
    assert source.startswith('"""'), "the first line says what this file is"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_names_are_of_the_house(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if BANNED_NAMES.search(name)] == []
    assert path.stem not in BANNED_FILES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_public_things_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_has_one_name_in_every_room(feature: str) -> None:
    for room in ("domain", "store", "services"):
        place = HOUSE / room / feature
        assert place.with_suffix(".py").exists() or place.is_dir(), f"{room}/{feature}"
    assert (HOUSE / "ui" / "tabs" / feature).is_dir()


def test_colours_live_in_the_tokens_only() -> None:
    tokens = HOUSE / "ui" / "theme" / "tokens.py"
    guilty = [
        f"{name_of(path)}: {line.strip()}"
        for path in HOUSE.glob("ui/**/*.py")
        if path != tokens
        for line in path.read_text("utf-8").splitlines()
        if COLOUR.search(line)
    ]
    assert guilty == []


def test_the_top_level_is_fixed() -> None:
    allowed = {
        "pyproject.toml", "gigdesk", "resources", "models", "tests", "packaging", "README.md",
        "ARCHITECTURE.md", "LICENSE", "Makefile", ".ci", ".github", ".gitignore", ".git",
    }  # fmt: skip
    listed = {name.split("/")[0] for name in _tracked()}
    assert listed - allowed == set()


def test_only_the_vault_knows_the_keyring_and_only_the_clock_the_scheduler() -> None:
    owners = {
        "keyring": {"gateways/vault.py"},
        "apscheduler": {"background/clock.py"},
        "sqlcipher3": {"store/desk_db.py"},
        "jeepney": {"gateways/notifications.py"},
    }
    for library, allowed in owners.items():
        importing = re.compile(rf"^\s*(import|from) {library}\b", re.MULTILINE)
        found = {
            path.relative_to(HOUSE).as_posix()
            for path in FILES
            if importing.search(path.read_text("utf-8"))
        }
        assert found <= allowed, library


def _tracked() -> list[str]:
    import subprocess

    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.split("\n")[:-1]
