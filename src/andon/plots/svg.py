"""From a Vega-Lite specification to SVG that a strict page may hold: no inline style, ids of its own."""

import re
from functools import lru_cache
from hashlib import blake2s
from html import escape
from json import dumps
from typing import Any

import vl_convert

LIGHT = {  # for paper and mail, where custom properties are unknown; the light side of tokens.css
    "var(--ink)": "#1c2026",
    "var(--quiet)": "#5b626d",
    "var(--line)": "#e2e0dc",
    "var(--calm)": "#1f5f8f",
    "var(--cord)": "#c2361a",
    "var(--good)": "#14704a",
    "var(--sheet)": "#ffffff",
    "var(--sans)": "sans-serif",
}


def to_svg(spec: dict[str, Any], plain: bool = False) -> str:
    """The picture of `spec`, about 60 ms the first time. `plain` writes colours out for paper and mail."""
    meta = spec.get("usermeta", {})
    label = f"{meta.get('title', '')}. {meta.get('sentence', '')}".strip(". ")
    svg = _tidy(_convert(dumps(spec, sort_keys=True)), label)
    return _plain(svg) if plain else svg


@lru_cache(maxsize=64)
def _convert(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def _tidy(svg: str, label: str) -> str:
    mine = blake2s(svg.encode(), digest_size=5).hexdigest()
    svg = re.sub(r'\bid="([^"]+)"', rf'id="v{mine}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#v{mine}-\1)", svg)
    svg = re.sub(r'\s(?:style|class|role|aria-[a-z]+|pointer-events|display)="[^"]*"', "", svg)
    return re.sub(r"<svg[^>]*>", lambda found: _opening(found[0], label), svg, count=1)


def _opening(tag: str, label: str) -> str:
    """The outermost tag: sized by its place, one image to a screen reader."""
    box = re.search(r'viewBox="[^"]*"', tag)
    name = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="c-large" {box[0] if box else ""} {name}>'


def _plain(svg: str) -> str:
    for name, colour in LIGHT.items():
        svg = svg.replace(name, colour)
    return svg
