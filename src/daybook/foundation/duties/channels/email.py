"""By e-mail: one fixed sentence and the address of the site. Mail is read over shoulders."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import NotSent, Word


class Email:
    slug = "email"
    label = gettext_lazy("Also by e-mail")

    def is_open(self) -> bool:
        return bool(settings.NOTICES_BY_EMAIL)

    def knows(self, word: Word) -> bool:
        return bool(word.email)

    def send(self, word: Word) -> None:
        sentence = _("Something waits for you in Daybook.")
        mail = EmailMessage(
            subject=sentence,
            body="\n\n".join(filter(None, [sentence, settings.SITE_ADDRESS])),
            to=[word.email],
            connection=get_connection(),
        )
        try:
            mail.send()
        except (OSError, SMTPException) as failure:
            # What a mail server answers may repeat the address.
            raise NotSent(f"The mail server did not take it ({type(failure).__name__}).") from None


EMAIL = Email()
