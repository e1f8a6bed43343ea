"""Reviews of the reading log."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import User
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.people.models import Reading
from lotsen.records import actions, exports, queries
from lotsen.records.forms import ReviewForm, SignForm, VerdictsForm
from lotsen.records.models import LogReview


@allow(Permission.READINGS_REVIEW)
def review_list(request: Request) -> HttpResponse:
    """Begin a review of a period, and list those that were made."""
    form = ReviewForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            period = {name: form.cleaned_data[name] for name in ("organisation", "since", "until")}
            review = actions.begin_review(by=request.user, at=timezone.localtime(), **period)
            return reverse("review_detail", args=[review.pk])

        if address := once(request, form, act):
            return redirect(address)
    reviews = LogReview.objects.visible_to(request.user).select_related("organisation", "signed_by")
    context = {"form": form, "reviews": reviews}
    return render(request, "records/review_list.html", context, status=422 if form.errors else 200)


def _visible(request: Request, pk: UUID) -> LogReview:
    found: LogReview = get_object_or_404(
        LogReview.objects.visible_to(request.user).select_related("organisation", "signed_by"), pk=pk
    )
    return found


@allow(Permission.READINGS_REVIEW)
def review_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show the drawn readings, pattern by pattern, and take the verdicts."""
    review = _visible(request, pk)
    rows = list(review.reviewed.order_by("pk"))
    form = VerdictsForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.judge_readings(review=review, verdicts=form.verdicts())
            return reverse("review_detail", args=[review.pk])

        if address := once(request, form, act):
            messages.success(request, _("Your verdicts are saved."))
            return redirect(address)
    return _page(request, review, form, SignForm())


@allow(Permission.READINGS_REVIEW)
@require_POST
def review_sign(request: Request, pk: UUID) -> HttpResponse:
    """Sign a review. It then stays as it is."""
    review = _visible(request, pk)
    form = SignForm(request.POST)
    if form.is_valid():

        def act() -> str:
            actions.sign_review(review=review, remark=form.cleaned_data["remark"], by=request.user, at=timezone.now())
            return reverse("review_list")

        if address := once(request, form, act):
            messages.success(request, _("The review is signed."))
            return redirect(address)
    return _page(request, review, VerdictsForm(rows=list(review.reviewed.order_by("pk"))), form)


def _page(request: Request, review: LogReview, form: VerdictsForm, sign_form: SignForm) -> HttpResponse:
    readings = Reading.objects.visible_to(request.user).in_bulk([row.reading_id for row in form.rows])
    names = dict(User.objects.filter(pk__in={r.user_id for r in readings.values()}).values_list("pk", "name"))
    done, drawn = queries.judged(review)
    context = {
        "review": review,
        "form": form if form.errors else sign_form,
        "verdicts": form,
        "sign_form": sign_form,
        "groups": exports.review_groups(review, form, readings, names),
        "done": done,
        "drawn": drawn,
    }
    has_errors = form.errors or sign_form.errors
    return render(request, "records/review_detail.html", context, status=422 if has_errors else 200)
