"""report.html of clusters: a card each with its curve, sentence, words, examples as written, and a table."""

from html import escape

from andon.analysis.clusters.ask import Answer
from andon.analysis.clusters.spec import Cluster, Curve, Repeated
from andon.analysis.clusters.telling import of_slice, quoted, span
from andon.analysis.pages import folded, listed, page, say, section, table
from andon.plots import words
from andon.plots.counts import CountChart, counts, counts_table

ROWS = 60  # latest windows in the table behind a curve
LONGEST = 600  # characters of an example that are shown
_CSS = """\
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


def _picture(name: str, sentence: str, curve: Curve) -> str:
    chart = CountChart(name, sentence, curve.start, curve.observed, curve.expected, curve.upper, curve.inside)
    ends = (words.date(curve.start[0]), f"highest {_highest(curve)}", words.date(curve.start[-1]))
    foot = "".join(f"<span>{escape(end)}</span>" for end in ends)
    numbers = table(counts_table(chart, ROWS), f"Windows of {name}", (0, 4))
    return (
        f'<figure class="chart"><div>{counts(chart)}</div><figcaption class="ends">{foot}</figcaption></figure>'
        f"{folded('Table behind the curve', numbers)}"
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


def _card(answer: Answer, one: Cluster, number: int) -> str:
    name = title(one)
    terms = "".join(f"<li>{escape(term)}</li>" for term in one.terms)
    artefacts = listed(one.possible_artefacts)
    return (
        f'<article class="sheet" id="c{number}"><div class="sheet-head"><h3>{escape(name)}</h3>'
        f'<span class="quiet small">{escape(span(one.begin, one.end))}</span></div>'
        f'{say(one.sentence)}<dl class="facts">{_facts(one)}</dl>'
        + (f'<ul class="terms" aria-label="Words">{terms}</ul>' if terms else "")
        + _picture(name, one.sentence, one.curve)
        + artefacts
        + listed(one.parts, "quiet small notes")
        + _examples(answer, one.examples)
        + "</article>"
    )


def _one(answer: Answer, one: Repeated) -> str:
    return f'<article class="sheet">{say(one.sentence)}{_examples(answer, one.examples)}</article>'


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    cards = [_card(answer, one, i) for i, one in enumerate(found.clusters)]
    notes = [*answer.notes, *found.warnings]
    everything = _picture("Everything", "All rows by window.", found.everything) if len(found.grid) else ""
    body = (
        section("Clusters, strongest first", *cards),
        section("One customer, many contacts", *(_one(answer, one) for one in found.repeated)),
        section("Before you trust it", listed(notes)),
        section("Everything together", f'<div class="sheet">{everything}</div>' if everything else ""),
        section("How it was computed", *(say(line) for line in found.method)),
    )
    return page("Andon clusters", headline(answer), _lead(answer), body, _CSS)
