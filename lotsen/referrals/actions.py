"""What happens to a referral."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.actions import must_take_in, refer_case
from lotsen.cases.enums import CaseState
from lotsen.cases.models import Case
from lotsen.cases.queries import CASE_FACTS
from lotsen.core import encryption
from lotsen.core.dates import age_on
from lotsen.core.models import change
from lotsen.core.refused import Refused, action
from lotsen.people.actions import register_person
from lotsen.people.models import Consent, Person
from lotsen.people.queries import grade_of, kind_of_number, normal_identity_number, told_by
from lotsen.programmes.models import Programme

from .enums import TRANSITIONS, ReferralState
from .models import Referral
from .queries import facts_of, next_case_number

#: How long the referrer can read whom a declined or withdrawn referral was about.
REMEMBERED = timedelta(days=60)


@action
def send_referral(
    *,
    programme: Programme,
    unit: Unit,
    from_organisation: Organisation,
    on: date,
    facts: Mapping[str, Any],
    identity_number: str = "",
    identity_grade: str = "",
    **told: Any,
) -> Referral:
    """Send somebody to a programme, or type in what came on paper.

    `facts` are facts at entry by the name of the case's field; `told` the other fields of the referral. Sex and day of
    birth are read from the identity number where there is one (folkbokföringslagen 1991:481, 18 §).
    """
    must_take_in(programme, unit, on)
    known = {name: value for name, value in facts.items() if value is not None and value != ""}
    referral = Referral(
        pk=uuid.uuid4(),
        programme=programme,
        unit=unit,
        from_organisation=from_organisation,
        sent_on=on,
        facts=known,
        **told,
    )
    if identity_number:
        number = normal_identity_number(identity_number)
        referral.identity_kind = kind_of_number(number, identity_grade)
        referral.identity_sealed = encryption.encrypt(number, referral.pk)
        referral.identity_index = encryption.blind_index(number)
        referral.birth_date, referral.sex = told_by(number)
    referral.save(force_insert=True)
    return referral


@action
def offer_transfer(*, case: Case, programme: Programme, unit: Unit, reason: str, by: User, on: date) -> Referral:
    """Send a participant on to another unit or programme. The answer is the receipt; the case stays open until then.

    What the receiver reads crosses a border of secrecy where the units do not share a domain: then a consent in force
    must cover it (offentlighets- och sekretesslagen 10:1).
    """
    person = case.person
    if person is None or case.state != CaseState.ACTIVE:
        raise Refused(_("Only a case that is going on can be sent on."))
    if case.transfers.filter(state=ReferralState.WAITING).exists():
        raise Refused(_("The case is sent on already, and waits for an answer."))
    if unit.secrecy_domain_id != case.unit.secrecy_domain_id and not _may_tell(case, unit, on):
        raise Refused(_("No consent covers %(unit)s. Record one first, then send.") % {"unit": unit.name}, "to")
    support = case.supportentrys.last()
    return send_referral(
        programme=programme,
        unit=unit,
        from_organisation=case.unit.organisation,
        on=on,
        facts={name: getattr(case, name) for name in CASE_FACTS if name not in _TOLD},
        identity_number=person.identity_number,
        identity_grade=grade_of(person.identity_kind),
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        sex=person.sex or case.sex,
        contact=person.contact,
        support=support.support if support else "",
        reason=reason,
        reference=case.number,
        from_case=case,
        sent_by=by,
    )


#: What the referral tells by fields of its own.
_TOLD = {"age", "sex"}


def _may_tell(case: Case, unit: Unit, on: date) -> bool:
    """Tell whether a consent, or another ground, lets the case's unit tell another one about the person."""
    told = Consent.objects.in_force(on).filter(person=case.person_id, from_unit=case.unit_id)
    return told.filter(Q(to_unit=unit) | Q(to_organisation=unit.organisation_id, to_unit=None)).exists()


@action
def accept_referral(*, referral: Referral, person: Person | None, by: User, on: date) -> Case:
    """Take somebody in: the person is registered, unless known already, and gets a case of the day of the referral."""
    _must_wait(referral, "accept_referral")
    if person is None:
        person = register_person(
            unit=referral.unit,
            identity_number=referral.identity_number,
            identity_grade=grade_of(referral.identity_kind),
            **{name: getattr(referral, name) for name in ("given_name", "family_name", "birth_date", "sex", "contact")},
        )
    facts = {name: value for name, value in facts_of(referral).items() if name not in {"support", "sex"}}
    if person.birth_date:
        facts["age"] = age_on(person.birth_date, referral.sent_on)
    case = refer_case(
        programme=referral.programme,
        unit=referral.unit,
        person=person,
        on=referral.sent_on,
        number=next_case_number(referral.programme),
        facts={**facts, "sex": referral.sex or person.sex},
        referred_by=referral.from_organisation,
    )
    _decide(referral, ReferralState.ACCEPTED, by=by, on=on, case=case)
    _forget(referral)
    return case


@action
def decline_referral(*, referral: Referral, answer: str, by: User, on: date) -> None:
    """Say no, and why: the reason goes back to the referrer."""
    _must_wait(referral, "decline_referral")
    if not answer.strip():
        raise Refused(_("Say why. The referrer reads it."), "answer")
    _decide(referral, ReferralState.DECLINED, by=by, on=on, answer=answer.strip())


@action
def withdraw_referral(*, referral: Referral, by: User, on: date) -> None:
    """Take back what one has sent, before it is answered. Who it was about is forgotten at once."""
    _must_wait(referral, "withdraw_referral")
    _decide(referral, ReferralState.WITHDRAWN, by=by, on=on)
    _forget(referral)


@action
def forget_referrals(*, on: date) -> int:
    """Forget whom referrals that led to nothing were about, when the referrer has had time to read the answer."""
    over = Referral.objects.filter(state=ReferralState.DECLINED, decided_on__lt=on - REMEMBERED)
    found = over.exclude(given_name="")
    for referral in found:
        _forget(referral)
        referral.reason = referral.answer = ""
        referral.save(update_fields=["reason", "answer"])
    return len(found)


def _must_wait(referral: Referral, action: str) -> None:
    """Refuse what the table of transitions does not name."""
    if (referral.state, action) not in {(before, name) for before, name, _after in TRANSITIONS}:
        raise Refused(
            _("This referral is answered already: %(state)s, %(day)s.")
            % {"state": referral.get_state_display().lower(), "day": referral.decided_on}
        )


def _decide(referral: Referral, state: ReferralState, *, by: User, on: date, **more: Any) -> None:
    change(referral, state=state, decided_by=by, decided_on=on, **more)
    referral.save(update_fields=["state", "decided_by", "decided_on", *more])


def _forget(referral: Referral) -> None:
    """Take away who it is about: that stands in the person's record now, or nowhere."""
    blank: dict[str, Any] = {
        **dict.fromkeys(("given_name", "family_name", "identity_kind", "contact", "interpreter", "support"), ""),
        **dict.fromkeys(("identity_sealed", "identity_index", "birth_date")),
        "facts": {},
    }
    if referral.state == ReferralState.ACCEPTED:
        # Asked for again when the case starts.
        del blank["interpreter"], blank["support"]
    change(referral, **blank)
    referral.save(update_fields=list(blank))
