#!/bin/sh
# Puts the program, its manual and the completions of shells in place:
#   ./install.sh              below /usr/local
#   PREFIX=$HOME/.local ./install.sh
set -eu
cd "$(dirname "$0")"
to="${DESTDIR:-}${PREFIX:-/usr/local}"
mkdir -p "$to/bin"
cp bin/tongket "$to/bin/tongket.new"
chmod 755 "$to/bin/tongket.new"
mv "$to/bin/tongket.new" "$to/bin/tongket" # a running program keeps its file
cp -R share "$to/"
echo "tongket: $to/bin/tongket"
