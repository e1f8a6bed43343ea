"""The addresses of the project, and some whose pages break while they hold what nobody else may read."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as own
from lotsen.people.models import Person

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def says_it(request: HttpRequest, pk: str) -> HttpResponse:
    """Break with the name and the number in the words of the exception, and in its cause."""
    person = Person.objects.get(pk=pk)
    number = person.identity_number
    try:
        int(f"{person.name} {number}")
    except ValueError as error:
        raise RuntimeError(f"{person.name}, {number}: {request.POST}") from error
    return HttpResponse()


def breaks_a_constraint(request: HttpRequest, pk: str) -> HttpResponse:
    """Break a constraint, of which PostgreSQL quotes the whole row."""
    Person.objects.filter(pk=pk).update(sex="x")
    return HttpResponse()


def quotes_what_was_typed(request: HttpRequest, pk: str) -> HttpResponse:
    """Have PostgreSQL stumble over what was typed."""
    person = Person.objects.get(pk=pk)
    Person.objects.extra(where=["family_name::int > 0"]).filter(pk=person.pk).count()
    return HttpResponse()


BROKEN = (says_it, breaks_a_constraint, quotes_what_was_typed)
urlpatterns = [*(path(f"broken/{view.__name__}/<uuid:pk>/", view, name=view.__name__) for view in BROKEN), *own]
