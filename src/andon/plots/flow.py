"""Ways that are taken step by step: lanes, in them a bar for each stage, and bands as wide as many went that way.

A lane a step, so that whoever comes back to a step stays in its lane. Colours come from chart.css.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from andon.plots import words
from andon.plots.ticks import text

BAR, HEAD, LABEL, GAP = 9.0, 26.0, 17.0, 9.0  # pixels
THINNEST = 1.5  # pixels of the smallest bar and band
ROOMY = 480.0  # pixels of width, below which fewer stages and lanes fit
SIDE = 44.0  # pixels for the numbers of the last stage
NUMBERED = 10.0  # pixels of a bar from which its number is written beside it


@dataclass(frozen=True, slots=True)
class FlowBand:
    """From a stage (0, 1, ...) at one step to the next stage at another; end is "" for those who went no further."""

    stage: int
    start: str
    end: str
    size: float


@dataclass(frozen=True, slots=True)
class Flow:
    """stages: their names, in order; bands reach from each to the next. other: the name of what is too small for a lane
    of its own. noun, nouns: what is counted, one and many. lanes: how many a wide picture has.
    """

    title: str
    sentence: str
    stages: tuple[str, ...]
    bands: tuple[FlowBand, ...]
    other: str = "Other steps"
    noun: str = "journey"
    nouns: str = "journeys"
    lanes: int = 7

    def __len__(self) -> int:
        return len(self.bands)


def flow(chart: Flow, width: int = 720, height: int = 320) -> str:
    """The picture. A narrow one has fewer lanes and stages; `height` is that of the lanes without their names."""
    said = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    chart = _fitting(chart, width)
    frame = _Frame(chart, float(width), float(height))
    body = "".join(_body(chart, frame)) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {frame.height:.0f}" role="img" aria-label="{said}">{body}</svg>'


def _fitting(chart: Flow, width: float) -> Flow:
    """As many stages as fit, and steps that are too small for a lane counted together."""
    roomy = width > ROOMY
    stages = chart.stages if roomy else chart.stages[:3]
    bands = [band for band in chart.bands if band.stage < len(stages) - (not roomy)]
    order = list(_by_size(bands, chart.other))
    kept = {*order[: chart.lanes if roomy else min(chart.lanes, 5)], ""}
    whole: dict[tuple[int, str, str], float] = defaultdict(float)
    for band in bands:
        ends = (name if name in kept else chart.other for name in (band.start, band.end))
        whole[(band.stage, *ends)] += band.size  # type: ignore[index]
    return replace(chart, stages=stages, bands=tuple(FlowBand(*key, size) for key, size in whole.items()))


def _by_size(bands: Sequence[FlowBand], other: str) -> Mapping[str, float]:
    """Steps with their largest bar, the largest first and what is counted together last."""
    bars = _bars(bands)
    sizes: dict[str, float] = defaultdict(float)
    for (_stage, name), size in bars.items():
        sizes[name] = max(sizes[name], size)
    order = sorted(sizes, key=lambda name: (name == other, -sizes[name], name))
    return {name: sizes[name] for name in order}


def _bars(bands: Sequence[FlowBand]) -> Mapping[tuple[int, str], float]:
    """How many stood at each step at each stage: as many as came, or as went on."""
    came: dict[tuple[int, str], float] = defaultdict(float)
    went: dict[tuple[int, str], float] = defaultdict(float)
    for band in bands:
        went[band.stage, band.start] += band.size
        if band.end:
            came[band.stage + 1, band.end] += band.size
    return {key: max(came[key], went[key]) for key in {**came, **went}}


class _Frame:
    """Where lanes, bars and stages lie."""

    def __init__(self, chart: Flow, width: float, height: float) -> None:
        self.width, self.bars = width, _bars(chart.bands)
        sizes = _by_size(chart.bands, chart.other)
        self.scale = height / (sum(sizes.values()) or 1.0)
        self.top: dict[str, float] = {}
        y = HEAD
        for name, size in sizes.items():
            self.top[name] = y + LABEL
            y += LABEL + max(size * self.scale, THINNEST) + GAP
        self.height = y
        self.step = (width - BAR - SIDE) / max(len(chart.stages) - 1, 1)

    def x(self, stage: int) -> float:
        return stage * self.step

    def tall(self, size: float) -> float:
        return max(size * self.scale, THINNEST)


def _body(chart: Flow, frame: _Frame) -> Iterator[str]:
    for stage, name in enumerate(chart.stages):
        last = stage == len(chart.stages) - 1
        yield text(frame.width if last else frame.x(stage), 12, name, "end" if last else "start")
    yield from _bands(chart, frame)
    for (stage, name), size in sorted(frame.bars.items()):
        yield _bar(chart, frame, stage, name, size)
    for name, y in frame.top.items():
        yield text(0, y - 4, name, "start", "c-name")
    for (stage, name), size in sorted(frame.bars.items()):
        if frame.tall(size) >= NUMBERED or stage == 0:
            y = frame.top[name] + min(frame.tall(size) / 2, 40) + 4
            yield text(frame.x(stage) + BAR + 5, max(y, frame.top[name] + 7), f"{size:,.0f}", "start")


def _bar(chart: Flow, frame: _Frame, stage: int, name: str, size: float) -> str:
    told = f"{name}, {chart.stages[stage]}: {_counted(chart, size)}"
    return (
        f'<rect class="c-stop" x="{frame.x(stage):.1f}" y="{frame.top[name]:.1f}" width="{BAR:g}" '
        f'height="{frame.tall(size):.1f}"><title>{escape(told)}</title></rect>'
    )


def _bands(chart: Flow, frame: _Frame) -> Iterator[str]:
    """Those that stay in their lane first in each bar, then by lane; what went no further is the rest of the bar."""
    place = {name: i for i, name in enumerate(frame.top)}
    left: dict[tuple[int, str], float] = defaultdict(float)
    right: dict[tuple[int, str], float] = defaultdict(float)
    going = [band for band in chart.bands if band.end]
    for band in sorted(going, key=lambda b: (b.stage, b.start != b.end, place[b.start], place[b.end])):
        start, end = (band.stage, band.start), (band.stage + 1, band.end)
        y = frame.top[band.start] + left[start] * frame.scale, frame.top[band.end] + right[end] * frame.scale
        left[start] += band.size
        right[end] += band.size
        yield _band(chart, frame, band, *y)


def _band(chart: Flow, frame: _Frame, band: FlowBand, y: float, to: float) -> str:
    x, end, tall = frame.x(band.stage) + BAR, frame.x(band.stage + 1), frame.tall(band.size)
    middle = (x + end) / 2
    over = [(x, y), (middle, y), (middle, to), (end, to)]
    back = [(end, to + tall), (middle, to + tall), (middle, y + tall), (x, y + tall)]
    path = f"M{_points(over[:1])}C{_points(over[1:])}L{_points(back[:1])}C{_points(back[1:])}Z"
    kind = "c-stream c-again" if band.start == band.end != chart.other else "c-stream"
    told = f"{band.start}, then {band.end}: {_counted(chart, band.size)}"
    return f'<path class="{kind}" d="{path}"><title>{escape(told)}</title></path>'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _counted(chart: Flow, size: float) -> str:
    return words.counted(round(size), chart.noun, chart.nouns)


def flow_table(chart: Flow) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a band of the wide picture, in order of stages and the widest first."""
    chart = _fitting(chart, 2 * ROOMY)
    header = ("From", "Stage", words.capital(chart.nouns), "To")
    order = sorted(chart.bands, key=lambda band: (band.stage, -band.size, band.start, band.end))
    return header, [
        (band.start, str(band.stage + 1), f"{band.size:,.0f}", band.end or "no further") for band in order
    ]
