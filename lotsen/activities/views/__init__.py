"""Pages of activities, sessions, hours, calendar and rooms."""

from .activities import activity_detail, activity_enrol, activity_list, activity_new, activity_result, enrolment_leave
from .calendar import calendar, premises_keep, premises_list
from .feed import feed_keep, feed_read, feed_remove
from .groups import group_list, group_meeting, task_finish, task_give
from .hours import hours_list, hours_month, hours_portal, hours_reopen, hours_sign, hours_sign_many
from .sessions import session_cancel, session_change, session_roll

__all__ = [
    "activity_detail",
    "activity_enrol",
    "activity_list",
    "activity_new",
    "activity_result",
    "calendar",
    "enrolment_leave",
    "feed_keep",
    "feed_read",
    "feed_remove",
    "group_list",
    "group_meeting",
    "hours_list",
    "hours_month",
    "hours_portal",
    "hours_reopen",
    "hours_sign",
    "hours_sign_many",
    "premises_keep",
    "premises_list",
    "session_cancel",
    "session_change",
    "session_roll",
    "task_finish",
    "task_give",
]
