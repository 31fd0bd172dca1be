"""Runs commands of python-mistralclient's own shell: one JSON list of arguments a line in, one JSON outcome a line out."""
import contextlib
import io
import json
import logging
import sys

from mistralclient import shell


def outcome_of(args):
    out, err = io.StringIO(), io.StringIO()
    # Each command sets up logging to the stderr of its own.
    logging.root.handlers = []
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = shell.main(args)
        except SystemExit as end:
            code = end.code
    return {'code': code or 0, 'stdout': out.getvalue(), 'stderr': err.getvalue()}


for line in sys.stdin:
    print(json.dumps(outcome_of(json.loads(line))), flush=True)
