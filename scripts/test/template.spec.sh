# shellcheck shell=bash
# The single quotes keep ${…} for the template on purpose.
# shellcheck disable=SC2016

given_a_template_when_filled_then_values_stand_where_names_stood() {
  local PORT=5060 HOST='a&b\1'
  printf '%s\n' 'bind = ${HOST}:${PORT}' '${EXTEN:1} ${CALLERID(num)} $[1] ${PORT}${PORT}' >"$place/in.conf"
  fill "$place/in.conf" "$place/out.conf"
  expect text "$(<"$place/out.conf")" $'bind = a&b\\1:5060\n${EXTEN:1} ${CALLERID(num)} $[1] 50605060'
  expect mode "$(stat -c %a "$place/out.conf")" 600
}

given_an_unknown_variable_when_filled_then_it_fails_and_leaves_the_old_file() {
  echo old >"$place/out.conf"
  echo 'x = ${NOBODY_SET_THIS}' >"$place/in.conf"
  if (fill "$place/in.conf" "$place/out.conf"); then exit 1; fi
  expect text "$(<"$place/out.conf")" old
}

given_an_empty_variable_when_filled_then_it_fails() {
  local EMPTY=
  echo 'secret = ${EMPTY}' >"$place/in.conf"
  if (fill "$place/in.conf" "$place/out.conf"); then exit 1; fi
}

given_a_dialplan_when_filled_then_it_stays_as_it_is() {
  mkdir "$place/from" "$place/to"
  echo 'exten => _.,1,Dial(PJSIP/${EXTEN})' >"$place/from/extensions.conf"
  fill_all "$place/from" "$place/to"
  expect text "$(<"$place/to/extensions.conf")" 'exten => _.,1,Dial(PJSIP/${EXTEN})'
}
