from django.urls import path

from .views import notices, owed

app_name = "duties"
urlpatterns = [
    path("actions/", owed.mine, name="mine"),
    path("actions/<uuid:action>/", owed.close, name="close"),
    path("notices/", notices.mine, name="notices"),
    path("notices/seen/", notices.all_seen, name="all-seen"),
    path("notices/<uuid:notice>/seen/", notices.seen, name="seen"),
    path("notices/wishes/", notices.wishes, name="wishes"),
]
