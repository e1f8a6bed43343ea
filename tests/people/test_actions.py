"""A person is registered once with an authority, and the identity number is kept where nobody can read it."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from lotsen.core import encryption
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.actions import register_person
from lotsen.people.enums import IdentityKind
from lotsen.people.models import Person
from lotsen.people.queries import normal_identity_number
from tests import factories
from tests.factories import NUMBERS

NUMBER = NUMBERS[0]
#: The Tax Agency's own example of a coordination number (SKV 707): a man born on 3 October 1970.
COORDINATION = "701063-2391"
TAKEN = "This identity number is already registered. Search for the person instead."
NO_NUMBER = "This is not a personal identity number. Write twelve digits: year, month, day and the last four."


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def register(unit, **given):
    """Register a person as a form would."""
    fields = {"given_name": "Åsa", "family_name": "Öberg", "birth_date": date(1990, 5, 1), "sex": "woman"}
    with transaction.atomic():
        return register_person(unit=unit, **{**fields, **given})


def refusal(unit, **given):
    """Return the sentence of a refusal, and the field that it belongs to."""
    with pytest.raises(Refused) as caught:
        register(unit, **given)
    return str(caught.value), caught.value.field


def test_person_is_registered_with_the_unit_and_its_authority(pitea):
    person = Person.objects.get(pk=register(pitea, identity_number=NUMBER).pk)
    assert (person.unit, person.organisation) == (pitea, pitea.organisation)
    assert (person.name, person.list_name, str(person)) == ("Åsa Öberg", "Öberg, Åsa", "Åsa Öberg")
    assert (person.birth_date, person.sex, person.identity_number) == (date(1990, 5, 1), "woman", NUMBER)


def test_person_may_be_registered_without_a_number(pitea):
    people = [register(pitea) for _ in range(2)]
    assert [person.identity_number for person in people] == ["", ""]


def rows_of(table, person):
    """Return a person's rows of a table as PostgreSQL writes them, with each sealed value as bytes too."""
    key = "id" if table == "people_person" else "pgh_obj_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select t::text, t.identity_sealed, t.identity_index from {table} t where {key} = %s", [person.pk]
        )
        return [(text, bytes(sealed), bytes(index)) for text, sealed, index in cursor.fetchall()]


@pytest.mark.parametrize("table", ["people_person", "people_personevent"])
def test_identity_number_stands_nowhere_in_plain_digits(pitea, table):
    person = register(pitea, identity_number=NUMBER)
    Person.objects.filter(pk=person.pk).update(given_name="Eva")
    rows = rows_of(table, person)
    assert len(rows) == (1 if table == "people_person" else 2)
    for row in rows:
        as_bytes = [row[0].encode(), *row[1:]]
        assert [
            part for part in as_bytes for digits in (NUMBER, NUMBER[2:], NUMBER[:8]) if digits.encode() in part
        ] == []


def test_identity_number_opens_in_the_history_as_well(pitea):
    person = register(pitea, identity_number=NUMBER)
    (event,) = person.events.all()
    assert encryption.decrypt(bytes(event.identity_sealed), event.pgh_obj_id) == NUMBER


def test_identity_number_moved_to_another_person_does_not_open(pitea):
    one, two = (register(pitea, identity_number=number) for number in NUMBERS[:2])
    Person.objects.filter(pk=two.pk).update(identity_sealed=one.identity_sealed)
    moved = Person.objects.get(pk=two.pk)
    with pytest.raises(InvalidTag):
        _ = moved.identity_number


@pytest.mark.parametrize("again", [NUMBER, f"{NUMBER[:8]}-{NUMBER[8:]}", f"{NUMBER[2:8]}-{NUMBER[8:]}", f" {NUMBER} "])
def test_identity_number_that_the_authority_has_is_refused_however_it_is_written(pitea, again):
    register(pitea, identity_number=NUMBER)
    other_unit = factories.UnitFactory(organisation=pitea.organisation)
    assert refusal(other_unit, given_name="Eva", identity_number=again) == (TAKEN, "identity_number")
    assert Person.objects.filter(organisation=pitea.organisation).count() == 1


def test_identity_number_that_the_authority_has_is_refused_where_the_person_may_not_be_seen(pitea):
    """Row security hides the other unit's person; the database still knows."""
    register(pitea, identity_number=NUMBER)
    other_unit = factories.UnitFactory(organisation=pitea.organisation)
    with acting_as(factories.staff(other_unit).pk):
        assert Person.objects.filter(organisation=pitea.organisation).count() == 0
        assert refusal(other_unit, identity_number=NUMBER) == (TAKEN, "identity_number")


def test_identity_number_may_be_registered_by_two_authorities(pitea, arvidsjaur):
    people = [register(unit, identity_number=NUMBER) for unit in (pitea, arvidsjaur)]
    assert [person.identity_number for person in people] == [NUMBER, NUMBER]
    assert bytes(people[0].identity_sealed) != bytes(people[1].identity_sealed)


