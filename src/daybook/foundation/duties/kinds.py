"""The kinds of notice there are. Each app registers its own in ``apps.py``."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice: its slug, and the words for it, which name nobody.

    ``urgent`` ones go to whoever is on duty, by every way the service has set up, whatever
    they wish. ``default_on`` says whether the others are heard of by somebody who has not
    said. ``dated`` ones tell of a day that has come or gone by.
    """

    slug: str
    label: Words
    urgent: bool = False
    default_on: bool = True
    dated: bool = False


@dataclass
class Kinds:
    known: dict[str, NoticeKind] = field(default_factory=dict)

    def register(self, *kinds: NoticeKind) -> None:
        """Add kinds. A second one under the same slug is a mistake, and is refused."""
        for kind in kinds:
            if self.known.setdefault(kind.slug, kind) != kind:
                raise ValueError(f"There is another kind of notice called {kind.slug}.")

    def __getitem__(self, slug: str) -> NoticeKind:
        return self.known[slug]

    def get(self, slug: str) -> NoticeKind | None:
        """The kind, or None where the app that knew it has gone."""
        return self.known.get(slug)

    def __iter__(self) -> Iterator[NoticeKind]:
        return iter(self.known.values())


kinds = Kinds()

ACTIONS_DUE = NoticeKind("actions-due", _("Something you took on is due today"), dated=True)
ACTIONS_OVERDUE = NoticeKind("actions-overdue", _("Something you took on is overdue"), dated=True)
