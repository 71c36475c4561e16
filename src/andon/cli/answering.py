"""What the commands share that answer a question from files: options, the complaint, the answer, its end."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

data = click.argument("data", nargs=-1, required=True, metavar="DATA...")
where = click.option(
    "--where", multiple=True, metavar="COL=VALUE", help="Only these rows. One column twice: either value."
)


def out(what: str = "Folder for the files.") -> Callable[[Any], Any]:
    """The option --out."""
    return click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help=what)


@contextmanager
def refusing(cannot: str) -> Iterator[None]:
    """Where the input cannot be used, says so, why and what to do, and ends with 2."""
    from andon.lake import BadInput

    try:
        yield
    except BadInput as problem:
        _complain(cannot, problem)
        sys.exit(2)


def _complain(cannot: str, problem: Any) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(Text(f"{cannot} ", "bold red") + Text(problem.problem))
    if problem.remedy:
        console.print(Text(problem.remedy))


def answered(
    question: Any,
    answer: Callable[..., Any],
    render: Callable[[Any], str],
    write: Callable[[Any, str, Path], None],
    out: Path,
) -> Any:
    """The answer, once all its files lie in `out`. Raises BadInput."""
    from rich.console import Console

    from andon.analysis.leaving import in_place

    with in_place(out) as folder, Console(stderr=True).status("Opening the files") as status:
        found = answer(question, tell=lambda text: status.update(text))
        status.update("Drawing the report")
        write(found, render(found), folder)
    return found


def mind(console: Any, notes: Iterable[str]) -> None:
    """What a reader should know before they trust it, a line each."""
    from rich.text import Text

    for note in notes:
        console.print(Text("! ", "yellow") + Text(note), soft_wrap=True)


def read_on(console: Any, out: Path) -> None:
    from rich.markup import escape

    console.print(f"Read on in {escape(str(out / 'report.html'))}", soft_wrap=True)
