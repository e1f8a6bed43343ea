"""Addresses of activities."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/activities/", views.activity_list, name="activity_list"),
    path("projects/<uuid:pk>/activities/new/", views.activity_new, name="activity_new"),
    path("projects/<uuid:pk>/hours/", views.hours_list, name="hours_list"),
    path("projects/<uuid:pk>/hours/sign/<int:year>/<int:month>/", views.hours_sign_many, name="hours_sign_many"),
    path("projects/<uuid:pk>/groups/", views.group_list, name="group_list"),
    path("sessions/<uuid:pk>/meeting/", views.group_meeting, name="group_meeting"),
    path("sessions/<uuid:pk>/tasks/", views.task_give, name="task_give"),
    path("tasks/<uuid:pk>/", views.task_finish, name="task_finish"),
    path("activities/<uuid:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<uuid:pk>/enrol/", views.activity_enrol, name="activity_enrol"),
    path("activities/<uuid:pk>/result/", views.activity_result, name="activity_result"),
    path("enrolments/<uuid:pk>/leave/", views.enrolment_leave, name="enrolment_leave"),
    path("sessions/<uuid:pk>/", views.session_change, name="session_change"),
    path("sessions/<uuid:pk>/cancel/", views.session_cancel, name="session_cancel"),
    path("sessions/<uuid:pk>/roll/", views.session_roll, name="session_roll"),
    path("cases/<uuid:pk>/hours/<int:year>/<int:month>/", views.hours_month, name="hours_month"),
    path("cases/<uuid:pk>/hours/<int:year>/<int:month>/sign/", views.hours_sign, name="hours_sign"),
    path("cases/<uuid:pk>/hours/<int:year>/<int:month>/portal/", views.hours_portal, name="hours_portal"),
    path("certified/<uuid:pk>/reopen/", views.hours_reopen, name="hours_reopen"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/feed/", views.feed_keep, name="feed_keep"),
    path("calendar/feed/remove/", views.feed_remove, name="feed_remove"),
    path("calendar/<slug:token>.ics", views.feed_read, name="feed_read"),
    path("premises/", views.premises_list, name="premises_list"),
    path("premises/keep/", views.premises_keep, name="premises_keep"),
]
