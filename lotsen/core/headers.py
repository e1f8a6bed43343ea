"""What every answer tells the browser, also one that was made before any page was reached."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Cache-Control: pages say who somebody is, so no browser and no proxy keeps them; static files bring their own. They
#: are read by our own pages only, and no page needs a camera, a microphone or a place.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class AnswerHeaders:
    """Add what an answer does not say by itself. Stands outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
