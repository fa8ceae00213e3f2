from django.urls import path

from .views import desks, door, glossary, health, home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("lock/", door.lock, name="lock"),
    path("still-here/", door.still_here, name="still-here"),
    path("desks/", desks.desks, name="desks"),
    path("desks/end/", desks.end_desk, name="end-desk"),
    path("badge/", desks.my_badge, name="my-badge"),
    path("health/", health.alive, name="alive"),
    path("ready/", health.ready, name="ready"),
]
