#!/usr/bin/env bash
# Without a display: fills a sample desk, prints its day, writes one PDF and one ICS and names them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
umask 077
head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$home/passphrase"
export GIGDESK_HOME="$home/desk" GIGDESK_PASSPHRASE_FILE="$home/passphrase"
gigdesk() { .venv/bin/gigdesk "$@"; }

mkdir -p out
gigdesk sample >&2
gigdesk today
number=$(gigdesk invoice list --json | .venv/bin/python -c '
import json, sys
print(next(row["number"] for row in json.load(sys.stdin) if row["number"]))')
gigdesk invoice pdf "$number" -o "out/$number.pdf" >/dev/null
gigdesk calendar export -o out/calendar.ics >/dev/null
printf '\n%s\n%s\n' "$PWD/out/$number.pdf" "$PWD/out/calendar.ics"
