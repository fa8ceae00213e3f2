from django.urls import path

from .views import arriving, desks, door, glossary, health, home, provider, search, ways

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/key/", door.ask_for_key, name="ask-for-key"),
    path("sign-in/second/", arriving.second, name="second-factor"),
    path("sign-in/second/key/", arriving.ask_for_key, name="ask-for-second-key"),
    path("sign-in/set-up/", arriving.set_up, name="set-up-factor"),
    path("sign-in/set-up/key/", arriving.ask_for_new_key, name="ask-for-first-key"),
    path("sign-in/provider/", provider.go, name="provider"),
    path("sign-in/provider/back/", provider.back, name="provider-back"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("lock/", door.lock, name="lock"),
    path("still-here/", door.still_here, name="still-here"),
    path("how-i-sign-in/", ways.ways, name="how-i-sign-in"),
    path("how-i-sign-in/prove/", ways.prove, name="prove"),
    path("how-i-sign-in/key/", ways.add_key, name="add-key"),
    path("how-i-sign-in/key/ask/", ways.ask_for_new_key, name="ask-for-new-key"),
    path("how-i-sign-in/device/", ways.add_device, name="add-device"),
    path("how-i-sign-in/printed/", ways.print_codes, name="print-codes"),
    path("how-i-sign-in/remove/", ways.remove_factor, name="remove-factor"),
    path("how-i-sign-in/password/", ways.change_password, name="change-password"),
    path("how-i-sign-in/end/", ways.end_sign_in, name="end-sign-in"),
    path("badge/", ways.my_badge, name="my-badge"),
    path("desks/", desks.desks, name="desks"),
    path("desks/end/", desks.end_desk, name="end-desk"),
    path("health/", health.alive, name="alive"),
    path("ready/", health.ready, name="ready"),
]
