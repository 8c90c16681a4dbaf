#!/usr/bin/env bash
# Sets GigDesk up in .venv on a machine that may have nothing yet.
#   packaging/setup.sh run    what the app needs
#   packaging/setup.sh test   that, and what its tests need
#   packaging/setup.sh bench  only the mail programs that the benchmarks run beside ours
# Debian and Ubuntu packages are installed when this user may (root, or sudo without a password);
# otherwise they are named in one line. Safe to run again: a second run looks and is done.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
what=${1:-run}
case "$what" in run | test | bench) ;; *) echo "usage: packaging/setup.sh [run|test|bench]" >&2; exit 2 ;; esac

say() { printf '%s\n' "gigdesk: $*" >&2; }

BUILD=(build-essential cmake ninja-build git make ca-certificates)
QT=(libegl1 libgl1 libdbus-1-3 libglib2.0-0 libfontconfig1 libxkbcommon-x11-0 libx11-xcb1
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
  libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libgomp1)
TEST=(xvfb xauth xdotool x11-utils wmctrl dbus dunst libnotify-bin gnome-keyring openbox
  xfce4-panel xfconf dovecot-imapd openssl poppler-utils qpdf iproute2 util-linux)

# --- system packages -------------------------------------------------------------------------
installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Ubuntu 24.04 renamed some libraries (libglib2.0-0t64 and the like).
present() { installed "$1" || installed "$1t64"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

packages_missing() {
  local name
  for name in "$@"; do present "$name" || printf '%s\n' "$name"; done
}

install_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing name wanted=()
  missing=$(packages_missing "$@")
  [ -n "$missing" ] || return 0
  if ! may_install; then
    say "these packages are missing, install them first: apt-get install $(echo $missing)"
    return 0
  fi
  say "installing $(echo "$missing" | wc -l) system packages"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq || say "the list of packages could not be read anew; going on with the old one"
  for name in $missing; do
    if apt-cache show "$name" >/dev/null 2>&1; then wanted+=("$name")
    elif apt-cache show "${name}t64" >/dev/null 2>&1; then wanted+=("${name}t64")
    else say "this system has no package $name; going on without it"
    fi
  done
  [ ${#wanted[@]} = 0 ] || as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
}

# --- python ----------------------------------------------------------------------------------
good_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$name" >/dev/null && good_python "$name"; then command -v "$name"; return; fi
  done
  return 1
}

# Headers to compile against, and venv, which Debian keeps apart from its python3.
python_parts() {
  local python=$1 version
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages "python$version-venv"
  fi
  if ! "$python" -c 'import os, sysconfig, sys
sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' 2>/dev/null; then
    install_packages "python$version-dev"
  fi
}

need_python() {
  if ! find_python >/dev/null; then install_packages python3 python3-venv python3-dev; fi
  if ! find_python; then
    say "Python 3.11 or newer is needed and was not found; install it and start again"
    exit 1
  fi
}

# --- the model's library, built once ---------------------------------------------------------
FLAGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF"
LLAMA=$(sed -n 's/.*"\(llama-cpp-python==[0-9.]*\)".*/\1/p' pyproject.toml | head -n 1)

wheel_folder() {
  local key
  key=$(printf '%s|%s|%s|%s' "$LLAMA" "$FLAGS" "$(uname -sm)" \
    "$(ldd --version 2>&1 | head -n 1)" | cksum | cut -d ' ' -f 1)
  printf '%s' "${XDG_CACHE_HOME:-$HOME/.cache}/gigdesk/wheels/$key"
}

have_llama() {
  .venv/bin/python - "$LLAMA" <<'PY' 2>/dev/null
import sys
from importlib.metadata import version
sys.exit(version("llama-cpp-python") != sys.argv[1].partition("==")[2])
PY
}

install_llama() {
  if have_llama; then return; fi
  local folder
  folder=$(wheel_folder)
  if ! compgen -G "$folder/llama_cpp_python-*.whl" >/dev/null; then build_llama "$folder"; fi
  .venv/bin/pip install --quiet "$folder"/llama_cpp_python-*.whl
}

build_llama() {
  local folder=$1 partial started pid minutes
  partial=$(mktemp -d)
  started=$(date +%s)
  say "building $LLAMA on $(nproc) cores; about 8 minutes on two, once"
  mkdir -p "$folder"
  CMAKE_ARGS="$FLAGS" CMAKE_BUILD_PARALLEL_LEVEL=$(nproc) \
    .venv/bin/pip wheel --quiet --no-deps "$LLAMA" -w "$partial" >"$folder/build.log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    minutes=$((($(date +%s) - started)))
    if [ $((minutes % 15)) = 0 ]; then say "  still building, $minutes s"; fi
  done
  if ! wait "$pid"; then
    tail -n 30 "$folder/build.log" >&2
    say "the model's library could not be built; the whole log is $folder/build.log"
    rm -rf "$partial"
    exit 1
  fi
  mv "$partial"/llama_cpp_python-*.whl "$folder/"
  rm -rf "$partial"
  say "built in $(($(date +%s) - started)) s and kept for the next time"
}

# --- all of it -------------------------------------------------------------------------------
stamp_of() { cat pyproject.toml packaging/setup.sh | cksum | tr -d '\n'; printf ' %s' "$1"; }

is_done() {
  [ -x .venv/bin/gigdesk ] || return 1
  [ "$(cat .venv/.set-up-test 2>/dev/null)" = "$(stamp_of test)" ] && return 0
  [ "$what" = run ] && [ "$(cat .venv/.set-up-run 2>/dev/null)" = "$(stamp_of run)" ]
}

if [ "$what" = bench ]; then
  install_packages notmuch maildir-utils isync
  exit 0
fi
packages=("${QT[@]}")
[ "$what" = run ] || packages+=("${TEST[@]}")
if ! is_done; then packages+=("${BUILD[@]}"); fi
install_packages "${packages[@]}"
if is_done; then exit 0; fi

python=$(need_python)
python_parts "$python"
if ! [ -x .venv/bin/pip ] || ! good_python .venv/bin/python; then
  say "making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
rm -f ".venv/.set-up-$what"
say "installing the Python packages"
.venv/bin/pip install --quiet --upgrade pip
install_llama
if [ "$what" = test ]; then .venv/bin/pip install --quiet -e '.[dev]'; else .venv/bin/pip install --quiet -e .; fi
stamp_of "$what" >".venv/.set-up-$what"
say "ready"
