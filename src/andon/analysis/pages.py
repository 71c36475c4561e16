"""What every report is made of: one self-contained page, its sections, sentences, lists and tables.

Texts come in as they are and are escaped here. What would be empty is left out.
"""

from collections.abc import Collection, Iterable, Sequence
from html import escape

from andon import plots

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
"""


def page(kind: str, title: str, lead: str, body: Iterable[str], css: str = "") -> str:
    """The whole report. Makes no request: styles and pictures are inside. kind: what stands above the title."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{plots.report_css()}{_CSS}{css}</style></head>"
        f'<body><main class="report"><header><p class="quiet small">{escape(kind)}</p><h1>{told(title)}</h1>'
        f'<p class="quiet">{escape(lead)}</p></header>{"".join(body)}</main></body></html>\n'
    )


def section(title: str, *parts: str) -> str:
    return f"<section><h2>{title}</h2>{''.join(parts)}</section>" if any(parts) else ""


def told(text: str) -> str:
    """Escaped, and a number stays on the line of its per cent sign."""
    return escape(text).replace(" %", "\u00a0%")


def say(text: str) -> str:
    return f'<p class="say">{told(text)}</p>' if text else ""


def quiet(text: str) -> str:
    return f'<p class="quiet small">{told(text)}</p>' if text else ""


def listed(notes: Sequence[str], kind: str = "note notes") -> str:
    items = "".join(f"<li>{told(note)}</li>" for note in notes)
    return f'<ul class="{kind}">{items}</ul>' if notes else ""


def figure(picture: str) -> str:
    return f'<figure class="chart">{picture}</figure>'


def table(
    of: Table,
    label: str,
    texts: Collection[int] = (0,),
    *,
    box: str = "table-box",
) -> str:
    """A table in a box of its own, which may be wider than a phone. texts: columns of words, not numbers."""

    def cells(tag: str, row: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        kinds = ["" if i in texts else ' class="num"' for i in range(len(row))]
        return "".join(
            f"<{tag}{scope}{kind}>{told(cell)}</{tag}>" for kind, cell in zip(kinds, row, strict=True)
        )

    header, rows = of
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return (
        f'<div class="{box}" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"<table><thead><tr>{cells('th', header)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>" if inside else ""


def folded_table(of: Table, label: str, texts: Collection[int] = (0,)) -> str:
    return folded(label, table(of, label, texts))
