"""A dimension over waves with its intervals, small: a few lines of SVG with a sentence for whoever cannot see it."""

import itertools
from collections.abc import Iterator, Sequence
from html import escape

from andon.culture.pulse.results import Point

WIDTH, HEIGHT, EDGE = 260.0, 96.0, 10.0
TICKS = (0, 50, 100)
ROOM = 24.0  # for the numbers of the scale


def over_waves(points: Sequence[Point], label: str) -> str:
    """0 to 100, a dot a wave with its 95 % interval. A wave that is not shown leaves a gap."""
    body = "".join([*_scale(), *_path(points), *_marks(points)])
    return _svg(body, label)


def line(values: Sequence[float], label: str) -> str:
    """Months of a figure, from nought up."""
    top = max([*values, 1e-9])
    step = _step(len(values))
    at = " ".join(f"{'L' if i else 'M'}{step(i):.1f},{_y(100 * v / top):.1f}" for i, v in enumerate(values))
    dot = f'<circle class="c-dot" cx="{step(len(values) - 1):.1f}" cy="{_y(100 * values[-1] / top):.1f}" r="3"/>'
    return _svg(
        f'<path class="c-mid" d="M{ROOM:g},{_y(0):.1f}H{WIDTH:g}"/><path class="p-line" d="{at}"/>{dot}',
        label,
    )


def _svg(body: str, label: str) -> str:
    said = escape(label, quote=True)
    return f'<svg class="c-plot p-waves" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{said}">{body}</svg>'


def _y(value: float) -> float:
    return HEIGHT - EDGE - value / 100 * (HEIGHT - 2 * EDGE)


def _step(n: int):
    gap = (WIDTH - ROOM - 2 * EDGE) / max(n - 1, 1)
    return lambda i: ROOM + EDGE + (i * gap if n > 1 else (WIDTH - ROOM - 2 * EDGE) / 2)


def _scale() -> Iterator[str]:
    for tick in TICKS:
        yield f'<path class="c-grid" d="M{ROOM:g},{_y(tick):.1f}H{WIDTH:g}"/>'
        yield f'<text x="{ROOM - 5:g}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick}</text>'


def _path(points: Sequence[Point]) -> Iterator[str]:
    """A line between neighbours that were asked the same."""
    x = _step(len(points))
    for i, (before, now) in enumerate(itertools.pairwise(points), start=1):
        if before.score and now.score and now.asked_alike:
            start, end = (f"{x(j):.1f},{_y(p.score.value):.1f}" for j, p in ((i - 1, before), (i, now)))
            yield f'<path class="p-line" d="M{start}L{end}"/>'


def _marks(points: Sequence[Point]) -> Iterator[str]:
    x = _step(len(points))
    for i, point in enumerate(points):
        if point.score is None:
            continue
        low, high = _y(point.score.low), _y(point.score.high)
        newest = i == len(points) - 1
        yield f'<path class="c-range{" c-apart" if newest else ""}" d="M{x(i):.1f},{high:.1f}V{low:.1f}"/>'
        yield f'<circle class="c-dot" cx="{x(i):.1f}" cy="{_y(point.score.value):.1f}" r="{3.6 if newest else 2.6}"/>'
