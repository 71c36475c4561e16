"""Pages as they are read."""


def text(answer) -> str:
    """The source of a page that was shown, with plain spaces for those that hold a line together."""
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def flowing(answer) -> str:
    """The same on one line."""
    return " ".join(text(answer).split())
