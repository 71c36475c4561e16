"""Pages of other areas, which may not be there."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *arguments: str) -> str:
    """The address of a page, or nothing where there is none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
