"""The house stands as it was drawn: who may import whom, walked over each file's syntax tree."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STDLIB = sys.stdlib_module_names

# room → the rooms and libraries it may import besides the standard library and itself
ALLOWED: dict[str, set[str]] = {
    "db": {"peewee"},
    "desktop.letter": {"db.enums", "db.same_letters", "desktop.errors", "docx", "lxml"},
    "desktop.paper": {"desktop.letter.blocks", "desktop.letter.layout", "PySide6"},
    "desktop.services": {
        "db",
        "desktop.letter",
        "desktop.errors",
        "desktop.terms",
        "desktop.paths",
        "diff_match_patch",
        "peewee",
    },
    "desktop.models": {
        "pypinyin",
        "desktop.services.rows",
        "desktop.terms",
        "desktop.widgets.icons",
        "db.enums",
        "PySide6",
    },
    "desktop.widgets": {"desktop.paths", "PySide6", "qtawesome"},
    "desktop.views": {
        "desktop.models",
        "desktop.widgets",
        "desktop.services",
        "desktop.paper",
        "desktop.letter.foreign.anatomy",
        "desktop.letter.model",
        "desktop.letter.reading",
        "desktop.terms",
        "desktop.tasks",
        "desktop.settings",
        "desktop.diagnostics",
        "desktop.bookmark",
        "desktop.launch",
        "desktop.network_place",
        "desktop.office",
        "desktop.paths",
        "desktop.crash",
        "desktop.errors",
        "desktop.window_lock",
        "db.enums",
        "PySide6",
    },
    "desktop.cli": {
        "desktop.cli_reading",
        "desktop.cli_returns",
        "desktop.cli_safety",
        "desktop.cli_search",
        "desktop.cli_versions",
        "desktop.services",
        "desktop.press",
        "desktop.terms",
        "desktop.paths",
        "desktop.errors",
    },
    "desktop.cli_safety": {"desktop.services", "desktop.paths"},
    "desktop.cli_reading": {"desktop.services"},
    "desktop.cli_returns": {
        "desktop.services",
        "desktop.terms",
        "desktop.paths",
        "desktop.errors",
    },
    "desktop.cli_search": {
        "desktop.services",
        "desktop.terms",
        "desktop.paths",
        "desktop.errors",
    },
    "desktop.cli_versions": {"desktop.services", "desktop.terms", "desktop.paths"},
    "desktop.press": {
        "desktop.services",
        "desktop.paper",
        "desktop.letter.blocks",
        "desktop.letter.model",
    },
    "desktop.reader_process": {
        "desktop.letter",
        "desktop.services.foreign",
        "desktop.services.secrecy",
        "desktop.crash",
        "desktop.errors",
    },
    "desktop.errors": set(),
    "desktop.terms": {"db.enums"},
    "desktop.paths": {"platformdirs"},
    "desktop.crash": set(),
    "desktop.bookmark": set(),
    "desktop.app": {
        "desktop.views",
        "desktop.widgets",
        "desktop.services",
        "desktop.settings",
        "desktop.input_method",
        "desktop.crash",
        "desktop.ending",
        "desktop.errors",
        "desktop.mistakes",
        "desktop.paths",
        "desktop.window_lock",
        "PySide6",
    },
    "desktop.ending": {"desktop.crash", "desktop.views", "desktop.widgets", "PySide6"},
    "desktop.mistakes": {"desktop.crash", "desktop.views", "PySide6"},
    "desktop.input_method": {"jeepney", "PySide6"},
    "desktop.settings": {"PySide6", "desktop.paths"},
    "desktop.tasks": {"PySide6", "shiboken6", "desktop.errors", "desktop.crash"},
    "desktop.diagnostics": {"PySide6", "desktop.input_method"},
    "desktop.launch": {"PySide6"},
    "desktop.window_lock": {"PySide6"},
    "desktop.network_place": {"PySide6"},
    "desktop.__main__": {"desktop"},
}
# heavy libraries no module of these may import when it is itself imported
LATE = {
    "desktop.services.cases": "lxml",
    "desktop.services.exports": "docx",
    "desktop.cli": "peewee",
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("db", "desktop"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Every module name imported anywhere in a file, `from x import y` as x.y."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str:
    return max((r for r in ALLOWED if f"{module}.".startswith(f"{r}.")), key=len, default="")


MODULES = dict(modules())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    room = room_of(module)
    if module == "desktop":
        return
    assert room, f"{module} stands in no room of ALLOWED"
    may = {*ALLOWED[room], room, "desktop.__version__"}
    for name in imports(MODULES[module]):
        if name.split(".")[0] in STDLIB:
            continue
        assert any(f"{name}.".startswith(f"{allowed}.") for allowed in may), (
            f"{module} imports {name}"
        )


def test_nothing_imports_the_door() -> None:
    for module, path in MODULES.items():
        assert not any(name.startswith("desktop.__main__") for name in imports(path)), module


@pytest.mark.parametrize(("module", "heavy"), LATE.items())
def test_heavy_libraries_are_imported_when_needed(module: str, heavy: str) -> None:
    import subprocess

    code = f"import {module}, sys; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_no_file_is_a_drawer() -> None:
    """No utils, helpers, managers; modules under 400 lines."""
    for module, path in MODULES.items():
        assert not {"util", "utils", "helper", "helpers", "manager"} & set(module.split(".")), (
            module
        )
        assert path.read_text(encoding="utf-8").count("\n") <= 400, module


def test_public_things_have_docstrings() -> None:
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [
            tree,
            *(n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))),
        ]
        nested = {
            inner
            for outer in nodes
            if isinstance(outer, ast.FunctionDef)
            for inner in ast.walk(outer)
            if inner is not outer
        }
        for node in nodes:
            name = getattr(node, "name", module)
            if name.startswith("_") or node in nested or name == "Meta":
                continue
            assert ast.get_docstring(node), f"{module}: {name} has no docstring"
