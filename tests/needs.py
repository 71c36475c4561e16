"""What some tests need that is no part of the project: absent on a desk they are skipped, in CI nothing may be."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(os.environ.get("ANDON_SHARED", Path(__file__).parents[2] / "shared"))


def absent(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{what}; in CI nothing may be left out")
    pytest.skip(what)


def shared(name: str) -> Path:
    """A file or folder of the data and answers that lie beside the project."""
    path = SHARED / name
    if not path.exists():
        absent(f"{name} is not here: set ANDON_SHARED to the folder that holds it")
    return path


def r() -> str:
    """R, which .ci/run installs with lme4 and surveillance."""
    return shutil.which("Rscript") or absent("Rscript is not here: it comes with r-base-core")
