"""The role table in sentences, for staff: generated from the code that the walls are built on."""

from django.utils.translation import gettext_lazy

from .roles import Compartment, Reach

REACHED = {
    Reach.NONE: gettext_lazy("nobody"),
    Reach.UNIT: gettext_lazy("people who live on their units now"),
    Reach.OWN: gettext_lazy("people they are personal officer for, or cover"),
    Reach.CASE: gettext_lazy("people on whose case team they are"),
    Reach.ESTABLISHMENT: gettext_lazy("people who are in their establishment now"),
    Reach.SERVICE: gettext_lazy("everyone in the service"),
}

KINDS = {
    Compartment.IDENTITY: (
        gettext_lazy("names and places"),
        gettext_lazy("Who somebody is, where they live, who their officers are."),
    ),
}
