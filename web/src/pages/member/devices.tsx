import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import type { DeviceSecret } from './device.js';
import { DeviceCard } from './device-card.js';
import { MemberPage } from './member-page.js';
import { NewDevice } from './new-device.js';
import { SecretOnce } from './secret-once.js';

export default function Devices() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('devices.title')} text={t('devices.text')}>
      {(memberId) => <DeviceList memberId={memberId} />}
    </MemberPage>
  );
}

function DeviceList({ memberId }: { readonly memberId: string }) {
  const { t } = useTranslation('member');
  const path = `/v1/members/${memberId}/devices` as const;
  const devices = usePages(path);
  const [secret, setSecret] = useState<DeviceSecret>();
  const refresh = () => void devices.refetch();
  return (
    <Stack>
      {secret !== undefined && <SecretOnce secret={secret} onDone={() => setSecret(undefined)} />}
      <Loaded query={devices}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('devices.none')} />
          ) : (
            items.map((device) => (
              <DeviceCard
                key={device.id}
                device={device}
                onSecret={setSecret}
                onChange={refresh}
                onRemoved={() => {
                  if (secret?.username === device.username) setSecret(undefined);
                  refresh();
                }}
              />
            ))
          )
        }
      </Loaded>
      <More {...devices} />
      <NewDevice
        memberId={memberId}
        onMade={(made) => {
          setSecret(made);
          refresh();
        }}
      />
    </Stack>
  );
}
