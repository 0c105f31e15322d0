"""Settings of the server; HOST, PORT and WEB_CONCURRENCY change the ones worth changing."""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8050'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4

# The record is loaded and the page warmed once, before the workers exist: they share its memory, and no
# visitor meets a half-built page.
preload_app = True
chdir = str(Path(__file__).parent)

timeout = 60
graceful_timeout = 20
keepalive = 30
backlog = 512

# Workers tell that they are alive through a file: in memory where there is such a folder, since a slow
# disk would let healthy workers be killed.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True  # one path per user, so two servers on a machine would share it
errorlog = "-"
accesslog = os.environ.get("ACCESS_LOG") or None
loglevel = "info"
