"""report.html of clusters: a card each with its curve, sentence, words, examples as written, and a table."""

from html import escape

from andon import plots
from andon.analysis.clusters.ask import Answer
from andon.analysis.clusters.spec import Cluster, Curve, Repeated
from andon.analysis.clusters.telling import of_slice, quoted, span
from andon.plots import words
from andon.plots.counts import CountChart, counts, counts_table

ROWS = 60  # latest windows in the table behind a curve
LONGEST = 600  # characters of an example that are shown
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: 0; }
.facts div { display: grid; }
.facts dt { color: var(--quiet); font-size: var(--small); }
.facts dd { margin: 0; font-weight: 600; }
.terms { display: flex; flex-wrap: wrap; gap: .35rem; padding: 0; list-style: none; }
.terms li { background: var(--well); border-radius: var(--round-small); padding: .1rem .55rem;
  overflow-wrap: anywhere; }
.said { margin: 0; padding-inline-start: .9rem; border-inline-start: 3px solid var(--line); overflow-wrap: anywhere;
  white-space: pre-line; max-width: var(--measure); }
.examples { display: grid; gap: .9rem; }
.ends { display: flex; justify-content: space-between; color: var(--quiet); font-size: var(--small); }
.report h3 { font-size: 1rem; }
"""


def headline(answer: Answer) -> str:
    """How many clusters there are."""
    many = len(answer.found.clusters)
    if not many:
        return (
            "No clusters: what came in is as usual." if answer.found.judged else "Too little to compare with."
        )
    return f"{words.capital(words.counted(many, 'cluster'))} beyond chance."


def _lead(answer: Answer) -> str:
    found = answer.found
    looked = f"{sum(found.looked_at.values()):,} slices looked at"
    rows, window = f"{words.number(found.used)} rows", f"windows of {found.grid.window.words}"
    return f"{rows} · {window} · {looked} · {span(found.grid.edges[0], found.grid.edges[-1])}"


def title(one: Cluster) -> str:
    """The slice and the first words, or “Everything”."""
    parts = [of_slice(one.slice)] if one.slice else []
    parts += [quoted(one.terms, 2)] if one.terms else []
    return " · ".join(parts) or "Everything"


def _table(chart: CountChart) -> str:
    header, rows = counts_table(chart, ROWS)
    head = "".join(f'<th scope="col"{_numeric(i)}>{escape(cell)}</th>' for i, cell in enumerate(header))
    body = "".join(
        "<tr>" + "".join(f"<td{_numeric(i)}>{escape(cell)}</td>" for i, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    label = escape(f"Windows of {chart.title}", quote=True)
    return (
        "<details><summary>Table behind the curve</summary>"
        f'<div class="table-box" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _numeric(column: int) -> str:
    return ' class="num"' if 1 <= column <= 3 else ""


def _picture(name: str, sentence: str, curve: Curve) -> str:
    chart = CountChart(name, sentence, curve.start, curve.observed, curve.expected, curve.upper, curve.inside)
    ends = (words.date(curve.start[0]), f"highest {_highest(curve)}", words.date(curve.start[-1]))
    foot = "".join(f"<span>{escape(end)}</span>" for end in ends)
    return (
        f'<figure class="chart"><div>{counts(chart)}</div><figcaption class="ends">{foot}</figcaption></figure>'
        f"{_table(chart)}"
    )


def _highest(curve: Curve) -> str:
    return words.number(float(curve.observed.max(initial=0)))


def _facts(one: Cluster) -> str:
    facts = [("Counted", words.number(one.observed)), ("Expected", words.number(one.expected))]
    if one.customers is not None:
        facts.append(("Different customers", words.number(one.customers)))
    if one.contacts != one.observed:
        facts.append(("Rows", words.number(one.contacts)))
    facts.append(("p, adjusted", f"{one.p_adjusted:.2g}"))
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)


def _examples(answer: Answer, records: tuple[int, ...]) -> str:
    said = "".join(_example(answer, record) for record in records)
    head = "<summary>Examples, as written</summary>"
    return f'<details open>{head}<div class="examples">{said}</div></details>' if said else ""


def _example(answer: Answer, record: int) -> str:
    file, row = answer.rows.place(record)
    place = f"{file}, row {row:,}" if answer.many_files else f"row {row:,}"
    text = answer.rows.texts[record].strip() if answer.rows.texts else ""
    cut = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    quote = f'<blockquote class="said">{escape(cut)}</blockquote>' if cut else ""
    when = words.date(answer.rows.at[record])
    return f'<div>{quote}<p class="quiet small">{escape(place)} · {when}</p></div>'


def _list(notes: tuple[str, ...] | list[str], kind: str) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="{kind}">{items}</ul>' if notes else ""


def _card(answer: Answer, one: Cluster, number: int) -> str:
    name = title(one)
    terms = "".join(f"<li>{escape(term)}</li>" for term in one.terms)
    artefacts = _list(one.possible_artefacts, "note notes")
    return (
        f'<article class="sheet" id="c{number}"><div class="sheet-head"><h3>{escape(name)}</h3>'
        f'<span class="quiet small">{escape(span(one.begin, one.end))}</span></div>'
        f'<p class="say">{escape(one.sentence)}</p><dl class="facts">{_facts(one)}</dl>'
        + (f'<ul class="terms" aria-label="Words">{terms}</ul>' if terms else "")
        + _picture(name, one.sentence, one.curve)
        + artefacts
        + _list(one.parts, "quiet small notes")
        + _examples(answer, one.examples)
        + "</article>"
    )


def _one(answer: Answer, one: Repeated) -> str:
    said = f'<p class="say">{escape(one.sentence)}</p>'
    return f'<article class="sheet">{said}{_examples(answer, one.examples)}</article>'


def _section(name: str, *parts: str) -> str:
    return f"<section><h2>{name}</h2>{''.join(parts)}</section>" if any(parts) else ""


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    cards = [_card(answer, one, i) for i, one in enumerate(found.clusters)]
    notes = [*answer.notes, *found.warnings]
    everything = _picture("Everything", "All rows by window.", found.everything) if len(found.grid) else ""
    body = (
        _section("Clusters, strongest first", *cards),
        _section("One customer, many contacts", *(_one(answer, one) for one in found.repeated)),
        _section("Before you trust it", _list(notes, "note notes")),
        _section("Everything together", f'<div class="sheet">{everything}</div>' if everything else ""),
        _section("How it was computed", *(f'<p class="say">{escape(line)}</p>' for line in found.method)),
    )
    return _page(headline(answer), _lead(answer), "".join(body))


def _page(name: str, lead: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(name)}</title><style>{plots.report_css()}{_CSS}</style></head>"
        f'<body><main class="report"><header><p class="quiet small">Andon clusters</p><h1>{escape(name)}</h1>'
        f'<p class="quiet">{escape(lead)}</p></header>{body}</main></body></html>\n'
    )
