"""The pages, set by Typst. What people wrote reaches it as data, never as markup."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import typst

logger = logging.getLogger(__name__)
STANDARDS = ["a-3a", "ua-1"]  # for the archive with an attachment, and for screen readers


@cache
def template() -> bytes:
    return Path(__file__).with_name("dossier.typ").read_bytes()


def pages(told: dict[str, Any]) -> bytes:
    """A PDF/A-3a, PDF/UA-1. Where a letter is in no font at hand, the same pages without that promise."""
    data = {"data": json.dumps(told, ensure_ascii=False)}
    try:
        return typst.compile(template(), format="pdf", sys_inputs=data, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        logger.warning("a dossier is no PDF/A: %s", error)
        return typst.compile(template(), format="pdf", sys_inputs=data)
