"""Settings of the server; HOST, PORT and WEB_CONCURRENCY change the ones worth changing."""

import gc
import os
import sys
from pathlib import Path

chdir = str(Path(__file__).parent)
sys.path.insert(0, chdir)

from serving import counts  # noqa: E402

# What is made before the workers stays: to search it for garbage would be in vain, and in the workers it
# would unshare their memory (see gc.freeze).
gc.disable()

counts.prepare()  # before Prometheus' library, which looks for it, is imported

from serving import hooks  # noqa: E402
from serving.logs import Logger  # noqa: E402
from serving.worker import Worker  # noqa: E402

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8050'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = Worker
threads = 4

# The record is loaded and the page warmed once, before the workers exist: they share its memory, and no
# visitor meets a half-built page.
preload_app = True

timeout = 60
graceful_timeout = 20
keepalive = 30
backlog = 512
limit_request_line = 8190  # above the app's own limit, which says in words what is too long
limit_request_fields = 64
limit_request_field_size = 8190
forwarded_allow_ips = ""  # TRUSTED_PROXIES says whom to believe, of local proxies too

# Workers tell that they are alive through a file: in memory where there is such a folder, since a slow
# disk would let healthy workers be killed.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True  # one path per user, so two servers on a machine would share it
errorlog = "-"
accesslog = os.environ.get("ACCESS_LOG") or None
logger_class = Logger
loglevel = "info"

post_fork, child_exit = hooks.post_fork, hooks.child_exit
on_reload, when_ready = hooks.on_reload, hooks.when_ready
