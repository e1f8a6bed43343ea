"""The closed lists that a template chooses from. What is not here is the programme's own, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerRole(TextChoices):
    """What an organisation is in a programme."""

    OWNER = "owner", _("Owner")
    PARTNER = "partner", _("Partner")
    CO_FINANCIER = "co_financier", _("Co-financier")
    BENEFICIARY = "beneficiary", _("Beneficiary")
    REFERRER = "referrer", _("Referrer")
    EVALUATOR = "evaluator", _("Evaluator")
    FUNDER = "funder", _("Funder")


class FundPeriod(TextChoices):
    """The programme period of the fund: it says which participant file, which common indicators and which caps hold."""

    ESF_2007 = "esf-2007", _("ESF 2007–2013")
    ESF_2014 = "esf-2014", _("ESF 2014–2020")
    ESF_PLUS_2021 = "esf-plus-2021", _("ESF+ 2021–2027")


class HoursSigned(TextChoices):
    """Where participant and staff sign the hours of a month. Who uses the funder's portal signs nowhere else."""

    HERE = "here", _("Here")
    PORTAL = "portal", _("In the funder's portal")


class Source(TextChoices):
    """Where money comes from."""

    FUNDER = "funder", _("Funder")
    CO_FINANCING = "co_financing", _("Co-financing")
    CASH = "cash", _("Co-financing in cash")
    IN_KIND = "in_kind", _("Co-financing in kind")
    PARTICIPANT_SUPPORT = "participant_support", _("Co-financing by participants' support")


class Category(TextChoices):
    """What a kind is a kind of."""

    ACTIVITY = "activity", _("Activity")
    MEASURE = "measure", _("Measure")
    PLACEMENT = "placement", _("Placement")


class CountsAs(TextChoices):
    """What a kind of activity means to the indicators, whatever the programme calls it."""

    STEERING_GROUP = "steering_group", _("Steering group")
    PROJECT_GROUP = "project_group", _("Project group")
    EQUALITY_TRAINING = "equality_training", _("Training in equality and discrimination")
    STAFF_NETWORK = "staff_network", _("Process-leader network")
    EMPLOYMENT = "employment", _("Employment")


class Outcome(TextChoices):
    """What an exit destination means to the indicators."""

    WORK = "work", _("Work")
    STUDIES = "studies", _("Studies")
    OTHER = "other", _("Other")


class Support(TextChoices):
    """Means of support."""

    INCOME_SUPPORT = "income_support", _("Income support")
    INTRODUCTION_BENEFIT = "introduction_benefit", _("Introduction benefit")
    ACTIVITY_GRANT = "activity_grant", _("Activity grant")
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit", _("Unemployment benefit")
    SICKNESS_BENEFIT = "sickness_benefit", _("Sickness benefit")
    ACTIVITY_COMPENSATION = "activity_compensation", _("Activity compensation")
    STUDENT_FINANCE = "student_finance", _("Student finance")
    OWN_INCOME = "own_income", _("Own income")
    NONE = "none", _("No support")


class Sex(TextChoices):
    """Sex as in the population register; the funder's breakdowns ask for it."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")


class Fact(TextChoices):
    """Facts at entry that a target-group rule may ask for."""

    AGE = "age", _("age")
    SEX = "sex", _("sex")
    BORN_ABROAD = "born_abroad", _("born abroad")
    NEWLY_ARRIVED = "newly_arrived", _("newly arrived")
    REDUCED_WORK_ABILITY = "reduced_work_ability", _("reduced work ability")
    HAS_UPPER_SECONDARY = "has_upper_secondary", _("completed upper secondary school")
    MONTHS_WITHOUT_WORK = "months_without_work", _("months without work")
    ON_SICK_LEAVE = "on_sick_leave", _("on sick leave, now or before")
    REGISTERED_JOB_SEEKER = "registered_job_seeker", _("registered with the employment service")
    EMPLOYED_BY_UNIT = "employed_by_unit", _("employed by a unit that takes part")
    SUPPORT = "support", _("means of support")


class Dimension(TextChoices):
    """What an indicator can be broken down by."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age at start")
    BORN_ABROAD = "born_abroad", _("Born abroad")
    REDUCED_WORK_ABILITY = "reduced_work_ability", _("Reduced work ability")
    MUNICIPALITY = "municipality", _("Municipality")
    TARGET_GROUP = "target_group", _("Target group")
    START_YEAR = "start_year", _("Year of start")
    OUTCOME = "outcome", _("Outcome")
    START_MONTH = "start_month", _("Month of start")
    CLOSE_MONTH = "close_month", _("Month of closing")


