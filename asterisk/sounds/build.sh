#!/usr/bin/env bash
# Speaks every prompt of prompts/<language>.txt into OUT/<language>/anydial/<name>.{wav,sln16}: 8 kHz for G.711, 16 kHz for
# wideband. recordings/<language>/<name>.wav (any rate) wins over speech. A prompt is made anew only when it changed.
# usage: build.sh OUT
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build.sh OUT}
# espeak-ng links PulseAudio, which wants a home of its own even when nothing is played.
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT

render() { # language name text
  local target=$out/$1/anydial/$2 recording=$here/recordings/$1/$2.wav source
  local mark
  if [ -f "$recording" ]; then mark=$(sha256sum <"$recording"); else mark=$(printf '%s' "$3" | sha256sum); fi
  [ -f "$target.sln16" ] && [ "$(cat "$target.made" 2>/dev/null)" = "$mark" ] && return
  source=$recording
  if [ ! -f "$recording" ]; then
    source=$target.spoken.wav
    espeak-ng -v "$1" -s 150 -w "$source" -- "$3"
  fi
  sox "$source" -r 8000 -c 1 -b 16 -e signed-integer "$target.wav" gain -n -6
  sox "$source" -r 16000 -c 1 -b 16 -e signed-integer -t raw "$target.sln16" gain -n -6
  rm -f "$target.spoken.wav"
  printf '%s' "$mark" >"$target.made"
}

for file in "$here"/prompts/*.txt; do
  language=$(basename "$file" .txt)
  mkdir -p "$out/$language/anydial"
  while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    render "$language" "${line%%: *}" "${line#*: }"
  done <"$file"
done
