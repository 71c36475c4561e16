"""How headers are written. Addresses of pages and Message-IDs are not words: they are folded between them and never
encoded, as the standard library does with what is longer than a line, and no mail program then knows them any more."""

from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from typing import Any

AS_THEY_ARE = ("list-unsubscribe", "list-unsubscribe-post", "references", "in-reply-to")


class AsItIs:
    """A header of words without blanks, each on a line of its own."""

    max_count = 1
    value_parser = staticmethod(UnstructuredHeader.value_parser)

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        UnstructuredHeader.parse.__func__(cls, value, kwds)  # type: ignore[attr-defined]

    def fold(self, *, policy: Policy) -> str:
        between = f"{policy.linesep} "
        return f"{self.name}: {between.join(str(self).split())}{policy.linesep}"  # type: ignore[attr-defined]


_REGISTRY = HeaderRegistry()
for _name in AS_THEY_ARE:
    _REGISTRY.map_to_type(_name, AsItIs)

POLICY = SMTP.clone(header_factory=_REGISTRY)
