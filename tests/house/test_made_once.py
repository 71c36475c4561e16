"""The empty database that tests copy is the one that migrations make."""

import ast
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.made_once import RESTS_ON, ROOT, database

SRC = ROOT / "src"
MODELS = ("models.py", "keys.py", "mailboxes.py")  # what a field is; they make no rows and no triggers


def imported(path: Path) -> set[str]:
    """The modules of ours that a file imports by name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("andon"):
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("andon")}
    return found


def test_whatever_a_migration_rests_on_makes_a_new_one():
    watched = {path for glob in RESTS_ON for path in (SRC / "andon").glob(glob)}
    rests = set()
    for migration in (SRC / "andon").glob("*/migrations/0*.py"):
        files = {SRC / f"{name.replace('.', '/')}.py" for name in imported(migration)}
        rests |= {path for path in files if path.exists() and path.name not in MODELS}
    assert rests <= watched


def test_nothing_is_left_to_migrate(db):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_it_is_made_once(db):
    assert database() == database()
