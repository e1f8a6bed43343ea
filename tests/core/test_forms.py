"""A form does its work once, however often it is sent, and says what an action refused."""

import threading
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, connection

from lotsen.access.models import Organisation
from lotsen.core.acting import acting_as, acting_as_operator
from lotsen.core.forms import Form, once
from lotsen.core.models import Submission
from lotsen.core.refused import Refused, action
from tests import factories


class NameForm(Form):
    """A form that registers an organisation."""

    name = forms.CharField()


@action
def register(*, name):
    """Register an organisation. An action as any other."""
    return Organisation.objects.create(name=name, kind="company")


def sent(**data):
    """Return a valid form as it was sent."""
    form = NameForm({"name": "Bageriet", "submission": str(uuid4()), **data})
    assert form.is_valid()
    return form


def by(user):
    """Return a request of the user's, as far as `once` looks at it."""
    return SimpleNamespace(user=user)


def registered():
    """Count what the form has done."""
    return Organisation.objects.filter(name__startswith="Bageriet").count()


@pytest.fixture
def user(db):
    return factories.UserFactory()


def register_as_asked(form):
    """Return what the view would do with the form."""

    def act():
        number = registered() + 1
        register(name=f"{form.cleaned_data['name']} {number}")
        return f"/bageriet/{number}/"

    return act


def test_form_sent_once_does_its_work_and_says_where_to_go(user):
    form = sent()
    assert once(by(user), form, register_as_asked(form)) == "/bageriet/1/"
    assert registered() == 1


def test_form_sent_again_does_nothing_and_goes_to_the_same_place(user):
    form = sent()
    addresses = [once(by(user), form, register_as_asked(form)) for _ in range(3)]
    assert addresses == ["/bageriet/1/"] * 3
    assert registered() == 1


def test_form_opened_anew_does_its_work_anew(user):
    addresses = [once(by(user), form, register_as_asked(form)) for form in (sent(), sent())]
    assert addresses == ["/bageriet/1/", "/bageriet/2/"]


def test_form_without_a_key_still_does_its_work(user):
    form = sent(submission="")
    assert [once(by(user), form, register_as_asked(form)) for _ in range(2)] == ["/bageriet/1/", "/bageriet/2/"]


def test_form_with_the_key_of_somebody_else_neither_works_nor_tells_where_they_went(user):
    form = sent()
    once(by(user), form, register_as_asked(form))
    with pytest.raises(SuspiciousOperation):
        once(by(factories.UserFactory()), form, register_as_asked(form))
    assert registered() == 1


def refusing(field):
    """Return what a view would do where the action says no after it has written something."""

    def act():
        register(name="Bageriet som ångrar sig")
        raise Refused("The bakery is closed.", field)

    return act


@pytest.mark.parametrize(("field", "shown_by"), [("name", "name"), ("oven", "__all__"), (None, "__all__")])
def test_form_shows_what_was_refused_and_where(user, field, shown_by):
    form = sent()
    assert once(by(user), form, refusing(field)) is None
    assert form.errors == {shown_by: ["The bakery is closed."]}


def test_form_refused_leaves_nothing_and_may_be_sent_again(user):
    form = sent()
    once(by(user), form, refusing("name"))
    assert (registered(), Submission.objects.filter(user=user).count()) == (0, 0)
    again = sent(submission=str(form.cleaned_data["submission"]))
    assert once(by(user), again, register_as_asked(again)) == "/bageriet/1/"


def test_form_does_not_take_a_fault_of_its_action_for_a_second_sending(user):
    register(name="Bageriet")
    with pytest.raises(IntegrityError, match="access_organisation_name"):
        once(by(user), sent(), lambda: register(name="Bageriet"))
    assert Submission.objects.filter(user=user).count() == 0


def test_form_is_given_a_fresh_key_and_keeps_it_while_it_is_mended():
    first, second = (UUID(str(NameForm()["submission"].value())) for _ in range(2))
    assert first != second
    sent_empty = NameForm({"name": "", "submission": str(first)})
    assert not sent_empty.is_valid()
    assert sent_empty["submission"].value() == str(first)


def test_form_with_a_key_that_is_none_is_not_valid():
    form = NameForm({"name": "Bageriet", "submission": "1"})
    assert list(form.errors) == ["submission"]


def someone_waits():
    """Tell whether another session waits for this one. Asked until it is so, or until the other has given up."""
    with connection.cursor() as cursor:
        for _ in range(20_000):
            cursor.execute("select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))")
            if cursor.fetchone():
                return True
    return False


class Sender(threading.Thread):
    """Sends a form as a request would: in a transaction and on a connection of its own."""

    def __init__(self, user, form, act):
        super().__init__()
        self.user, self.form, self.act = user, form, act
        self.address = None

    def run(self):
        try:
            with acting_as(self.user.pk):
                self.address = once(by(self.user), self.form, self.act)
        finally:
            connection.close()


def sent_together(*, first_succeeds):
    """Send the same form twice; the second sending begins while the first is at work.

    Returns who began to work, both addresses, and what was done.
    """
    # An earlier test may have left this connection open to its own database.
    connection.close()
    with acting_as_operator("tests"):
        user = factories.UserFactory()
    key, began = str(uuid4()), []

    def first_act():
        began.append("first")
        register(name="Bageriet ett")
        second.start()
        assert someone_waits()
        if not first_succeeds:
            raise Refused("The bakery is closed.")
        return "/bageriet/first/"

    def second_act():
        began.append("second")
        register(name="Bageriet två")
        return "/bageriet/second/"

    first, second = Sender(user, sent(submission=key), first_act), Sender(user, sent(submission=key), second_act)
    first.start()
    first.join(30)
    second.join(30)
    done = Organisation.objects.filter(name__startswith="Bageriet").values_list("name", flat=True)
    return began, (first.address, second.address), list(done)


def test_form_sent_twice_at_the_same_time_does_its_work_once(committed_db):
    assert sent_together(first_succeeds=True) == (
        ["first"],
        ("/bageriet/first/", "/bageriet/first/"),
        ["Bageriet ett"],
    )


def test_form_sent_twice_at_the_same_time_works_the_second_time_where_the_first_was_refused(committed_db):
    assert sent_together(first_succeeds=False) == (
        ["first", "second"],
        (None, "/bageriet/second/"),
        ["Bageriet två"],
    )
