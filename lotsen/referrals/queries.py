"""Questions over referrals: who may send to what, who fits, and who is known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, User
from lotsen.cases.enums import CaseState
from lotsen.cases.models import Case, state_of
from lotsen.cases.queries import Eligibility, eligibility
from lotsen.core import database, encryption
from lotsen.core.dates import age_on
from lotsen.core.refused import Refused
from lotsen.core.text import search_key
from lotsen.people.models import Person
from lotsen.programmes.enums import PartnerRole
from lotsen.programmes.models import Programme

from .models import Referral

#: A referral that nobody has answered for so many days is late.
ANSWERED_WITHIN = timedelta(days=10)


def programmes_to_refer_to(user: User, on: date) -> QuerySet[Programme]:
    """Return the programmes that run, and that a unit of the user's takes part in or an organisation refers to."""
    takes_part = Q(units__in=user.own_units)
    refers = Q(
        partners__organisation__in=user.referring_organisations, partners__roles__contains=[PartnerRole.REFERRER]
    )
    return Programme.objects.filter(takes_part | refers, ends_on__gte=on).distinct()


def referrers_of(programme: Programme) -> QuerySet[Organisation]:
    """Return the organisations that refer people to a programme."""
    return Organisation.objects.filter(
        partnerships__programme=programme, partnerships__roles__contains=[PartnerRole.REFERRER]
    ).order_by("name")


@dataclass(frozen=True)
class SentCase:
    """What a referrer is told of a case: the number, the programme and the state."""

    number: str
    programme: Programme
    referred_on: date
    started_on: date | None
    closed_on: date | None
    state: CaseState


def sent_cases() -> list[SentCase]:
    """Return the cases that the acting user's organisation has referred. The database gives no more columns."""
    rows = database.rows("lotsen_referrals")
    programmes = Programme.objects.in_bulk({programme for _number, programme, *_days in rows})
    return [
        SentCase(number, programmes[programme], referred, started, closed, state_of(started, closing))
        for number, programme, referred, started, closed, closing in rows
    ]


def fits(referral: Referral) -> list[Eligibility]:
    """Return each target group of the programme, and how the facts of a referral stand to its rule."""
    return eligibility(referral.programme, facts_of(referral))


def facts_of(referral: Referral) -> dict[str, Any]:
    """Return the facts that rules ask for, as the referral tells them; unknown is not there."""
    told = {**referral.facts, "sex": referral.sex or None, "support": referral.support or None}
    if referral.birth_date:
        told["age"] = age_on(referral.birth_date, referral.sent_on)
    return told


def known_already(referral: Referral) -> list[Person]:
    """Return the persons, of those the acting user may see, who may be the one that is referred.

    By the identity number, now or before; or by the same name and day of birth.
    """
    same_name = Q(search_key=search_key(f"{referral.given_name} {referral.family_name}"))
    same = same_name & (Q(birth_date=referral.birth_date) | Q(birth_date=None)) if referral.birth_date else same_name
    persons = Person.objects.filter(merged_into=None, unit__organisation=referral.unit.organisation_id)
    found = persons.filter(same)
    if number := referral.identity_number:
        found = found | persons.numbered(encryption.blind_indexes(number))
    return list(found.distinct().select_related("unit").prefetch_related("cases__programme").order_by("sort_key"))


def sent_twice(referral: Referral) -> list[Referral]:
    """Return other referrals to the same programme that wait, and may be of the same person."""
    others = Referral.objects.waiting().filter(programme=referral.programme).exclude(pk=referral.pk)
    same = Q(given_name__iexact=referral.given_name, family_name__iexact=referral.family_name)
    if referral.identity_index:
        same |= Q(identity_index=referral.identity_index)
    return list(others.filter(same).select_related("from_organisation", "unit"))


def in_programme(persons: Iterable[Person], programme: Programme) -> dict[Any, Case]:
    """Return the case that each of some persons has in a programme already, by person."""
    cases = Case.objects.filter(programme=programme, person__in=[person.pk for person in persons])
    return {case.person_id: case for case in cases}


def next_case_number(programme: Programme) -> str:
    """Return the next free case number of a programme. The database gives out one at a time."""
    number = database.call("lotsen_next_case_number", programme.pk)
    if number is None:
        raise Refused(_("The programme is not one of yours."))
    return f"{programme.code.upper()}-{number:04}"
