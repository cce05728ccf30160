import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { FormErrors } from '../../shared/form-errors.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { e164Of, isE164 } from '../../shared/telephone.js';
import type { DeviceSecret } from './device.js';

export function NewDevice({
  memberId,
  onMade,
}: {
  readonly memberId: string;
  readonly onMade: (made: DeviceSecret) => void;
}) {
  const { t } = useTranslation('member');
  const [tried, setTried] = useState(0);
  const form = useForm({
    initialValues: { label: '', locationNumber: '' },
    validate: { locationNumber: (text) => (isE164(text) ? null : t('telephone.wrong')) },
  });
  const making = useAction(
    ({ label, locationNumber }: typeof form.values, key) =>
      ask('POST /v1/members/{memberId}/devices', {
        path: { memberId },
        body: { label: label.trim(), locationNumber: e164Of(locationNumber) },
        key,
      }),
    {
      onSuccess: (made) => {
        form.reset();
        onMade(made);
      },
    },
  );
  return (
    <Section title={t('newDevice.title')} text={t('newDevice.text')}>
      <form onSubmit={form.onSubmit(making.start, () => setTried(tried + 1))}>
        <Group align="flex-start">
          <TextInput
            label={t('newDevice.label')}
            description={t('newDevice.labelHint')}
            required
            maxLength={100}
            {...form.getInputProps('label')}
          />
          <TextInput
            label={t('newDevice.location')}
            description={t('newDevice.locationHint')}
            type="tel"
            autoComplete="tel"
            required
            placeholder="+82262006200"
            {...form.getInputProps('locationNumber')}
          />
        </Group>
        <FormErrors errors={form.errors} tried={tried} />
        <ProblemAlert error={making.error} />
        <Button type="submit" mt="md" loading={making.isPending}>
          {t('newDevice.submit')}
        </Button>
      </form>
    </Section>
  );
}
