from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "daybook.observe.safety"
    label = "safety"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.events import moved, taken_back, turned
        from daybook.foundation.registry.providers import (
            aside,
            before_move,
            due,
            first,
            goes_along,
            shift,
            timeline,
        )
        from daybook.observe.reflections.striking import kept

        from .actions import apart, calling, early_days, telling, unlock
        from .queries import apart as separations
        from .queries import concerns_told, told
        from .queries import early_days as check_ins
        from .queries.struck import KEPT
        from .signed import SIGNED

        kept.update(KEPT)
        register(*SIGNED)
        first.register("concerns and plans", calling.first_and_call_on)
        first.register("unlock notes", told.unlock_first)
        due.register("unlock notes", told.reviews_due)
        due.register("keep-safe plans", concerns_told.plan_reviews_due)
        aside.register("keep-safe plans", concerns_told.plan_aside)
        aside.register("unlock notes", told.unlock_aside)
        shift.register("concerns and plans", concerns_told.safety_happened)
        shift.register("unlock notes", told.unlock_happened)
        timeline.register("concerns", concerns_told.concern_timeline)
        timeline.register("keep-safe plans", concerns_told.plan_timeline)
        timeline.register("unlock notes", told.unlock_timeline)
        due.register("time apart", separations.due)
        aside.register("time apart", separations.aside)
        shift.register("time apart", separations.happened)
        timeline.register("time apart", separations.timeline)
        due.register("check-ins", check_ins.due)
        aside.register("check-ins", check_ins.aside)
        shift.register("check-ins", check_ins.happened)
        timeline.register("check-ins", check_ins.timeline)
        before_move.register("unlock notes", told.before_a_move)
        goes_along.register("safety", concerns_told.goes_along)
        goes_along.register("time apart", separations.goes_along)
        kinds.register(*calling.KINDS, *telling.KINDS, early_days.LATE, apart.MUST_END)
        moved.subscribe(unlock.tell_if_they_meet)
        moved.subscribe(early_days.withdraw_when_gone)
        turned.subscribe(early_days.open_what_is_owed)
        taken_back.subscribe(early_days.withdraw)
