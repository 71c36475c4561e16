"""Files that lie on the server already: in the folder `inbox` of ANDON_HOME, and nowhere else."""

from pathlib import Path

from django.conf import settings

MOST = 200


def folder() -> Path:
    return settings.HOME / "inbox"


def waiting() -> list[str]:
    """Names of files in the inbox, folders in it included; what points out of it is not there."""
    root = folder()
    if not root.is_dir():
        return []
    found = (path for path in sorted(root.rglob("*")) if not path.name.startswith("."))
    return [str(path.relative_to(root)) for path in found if _inside(path, root)][:MOST]


def file(name: str) -> Path | None:
    """The file of that name; None when it is not in the inbox, whatever the name tries."""
    path = folder() / name
    return path.resolve() if "\0" not in name and _inside(path, folder()) else None


def _inside(path: Path, root: Path) -> bool:
    real = path.resolve()
    return real.is_file() and real.is_relative_to(root.resolve())
