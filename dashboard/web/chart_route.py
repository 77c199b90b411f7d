"""The address under which browsers fetch the files that charts need."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.web.chart_files import answer_with, drawing_library, land
from dashboard.web.state import last_good_dataset
from dashboard.web.steps_ahead import history_if_made, history_name, stepping_script


async def chart_file(request: Request) -> Response:
    """Answer with a file; with nothing (204) where it is still being made."""
    name = request.path_params["name"]
    for make in (drawing_library, land, stepping_script):
        if make().name == name:
            return answer_with(make(), request)
    dataset = last_good_dataset()
    if dataset is None or name != history_name(dataset):
        return PlainTextResponse("There is no such file; load the page again.", 404)
    history = history_if_made(dataset)
    if history is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    # Its name is that of the data, but its content is also that of the program.
    return answer_with(history, request, kept="no-cache")
