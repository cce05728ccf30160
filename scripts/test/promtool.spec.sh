# shellcheck shell=bash

given_the_alert_rules_when_promtool_tries_them_then_each_fires_when_it_should_and_none_when_all_is_well() {
  local promtool
  promtool=$(promtool_path) || {
    echo 'no promtool on this machine: not tried out'
    return 0
  }
  cd "$home/ops/prometheus"
  "$promtool" check config prometheus.yml
  "$promtool" check rules alerts.yml
  "$promtool" test rules alerts.test.yml
}
