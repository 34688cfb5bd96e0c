"""The web application, for `uvicorn app:app`; `make serve` and `certkg serve` start the same one.

It is in `kg/web/`: `page.py` (the page), `tabs/` (what is on it), `addresses/` (what programs call), `rendering.py` (an answer as HTML), `server.py`
(start and stop), `settings.py` (what an operator may set). What answers the questions is in `kg/ask/`; what it reads was made by `certkg build`.
"""

from kg.building import BUILD
from kg.web import ServeError, open_app, serve
from kg.web.settings import SettingsError

if __name__ == "__main__":
    serve(BUILD)
else:
    try:
        app = open_app(BUILD)
    except (ServeError, SettingsError) as error:
        raise SystemExit(f"certkg: {error}") from None
