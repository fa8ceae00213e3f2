"""For whoever keeps the service running: is it alive, can it serve."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from daybook.foundation.access.page import open_page


@open_page
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@open_page
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and has every migration; 503 with a reason if not."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return JsonResponse({"ready": False, "why": "the database does not answer"}, status=503)
    if waiting:
        return JsonResponse(
            {"ready": False, "why": f"{len(waiting)} migrations are waiting"}, status=503
        )
    return JsonResponse({"ready": True})
