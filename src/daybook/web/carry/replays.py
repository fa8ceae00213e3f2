"""The forms that can be carried. Each is checked and saved as on its own page: a closed list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.actions.recording import save
from daybook.observe.reflections.forms.recording import EntryForm, FullForm, RoundForm, ShortForm
from daybook.observe.reflections.queries.channels import asked_lately
from daybook.observe.reflections.rules.recording import CannotSign, KeyTaken
from daybook.observe.safety.actions.early_days import look_in
from daybook.observe.safety.forms.early_days import LookInForm


class Carried(Protocol):
    """One such form: what it asks, who may, and saving it under the key it came with."""

    template: str
    compartment: Compartment

    def form(
        self, person: int, data: Mapping[str, Any] | None = None, *, viewer: Viewer
    ) -> forms.Form: ...

    def save(self, form: Any, *, by: Viewer, key: UUID, written_at: datetime) -> bool:
        """False if it can't be, with its sentences in the form."""
        ...


class Reflect:
    """One person, one screen."""

    template = "reflections/questions.html"
    compartment = Compartment.WING

    def form(
        self, person: int, data: Mapping[str, Any] | None = None, *, viewer: Viewer
    ) -> EntryForm:
        if viewer.may(Right.READ, Compartment.WING):
            return FullForm(data, person=person, channels=asked_lately(), auto_id="carried-%s")
        return ShortForm(data, person=person, auto_id="carried-%s")

    def save(self, form: EntryForm, *, by: Viewer, key: UUID, written_at: datetime) -> bool:
        day = form.cleaned_data.get("day") or timezone.localdate(written_at)
        entry = replace(form.entry, key=key, day=day)
        try:
            save(by=by, entry=entry)
        except CannotSign as refusal:
            form.refuse(refusal.problems)
        except KeyTaken:
            form.add_error(None, _("Another entry was saved under this one’s key."))
        return not form.errors


class DatedRoundForm(RoundForm):
    """A row of the round that says its day: it may be looked at on another."""

    day = ShortForm.base_fields["day"]


class Round(Reflect):
    """Contact, then one word."""

    template = "carry/round.html"

    def form(
        self, person: int, data: Mapping[str, Any] | None = None, *, viewer: Viewer
    ) -> EntryForm:
        return DatedRoundForm(data, person=person, auto_id="carried-%s")


class CarriedLookInForm(LookInForm):
    """A check-in, with which one it is."""

    check_in = forms.UUIDField(widget=forms.HiddenInput)


class LookedIn:
    """A check-in of the early days, as on its own page."""

    template = "carry/check_in.html"
    compartment = Compartment.SAFETY

    def form(
        self, person: int, data: Mapping[str, Any] | None = None, *, viewer: Viewer
    ) -> CarriedLookInForm:
        return CarriedLookInForm(data, auto_id="carried-%s")

    def save(self, form: CarriedLookInForm, *, by: Viewer, key: UUID, written_at: datetime) -> bool:
        said = form.cleaned_data
        try:
            look_in(
                by=by,
                check_in_id=said["check_in"],
                came_of_it=said["came_of_it"],
                words=said["words"],
                at=written_at,
            )
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        except Http404:
            form.add_error(None, _("This check-in is not yours to do any more."))
        return not form.errors


CARRIED: dict[str, Carried] = {
    "round": Round(), "reflect": Reflect(), "check-in": LookedIn()
}  # fmt: skip
