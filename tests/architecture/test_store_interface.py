"""The store is used through a few names, and the YAML library through one function.

`docs/decisions/0013-the-interface-of-the-store.md` says why; a new name here is a decision.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from disclosure_tui.store.document import Document

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "disclosure_tui"
STORE = "disclosure_tui.store"
RECORD = ROOT / "docs/decisions/0013-the-interface-of-the-store.md"

DOCUMENT = {
    *("read", "encode", "sha256", "data", "name", "notices"),
    *("spelling", "locate", "locate_key"),
    *("apply", "verify", "revert", "detached", "requote", "without_duplicate"),
}
"""What others use of a document; `text` and `root` are for the store alone."""

INTERFACE = {
    "document": {"Change", "Document", "Notice", "Position", "Replacement"},
    "notices": {"Notice"},
    "files": {"Saved", "read_bytes", "read_head", "save", "sweep"},
    "in_place": {"interrupted"},
    "lock": {"Holder", "HolderState", "LockFile", "holder"},
    "journal": {
        *("FoundJournal", "Header", "Journal", "JournalContents", "Reason", "Recovery", "Step"),
        *("Writer", "discard", "find_journals", "read_journal", "recover", "remove"),
        "sweep_journals",
    },
    "recovery": {"before"},
    "save_errors": {
        *("BrokenLink", "DiskFull", "FileChanged", "FileGone", "FileTorn", "LockRefused"),
        *("MetadataLost", "NameTaken", "NotAFile", "PermissionLost", "QuotaExceeded"),
        *("ReadOnlyPlace", "listed", "refusal"),
    },
    "products": {"Product", "product", "replace_file"},
    "arranging": {"Arranging", "arranging"},
    "history": {"Version", "keep", "read", "set_aside", "versions"},
    "merge": {"Choice", "Conflict", "Merge", "merge", "resolve"},
    "person": {"Person", "current_person", "plain"},
    "recent": {"note_opened", "recently_opened"},
    "reserve": {"release", "reserve"},
    "conversion": {"Converted", "to_utf_8"},
    "encodings": {"ENCODINGS"},
    "emit": {"flow"},
    # Where the working files of a report are, and what an edit comes to.
    "access_list": {"ACCESS", "DEFAULT", "entries_of"},
    "hidden_names": {"beside", "real_path"},
    "state_folder": {"private_place", "state_folder"},
    "trial": {"expected_data"},
}


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules and names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def _is(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def test_one_module_touches_the_yaml_library_and_one_function_of_it_is_used() -> None:
    library = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(_is(module, "ruamel") or _is(module, "yaml12") for module, _ in _imports(path))
    }
    assert library == {"store/guarded_scanner.py"}
    guarded = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for module, name in _imports(path)
        if module == f"{STORE}.guarded_scanner" or (module == STORE and name == "guarded_scanner")
    }
    assert guarded == {"store/scanner.py"}
    assert set(import_module(f"{STORE}.scanner").__all__) == {"Token", "scan"}
    users = {
        path.stem
        for path in SOURCE.rglob("*.py")
        for module, name in _imports(path)
        if module == f"{STORE}.scanner" and name == "scan"
    }
    assert users == {"token_stream"}


def test_others_use_only_the_names_of_the_interface() -> None:
    beyond = {
        f"{path.relative_to(SOURCE)}: {module}.{name}"
        for path in SOURCE.rglob("*.py")
        if "store" not in path.relative_to(SOURCE).parts[:1]
        for module, name in _imports(path)
        if _is(module, STORE)
        if name not in INTERFACE.get(module.removeprefix(STORE + "."), ())
    }
    assert not beyond


def test_every_name_of_the_interface_is_there_and_documented() -> None:
    for module, names in INTERFACE.items():
        there = import_module(f"{STORE}.{module}")
        missing = {name for name in names if not hasattr(there, name)}
        assert not missing, module


def test_a_document_has_the_few_members_that_the_record_names() -> None:
    members = {name for name, _ in inspect.getmembers(Document) if not name.startswith("_")}
    assert members - {"text", "root"} == DOCUMENT
    record = RECORD.read_text(encoding="utf-8")
    assert all(f"`{name}`" in record for name in DOCUMENT)
    assert all(f"`{module}`" in record for module in INTERFACE)


def test_nobody_outside_looks_inside_a_document() -> None:
    """The text and the tree of places belong to the store: an edit goes through `apply`."""
    inside = {
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if "store" not in path.relative_to(SOURCE).parts[:1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "root"
        and isinstance(node.value, ast.Name | ast.Attribute)
        and "document" in ast.unparse(node.value)
    }
    assert not inside
