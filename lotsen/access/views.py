"""One's own password."""

from allauth.account.views import PasswordChangeView
from django.http import Http404, HttpResponse

from lotsen.core.rights import Request, signed_in


@signed_in
def password_change(request: Request) -> HttpResponse:
    """Change one's own password. Who signs in by an identity provider has none here."""
    if not request.user.has_usable_password():
        raise Http404
    response: HttpResponse = PasswordChangeView.as_view()(request)
    return response
