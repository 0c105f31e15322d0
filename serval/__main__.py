"""`python -m serval` is the same as `serval`."""

import sys

from serval.cli import main

sys.exit(main())
