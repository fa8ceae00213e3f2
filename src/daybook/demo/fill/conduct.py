"""Two ordinary observations about staff, one of them answered."""

from datetime import timedelta

from django.utils import timezone

from daybook.demo.world.shapes import Post
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.registry.keys import new_key
from daybook.observe.conduct.models import Observation, Outcome

from .keys import REASON, Filling

# (days ago, where, what was seen)
SEEN = (
    (
        24,
        "The twos, at unlock, about 07:45",
        "At three doors one after another he banged on the metal and said “up, I haven’t got all "
        "day” before anybody could answer. At other doors that morning he said good morning. "
        "What I make of it: he was on his fourth early shift in a row.",
    ),
    (
        5,
        "The wing office, about 16:20",
        "On Monday she told somebody that the call home would be made that week, I stood beside "
        "her. When he asked again today she said “I never said that” and closed the hatch.",
    ),
)
ANSWER = (
    "We spoke about how doors are opened, and the roster was looked at: nobody works four early "
    "shifts in a row on that unit any more. The tone at unlock is a subject of the team day."
)


def fill(filling: Filling) -> None:
    now, custodian = timezone.now(), _staff(filling, "complaints-custodian", 1)[0]
    about, *writers = _staff(filling, "personal-officer", 3)
    keys = [new_key() for _ in SEEN]
    where = filling.establishments[0]
    add_many(
        Observation,
        (
            "id", "about_id", "about_words", "fact", "seen_on", "place", "establishment_id",
            "written_by_id", "written_at",
        ),
        [
            (
                key,
                about if ago == SEEN[0][0] else None,
                "" if ago == SEEN[0][0] else "A colleague of the late shift",
                fact,
                timezone.localdate() - timedelta(days=ago),
                place,
                where,
                writer,
                now - timedelta(days=ago - 1),
            )
            for key, writer, (ago, place, fact) in zip(keys, writers, SEEN, strict=True)
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )  # fmt: skip
    add_many(
        Outcome,
        (
            "id", "observation_id", "establishment_id", "received_at", "received_by_id", "words",
            "closed_at", "closed_by_id",
        ),
        [
            (
                new_key(),
                keys[0],
                where,
                now - timedelta(days=22),
                custodian,
                ANSWER,
                now - timedelta(days=9),
                custodian,
            )
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )  # fmt: skip


def _staff(filling: Filling, role: str, count: int) -> list[int]:
    """The first few who hold a role now: officers on the first establishment's wings."""

    def held(post: Post) -> bool:
        return post.role == role and post.end is None and post.establishment in (None, 0)

    found = dict.fromkeys(post.staff for post in filling.world.posts if held(post))
    return [filling.staff[staff] for staff in [*found][:count]]
