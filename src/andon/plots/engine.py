"""The script that makes large charts live, taken from the installed vl-convert: never kept in the project."""

from importlib.metadata import version

import vl_convert

VERSION = version("vl-convert-python")


def javascript() -> str:
    """An ES module of about 900 kB that exports `vegaEmbed`. Takes two seconds; keep what it returns."""
    return str(vl_convert.javascript_bundle("export { vegaEmbed };"))
