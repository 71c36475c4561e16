"""A review on the terminal: a heading, a line a mechanism with its sparkline, and where to read on."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from andon import plots
from andon.analysis.ask import Answer
from andon.analysis.report import headline, shown
from andon.analysis.spec import Reviewed
from andon.cli import answering
from andon.plots import words

SHOWN = 20
WARNINGS = 12


def _row(one: Reviewed, answer: Answer, width: int) -> tuple[Text, Text, Text, Text]:
    colour = ("green" if one.better else "bold red") if one.out else ""
    drawn = shown(one, answer.review.points.judged)
    line = Text.from_markup(plots.spark(drawn.value, drawn.marked, width))
    return (
        Text(one.name, colour),
        line,
        Text(words.value(one.level, answer.review.unit), colour),
        Text(one.far if one.far and not one.out else one.sentence),
    )


def show(answer: Answer, out: Path) -> None:
    """Prints the review in short."""
    console = Console(highlight=False)
    review = answer.review
    console.print(Text(headline(answer), "bold"))
    console.print(f"[dim]{escape(review.measure)} · {' '.join(review.why[:1])}[/]", soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=False)
    for position in range(4):
        table.add_column(
            no_wrap=position in (1, 2),
            justify="right" if position == 2 else "left",
            max_width=34 if position == 0 else None,
        )
    far = [one for one in review.series if one.far and not one.out]
    chosen = list(review.series[:SHOWN])
    chosen += [one for one in far[:5] if one not in chosen]
    for one in chosen:
        table.add_row(*_row(one, answer, min(30, max(console.width // 4, 8))))
    console.print(table)
    if len(review.series) > len(chosen):
        console.print(
            f"[dim]… and {len(review.series) - len(chosen):,} more in {escape(str(out / 'report.html'))}[/]",
            soft_wrap=True,
        )
    _warn(console, [*answer.notes, *review.warnings])
    answering.read_on(console, out)


def _warn(console: Console, notes: list[str]) -> None:
    answering.mind(console, notes[:WARNINGS])
    if len(notes) > WARNINGS:
        console.print(f"[dim]… and {len(notes) - WARNINGS} more in summary.json[/]")