class IndicatorCode(TextChoices):
    """The indicators that a goal may be set over. lotsen/indicators/definitions says what each one counts."""

    REFERRED = "referred", _("Referred")
    PARTICIPANTS = "participants", _("Participants")
    ACTIVE = "active", _("In the project now")
    SHARE_WOMEN = "share_women", _("Women among the participants")
    ENDED = "ended", _("Ended")
    ENDED_IN_WORK_OR_STUDIES = "ended_in_work_or_studies", _("Ended in work or studies")
    SHARE_ENDED_IN_WORK_OR_STUDIES = "share_ended_in_work_or_studies", _("Share that ended in work or studies")
    ENDED_OTHERWISE = "ended_otherwise", _("Ended otherwise")
    TRANSFERRED = "transferred", _("Transferred")
    WORKPLACES_MATCHED = "workplaces_matched", _("Workplaces matched")
    SHARE_WITH_PLAN = "share_with_plan", _("Have an individual plan")
    SHARE_ENDED_WITH_PLAN = "share_ended_with_plan", _("Had an individual plan at the exit")
    SHARE_PARTNERS_ACTIVE = "share_partners_active", _("Partners active in the groups")
    SHARE_TRAINED_IN_EQUALITY = "share_trained_in_equality", _("Participants trained in equality")
    SHARE_PARTNERS_TRAINED_IN_EQUALITY = "share_partners_trained_in_equality", _("Partners trained in equality")
    SHARE_UNITS_IN_NETWORK = "share_units_in_network", _("Units represented in the network")
    RESPONSE_RATE_FIRST_WAVE = "response_rate_first_wave", _("Response rate of first surveys")
    RESPONSE_RATE_SECOND_WAVE = "response_rate_second_wave", _("Response rate of repeated surveys")
    AREAS_WHERE_NEED_FELL = "areas_where_need_fell", _("Areas where the need fell")
    SHARE_IN_WORK_DAY_90 = "share_in_work_day_90", _("In work on day 90")
    SHARE_IN_EDUCATION_DAY_90 = "share_in_education_day_90", _("In regular education on day 90")
    SHARE_IN_OTHER_PROGRAMME_DAY_90 = "share_in_other_programme_day_90", _("In another programme on day 90")
    SHARE_SEES_BETTER_CHANCES = "share_sees_better_chances", _("See better chances of work")
    SHARE_IN_WORK_OR_SEES_BETTER_CHANCES = (
        "share_in_work_or_sees_better_chances",
        _("In work or see better chances"),
    )
    PARTICIPANT_HOURS = "participant_hours", _("Participant hours")
    EMPLOYER_CONTACTS = "employer_contacts", _("Employers contacted")
    CONTACTS_MADE = "contacts_made", _("Contacts with employers")
    RECRUITMENTS_NEEDED = "recruitments_needed", _("People that employers need in a year")
    EMPLOYERS_REGISTERED = "employers_registered", _("Employers registered")
    PLACEMENTS_BEGUN = "placements_begun", _("Placements begun")
    SHARE_PLACEMENTS_COMPLETED = "share_placements_completed", _("Completed their placements")
    SHARE_FOLLOWED_UP_IN_TIME = "share_followed_up_in_time", _("Followed up at the workplace in time")
    SHARE_PLACEMENTS_LED_TO_WORK = "share_placements_led_to_work", _("Employed after a placement")
    SHARE_PLACEMENTS_LED_TO_LASTING_WORK = (
        "share_placements_led_to_lasting_work",
        _("Employed for a month after a placement"),
    )
    SHARE_CROSSING_GENDER_LINE = "share_crossing_gender_line", _("Have crossed the gender line")
    MEDIAN_DAYS_IN_PROGRAMME = "median_days_in_programme", _("Days in the project")
    MEDIAN_DAYS_TO_FIRST_WHEREABOUTS = "median_days_to_first_whereabouts", _("Days to the first whereabouts")
    SHARE_IN_WORK_SELF_SUPPORTING = "share_in_work_self_supporting", _("In work and self-supporting at exit")
    SHARE_STANDING_CLOSER = "share_standing_closer", _("Feel that they stand closer to work")


#: Indicators whose rows are not cases: a goal over them has no group.
NOT_OF_CASES = frozenset(
    {
        IndicatorCode.EMPLOYER_CONTACTS,
        IndicatorCode.CONTACTS_MADE,
        IndicatorCode.EMPLOYERS_REGISTERED,
        IndicatorCode.RECRUITMENTS_NEEDED,
        IndicatorCode.SHARE_PARTNERS_ACTIVE,
        IndicatorCode.SHARE_PARTNERS_TRAINED_IN_EQUALITY,
        IndicatorCode.SHARE_UNITS_IN_NETWORK,
        IndicatorCode.RESPONSE_RATE_FIRST_WAVE,
        IndicatorCode.RESPONSE_RATE_SECOND_WAVE,
        IndicatorCode.AREAS_WHERE_NEED_FELL,
    }
)
