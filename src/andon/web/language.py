"""In which language a page is answered: the one chosen, or else asked for by the browser, or else that of the house."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


class Language(LocaleMiddleware):
    """Django's, but where nothing was asked for that Andon speaks the language of the house is taken."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if not asked(request):
            translation.activate(settings.HOUSE_LANGUAGE)
            request.LANGUAGE_CODE = translation.get_language()


def asked(request: HttpRequest) -> bool:
    """Whether the cookie or the browser names a language that Andon speaks."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES):
        return True
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return any(_spoken(code) for code, _weight in wanted)


def _spoken(code: str) -> bool:
    try:
        return code != "*" and bool(get_supported_language_variant(code))
    except LookupError:
        return False
