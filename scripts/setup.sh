#!/bin/sh
# Makes .venv with the locked dependencies and this project in it: with uv when it is there, else
# with Python's own venv and pip. Says what to install when neither can work.
set -eu

newest_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

rm -rf .venv
if command -v uv >/dev/null 2>&1; then
    uv venv -q --python '>=3.11' .venv
    uv pip install -q --python .venv/bin/python --require-hashes -r requirements.lock
    uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
    exit 0
fi

python=$(newest_python)
if [ -z "$python" ]; then
    echo "review_board needs Python 3.11 or newer: install it (Debian, Ubuntu: apt install" \
        "python3 python3-venv; macOS: brew install python), or install uv, and run make again" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$python has no venv module: install it (Debian, Ubuntu: apt install" \
        "python$version-venv), or install uv, and run make again" >&2
    exit 1
fi
echo "Setting up .venv (once; about a minute) …"
"$python" -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
