from django.urls import path

from .views import door, glossary, health, home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("health/", health.alive, name="alive"),
    path("ready/", health.ready, name="ready"),
]
