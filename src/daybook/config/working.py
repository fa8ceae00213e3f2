"""What ``daybook worker`` turns into: the queue's worker, with the log's sequencer beside it."""

import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybook.config.settings")
    django.setup()
    from daybook.foundation.audit.sequencer import Sequencer

    sequencer = Sequencer()
    sequencer.start()
    try:
        call_command("procrastinate", "worker", *sys.argv[1:])
    finally:
        sequencer.stop()


if __name__ == "__main__":
    main()
