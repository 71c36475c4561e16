"""Every address of the product, by walking the URLs as Django does."""

from django.urls import URLPattern, URLResolver, get_resolver

LIBRARIES = ("account_", "mfa_", "socialaccount_")


def names(resolver=None, prefix: str = "") -> list[str]:
    """Full names ("area:name") of every address; one without a name is given by its pattern."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += names(entry, space)
        elif isinstance(entry, URLPattern):
            found.append(prefix + (entry.name or str(entry.pattern)))
    return found


def ours() -> set[str]:
    return {name for name in names() if not name.startswith(LIBRARIES)}
