"""tbd"""

from django.http import HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def search(request: Visit) -> HttpResponse:
    return HttpResponse("search")
