# Fills configuration templates: ${NAME} (capitals, digits, _) becomes the shell variable's value. An unknown or empty variable
# is an error, so that no half-filled file ever starts. extensions.conf speaks Asterisk's own ${…} and is copied as it is; what it
# needs from the instance it gets from globals.conf.
# shellcheck shell=bash

# fill TEMPLATE TARGET: writes TARGET (mode 0600) whole or not at all.
fill() {
  local template=$1 target=$2 line rest out name number=0
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    out=
    rest=$line
    while [[ $rest =~ (\$\{([A-Z][A-Z0-9_]*)\}) ]]; do
      name=${BASH_REMATCH[2]}
      [ -n "${!name:-}" ] ||
        fail "$template:$number: \${$name} has no value" "every variable of a template is set in scripts/lib/instance.sh or asterisk.sh"
      out+=${rest%%"${BASH_REMATCH[1]}"*}${!name}
      rest=${rest#*"${BASH_REMATCH[1]}"}
    done
    printf '%s\n' "$out$rest"
  done <"$template" >"$target.new"
  replace_file "$target"
}

# fill_all FROM_DIR TO_DIR: every *.conf of FROM_DIR.
fill_all() {
  local template target
  for template in "$1"/*.conf; do
    target=$2/${template##*/}
    case $template in
      */extensions.conf)
        cp "$template" "$target.new"
        replace_file "$target"
        ;;
      *) fill "$template" "$target" ;;
    esac
  done
}

replace_file() {
  chmod 0600 "$1.new"
  mv "$1.new" "$1"
}
