"""The web application: a Gradio page on FastAPI, with a JSON address for programs; nothing of it leaves the machine."""

import os

# Read by gradio and huggingface_hub when they are imported, so set before anything of them is.
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")

from kg.web.server import ServeError, make_app, open_app, serve
from kg.web.settings import Settings

__all__ = ["ServeError", "Settings", "make_app", "open_app", "serve"]
