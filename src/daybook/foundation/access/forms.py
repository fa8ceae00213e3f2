"""What is asked of whoever approves the role table."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApproveForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why may it hold like this?"),
        help_text=_("A sentence. The oversight body reads it, and it stays with this table."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Say in a sentence why the table may hold like this.")},
    )
