import type { Sql } from '../../infra/db/sql.js';
import { sqlStateOf } from '../../infra/db/sql-state.js';
import { withDeadline } from '../../kernel/deadline.js';
import { err, failure, ok } from '../../kernel/result.js';
import { CALL_SETTINGS, type CallSettingRow } from '../../membership/index.js';
import type { MemberSetting } from './domain/set-machine.js';
import type { ChangeSetting } from './service-world.js';

const PROPERTIES: Readonly<Record<MemberSetting, keyof CallSettingRow>> = {
  'do-not-disturb': 'doNotDisturb',
  'forward-always': 'forwardAlways',
  'forward-busy': 'forwardBusy',
  'forward-no-answer': 'forwardNoAnswer',
  'hide-number': 'hideNumber',
};

/** What a telephone's keys can dial; one digit alone is nobody's number. */
const DIALLABLE = /^[+*]?[0-9*#]{2,64}$/;
/** SQLSTATE class 23: a constraint says no, and will again. */
const REFUSED = /^23/;
const ANSWER_WITHIN_MS = 3_000;

/** Changes a setting by feature code. The directory hears of it by the table's trigger: the next call goes by it. */
export const settingChange =
  (sql: Sql): ChangeSetting =>
  async (member, setting, value) => {
    if (typeof value === 'string' && !DIALLABLE.test(value)) return err(refused(setting));
    const changing = CALL_SETTINGS.put(sql, { memberId: member, [PROPERTIES[setting]]: value });
    try {
      await withDeadline(changing, ANSWER_WITHIN_MS);
      return ok(undefined);
    } catch (error) {
      if (REFUSED.test(sqlStateOf(error) ?? '')) return err(refused(setting));
      throw error;
    }
  };

const refused = (setting: MemberSetting) =>
  failure('call-setting.invalid', `${setting} cannot have this value`, { hint: 'dial another number' });
