#!/usr/bin/env bash
# Speaks every prompt of prompts/<language>.txt into OUT/<language>/anydial/<name>.{wav,sln16}: 8 kHz for G.711, 16 kHz for
# wideband. recordings/<language>/<name>.wav (any rate) wins over speech. A prompt is made anew only when it changed. Ends with an
# error that names each prompt that could not be made, and each line that is no prompt.
# usage: build.sh OUT   (SPEECH_RATE: words a minute, 150 unless set)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build.sh OUT}
# espeak-ng links PulseAudio, which wants a home of its own even when nothing is played.
HOME=$(mktemp -d)
rate=${SPEECH_RATE:-150}
export HOME here out rate
trap 'rm -rf "$HOME"' EXIT

# mark=what a prompt is made of: a recording's sum, or its text. Without a process: there are hundreds.
choose_mark() { # language name text
  local recording=$here/recordings/$1/$2.wav
  mark=$3
  ((rate == 150)) || mark="$rate $3"
  [ ! -f "$recording" ] || mark=$(sha256sum <"$recording")
}

# The three functions run in xargs' shells; each command's failure is the prompt's.
# shellcheck disable=SC2317
render() { # language name text mark
  local target=$out/$1/anydial/$2 source=$here/recordings/$1/$2.wav
  if [ ! -f "$source" ]; then
    source=$target.spoken.wav
    speak "$1" "$2" "$3" "$source" || return 1
  fi
  sox "$source" -r 8000 -c 1 -b 16 -e signed-integer "$target.wav" gain -n -6 &&
    sox "$source" -r 16000 -c 1 -b 16 -e signed-integer -t raw "$target.sln16" gain -n -6 &&
    rm -f "$target.spoken.wav" &&
    printf '%s' "$4" >"$target.made"
}

# The tone before a recording and the music of queues are no speech. Parts of numbers and times lose the silence around them, so that
# they join into a sentence.
# shellcheck disable=SC2317
speak() { # language name text target
  case $2 in
    queue-music)
      sox -n -r 16000 -c 1 -b 16 "$4" synth 5 pluck C3 pluck G3 pluck C4 pluck E4 pluck G4 delay 0 0.4 0.8 1.2 1.6 remix - fade 0.1 5 1 repeat 1 gain -n -9
      ;;
    beep) sox -n -r 16000 -c 1 -b 16 "$4" synth 0.4 sine 1400 fade 0.02 0 0.02 ;;
    digit-* | n-* | count-* | items-* | minute-* | hour-* | day-* | month-*)
      espeak-ng -v "$1" -s "$rate" -w "$4.long.wav" -- "$3" &&
        sox "$4.long.wav" "$4" silence 1 0.01 0.5% reverse silence 1 0.01 0.5% pad 0.06 reverse &&
        rm -f "$4.long.wav"
      ;;
    *) espeak-ng -v "$1" -s "$rate" -w "$4" -- "$3" ;;
  esac
}

# shellcheck disable=SC2317
render_all() { # (language name text mark)…: one worker's share
  local failed=0
  while (($# > 0)); do
    render "$1" "$2" "$3" "$4" || {
      printf 'asterisk/sounds: %s/%s could not be made\n' "$1" "$2" >&2
      failed=1
    }
    shift 4
  done
  return "$failed"
}
export -f render render_all speak

wanted=$HOME/wanted
: >"$wanted"
status=0
for file in "$here"/prompts/*.txt; do
  language=$(basename "$file" .txt)
  mkdir -p "$out/$language/anydial"
  { printf 'beep: -\nqueue-music: -\n' && cat "$file"; } >"$HOME/lines"
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in '' | '#'*) continue ;; esac
    if ! [[ $line =~ ^([a-z0-9-]+):\ (.+)$ ]]; then
      printf 'asterisk/sounds/prompts/%s.txt: not a prompt ("name: text"): %s\n' "$language" "$line" >&2
      status=1
      continue
    fi
    name=${BASH_REMATCH[1]} text=${BASH_REMATCH[2]}
    choose_mark "$language" "$name" "$text"
    target=$out/$language/anydial/$name
    made=''
    [ ! -f "$target.made" ] || IFS= read -r -d '' made <"$target.made" || true
    [ -f "$target.sln16" ] && [ -f "$target.wav" ] && [ "$made" = "$mark" ] && continue
    printf '%s\0' "$language" "$name" "$text" "$mark" >>"$wanted"
  done <"$HOME/lines"
done

# 80 arguments: 20 prompts to a worker at a time.
xargs -0 -r -n 80 -P "$(nproc)" bash -c 'render_all "$@"' render_all <"$wanted" || status=1
exit "$status"
