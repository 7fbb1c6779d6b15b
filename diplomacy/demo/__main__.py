"""`python -m diplomacy.demo [--end-with-parent]`: serve the site here until Ctrl-C.

HOST, PORT, DATABASE_URL, REDIS_URL and the settings' variables are read from the environment.
"""

import signal
import sys

from diplomacy.demo.supervisor import run
from diplomacy.embedded.children import end_with_parent

if __name__ == "__main__":
    if "--end-with-parent" in sys.argv[1:]:
        # Should `make` be killed, we stop in good order instead of serving on unseen.
        end_with_parent(signal.SIGTERM)
    sys.exit(run())
