"""Organisations, units, users and their memberships, and invitations to them."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep

from .enums import CASEWORK_ROLES, OVERSEEING_ROLES, OrganisationKind, Permission, Role

#: For so long an invitation holds.
INVITED_FOR = timedelta(days=7)


class Municipality(models.Model):
    """One of Sweden's municipalities, by Statistics Sweden's code."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    county = models.CharField(max_length=60)

    class Meta:
        ordering = ("name",)

    class Privacy:
        ordinary = ("code", "name", "county")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


@tracked
class Organisation(Record):
    """A municipality, agency, company, association, school or funder: whoever has units or takes part."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            )
        ]

    class Privacy:
        ordinary = ("id", "name", "kind", "municipality")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


class SecrecyDomain(models.Model):
    """One authority's one branch: its units are one side of the border of secrecy (OSL 2009:400, 8 kap. 1-2 §§)."""

    code = models.CharField(max_length=60, primary_key=True)
    # People are sought and compiled by name, identity number or case number only (SoLPUF 2001:637, 15 §).
    limits_search = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)

    class Privacy:
        ordinary = ("code", "limits_search")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.code


class UnitQuerySet(models.QuerySet["Unit"]):
    """Queries of units."""

    def kept_by(self, user: Any) -> "UnitQuerySet":
        """Return the units whose accounts this user keeps: all of the organisations that the user administers."""
        administered = Membership.objects.filter(user=user.pk, role=Role.ADMINISTRATOR, user__is_active=True)
        return self.filter(organisation__in=administered.values("unit__organisation"))


@tracked
class Unit(Record):
    """A part of an organisation that people work for. Secrecy holds between units of different domains."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=200)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True)
    secrecy_domain = models.ForeignKey(
        SecrecyDomain, on_delete=models.PROTECT, related_name="units", db_column="secrecy_domain"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once_in_organisation")
        ]

    class Privacy:
        ordinary = ("id", "organisation", "name", "municipality", "secrecy_domain")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail, as Django's sign-in asks."""

    def create_user(self, email: str, password: str | None = None, **fields: str) -> "User":
        """Make a user. Without a password, nobody signs in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def kept_by(self, user: Any) -> models.QuerySet["User"]:
        """Return the users who hold a role in a unit whose accounts this user keeps."""
        return self.filter(pk__in=Membership.objects.kept_by(user).values("user"))


class User(Record, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. Not a participant: a person in the records is not an account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    # Languages, groups and methods, in a few words: shown where somebody is chosen for a case.
    competence = models.CharField(_("good at"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering = ("name",)

    class Privacy:
        # The names of those who act for an authority are public; a password hash is never shown or exported.
        ordinary = (
            *("id", "email", "name", "competence", "is_active", "password", "last_login"),
            *("is_superuser", "groups", "user_permissions"),
        )
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> dict[UUID, set[Role]]:
        """Unit id -> the roles held there. One query a request."""
        held: dict[UUID, set[Role]] = {}
        for unit_id, role in self.memberships.values_list("unit_id", "role"):
            held.setdefault(unit_id, set()).add(Role(role))
        return held

    @cached_property
    def own_units(self) -> list[UUID]:
        """The units whose people this user works with, by name."""
        return [unit for unit, roles in self.roles.items() if roles & set(CASEWORK_ROLES)]

    @cached_property
    def led_units(self) -> list[UUID]:
        """The units whose programmes this user looks over as a whole."""
        return [unit for unit, roles in self.roles.items() if roles & set(OVERSEEING_ROLES)]

    @cached_property
    def managed_units(self) -> list[UUID]:
        """The units that this user manages."""
        return [unit for unit, roles in self.roles.items() if Role.UNIT_MANAGER in roles]

    @cached_property
    def audited_units(self) -> list[UUID]:
        """The units through which this user audits an authority."""
        return [unit for unit, roles in self.roles.items() if Role.AUDITOR in roles]

    @cached_property
    def referring_organisations(self) -> list[UUID]:
        """The organisations for which this user refers people to programmes."""
        units = [unit for unit, roles in self.roles.items() if Role.REFERRING_OFFICER in roles]
        return list(Unit.objects.filter(pk__in=units).values_list("organisation_id", flat=True)) if units else []

    @cached_property
    def limits_search(self) -> bool:
        """Whether a unit of this user lets people be compiled by name and number only."""
        return Unit.objects.filter(pk__in=self.own_units, secrecy_domain__limits_search=True).exists()

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """All that this user may do in some unit. Which rows it may be done to, `visible_to` says."""
        return frozenset(p for roles in self.roles.values() for role in roles for p in role.permissions)

    def can(self, permission: str) -> bool:
        """Tell whether some role of this user has the permission."""
        return permission in self.permissions


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Queries of memberships."""

    def kept_by(self, user: Any) -> "MembershipQuerySet":
        """Return the memberships in units whose accounts this user keeps."""
        return self.filter(unit__in=Unit.objects.kept_by(user))


@tracked
class Membership(Record):
    """A user holds a role in a unit. Ending it is deleting it; the history keeps who held what when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    class Privacy:
        ordinary = ("id", "user", "unit", "role")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.unit}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Queries of invitations."""

    def kept_by(self, user: Any) -> "InvitationQuerySet":
        """Return the invitations to units whose accounts this user keeps."""
        return self.filter(unit__in=Unit.objects.kept_by(user))

    def waiting(self) -> "InvitationQuerySet":
        """Return those that nobody has answered, also if their time is over."""
        return self.filter(used_at=None)


@tracked
class Invitation(Record):
    """Somebody is asked by e-mail to take a role in a unit. Withdrawing it is deleting it."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256. The token itself is only in the e-mail."
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "email")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email", "unit", "role"], condition=models.Q(used_at=None), name="invitation_waits_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_is_known"),
        ]

    class Privacy:
        # The names of those who act for an authority are public, as in User.
        ordinary = ("id", "email", "name", "unit", "role", "invited_by", "token_hash", "expires_at", "used_at")
        keep = Keep.AS_EVIDENCE

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}, {self.unit}"

    @property
    def is_over(self) -> bool:
        """Tell whether its time is over."""
        return self.expires_at < timezone.now()
