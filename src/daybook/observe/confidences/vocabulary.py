"""Words of this room: who hears, what may be asked, how it is answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daybook.foundation.access.roles import Compartment


class Discipline(models.TextChoices):
    """Whose confidence it was told in. Each keeps its own."""

    CHAPLAINCY = "chaplaincy", _("chaplaincy")
    PSYCHOLOGY = "psychology", _("psychology")
    CARE = "care", _("health care")

    @property
    def compartment(self) -> Compartment:
        return Compartment.PASTORAL if self is Discipline.CHAPLAINCY else Compartment.HEALTH


class Kept(models.TextChoices):
    """What may be asked for: the compartments that no break-glass opens."""

    PASTORAL = "pastoral", _("to a chaplain")
    HEALTH = "health", _("to a psychologist or to health care")
    SOURCE = "source-identity", _("by a source")


ABOUT_A_PERSON = (Kept.PASTORAL, Kept.HEALTH)


class Reply(models.TextChoices):
    YES = "yes", pgettext_lazy("the custodian answers", "Yes")
    PART = "part", pgettext_lazy("the custodian answers", "In part")
    NO = "no", pgettext_lazy("the custodian answers", "No")


class Struck(models.TextChoices):
    """Why a note does not stand. No free words: they would lie beside the seal in clear."""

    TAKEN_BACK = "taken-back", _("I take it back")
    SOMEBODY_ELSE = "somebody-else", _("It was about somebody else")
    NOT_SO = "not-so", _("It was not so")
    TWICE = "twice", _("It was written twice")
