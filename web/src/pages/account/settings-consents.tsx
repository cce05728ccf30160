import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { CONSENT_VERSION } from './rules.js';

interface Consent {
  readonly purpose: string;
  readonly version: string;
  readonly given: boolean;
  readonly at?: string;
}

/** Terms and privacy are what the account stands on; these may be taken back at any time. */
const FREE = ['marketing', 'call-recording'] as const;
const PATH = '/v1/me/consents';

export function Consents() {
  const { t } = useTranslation('account');
  const { date } = useFormat();
  const client = useQueryClient();
  const consents = usePages(PATH);
  const saying = useAction(async (body: Consent, key) => {
    await ask('POST /v1/me/consents', { body, key });
    await client.invalidateQueries({ queryKey: [PATH] });
  });
  return (
    <Section title={t('consents.title')} text={t('consents.text')}>
      <ProblemAlert error={saying.error} />
      <Loaded query={consents}>
        {(items) =>
          FREE.map((purpose) => {
            const latest = items.find((one) => one.purpose === purpose);
            return (
              <Switch
                key={purpose}
                label={t(`consents.${purpose}`)}
                description={latest?.at === undefined ? undefined : date(latest.at)}
                checked={latest?.given ?? false}
                onChange={(event) =>
                  saying.start({ purpose, version: CONSENT_VERSION, given: event.currentTarget.checked })
                }
              />
            );
          })
        }
      </Loaded>
    </Section>
  );
}