def test_person_whose_fault_is_another_is_not_said_to_have_a_number_that_is_taken(pitea):
    with pytest.raises(IntegrityError, match="person_sex_is_known"):
        register(pitea, sex="unknown")


BAD = [
    *("x", "0", "-", "198", "Åsa Öberg", NUMBER[:-1], f"{NUMBER}0", f"{NUMBER[:8]} {NUMBER[8:]}"),
    *(f"{NUMBER[:11]}{(int(NUMBER[11]) + 1) % 10}", f"{NUMBER[:4]}13{NUMBER[6:]}", f"{NUMBER[:6]}00{NUMBER[8:]}"),
    *(f"{NUMBER[:8]}000{NUMBER[11:]}", f"'{NUMBER}", f"{NUMBER}; drop table people_person", "\N{SUPERSCRIPT TWO}" * 12),
]


@pytest.mark.parametrize("number", BAD)
def test_identity_number_that_is_none_is_refused(pitea, number):
    assert refusal(pitea, identity_number=number) == (NO_NUMBER, "identity_number")
    assert Person.objects.filter(unit=pitea).count() == 0


def test_identity_number_may_be_a_coordination_number(pitea):
    grade = IdentityKind.COORDINATION_PROBABLE
    person = register(pitea, identity_number=COORDINATION, identity_grade=grade)
    assert (person.identity_number, person.identity_kind) == ("197010632391", grade)


@pytest.mark.parametrize(
    ("number", "grade", "sentence"),
    [
        (COORDINATION, "", "This is a coordination number. Say how sure the identity is."),
        (NUMBER, "coordination_proven", "This is a personal identity number: it has no grade."),
    ],
)
def test_identity_number_and_its_grade_belong_together(pitea, number, grade, sentence):
    assert refusal(pitea, identity_number=number, identity_grade=grade) == (sentence, "identity_grade")


@pytest.mark.parametrize("number", NUMBERS[:5])
def test_identity_number_is_kept_as_twelve_digits(number):
    ten = f"{number[2:8]}-{number[8:]}"
    written = [number, f"{number[:8]}-{number[8:]}", ten, ten.replace("-", ""), f"\t{number}\n"]
    assert [normal_identity_number(text) for text in written] == [number] * 5


@pytest.mark.parametrize("zero", ["\N{FULLWIDTH DIGIT ZERO}", "\N{ARABIC-INDIC DIGIT ZERO}"])
def test_identity_number_in_the_digits_of_another_script_is_the_same_number(zero):
    """Else it would have another index, and the same human would be registered twice."""
    assert normal_identity_number("".join(chr(ord(zero) + int(digit)) for digit in NUMBER)) == NUMBER


@st.composite
def misspelt(draw):
    """Return an official test number with signs put into it, or in place of some of its own. Never another number."""
    number = draw(st.sampled_from(NUMBERS))
    signs = st.text(st.characters(exclude_categories=("Nd", "Cs")) | st.sampled_from(" -+\n\0"), max_size=2)
    start = draw(st.integers(0, 12))
    return number[:start] + draw(signs) + number[start + draw(st.integers(0, 1)) :]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(misspelt() | st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=15))
def test_identity_number_is_twelve_digits_or_refused_whatever_is_typed(text):
    try:
        found = normal_identity_number(text)
    except Refused as refused:
        found = str(refused)
    assert found in {NO_NUMBER, *NUMBERS}


def test_people_are_sorted_in_the_swedish_order(pitea):
    for family_name, given_name in (
        *(("Öberg", "Åsa"), ("Zetterberg", "Ali"), ("Åberg", "Bo"), ("Andersson", "Örjan"), ("Ärlig", "Eva")),
        *(("Andersson", "Åke"), ("ANDERSSON", "Zoë"), ("Éklund", "Eva"), ("von Berg", "Ida")),
    ):
        register(pitea, family_name=family_name, given_name=given_name)
    names = [person.list_name for person in Person.objects.filter(unit=pitea).order_by("sort_key")]
    assert names == [
        *("ANDERSSON, Zoë", "Andersson, Åke", "Andersson, Örjan", "Éklund, Eva", "von Berg, Ida"),
        *("Zetterberg, Ali", "Åberg, Bo", "Ärlig, Eva", "Öberg, Åsa"),
    ]


def saved(pitea, **changes):
    """Save a person past the action, with some fields changed."""
    person = register(pitea, identity_number=NUMBERS[1])
    Person.objects.filter(pk=person.pk).update(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("person_sex_is_known", {"sex": "x"}),
        ("person_identity_is_whole", {"identity_sealed": None}),
        ("person_identity_is_whole", {"identity_index": None}),
        ("person_identity_once_in_organisation", {"identity_index": encryption.blind_index(NUMBER)}),
    ],
)
def test_database_refuses_a_person_that_cannot_be(pitea, constraint, changes):
    register(pitea, identity_number=NUMBER)
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        saved(pitea, **changes)
