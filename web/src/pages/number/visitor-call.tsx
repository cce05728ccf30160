import { Badge, Button, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { PhoneCall } from '../../phone/call.js';
import { helpWith } from '../../phone/ice.js';
import { IconCall, IconHangUp } from '../../phone/icons.js';
import { visitorAgent } from '../../phone/line.js';
import type { CallView } from '../../phone/state.js';
import { uriOfTarget } from '../../phone/target.js';
import { clockOf, useLevel, useSecondsSince } from '../../phone/use-phone.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';
import { worked } from './work.js';

/** A call to the holder from this page, without an account: one number, ten minutes at most. */
export function VisitorCall({
  path,
  title,
}: {
  readonly path: `/v1/resolve/${string}`;
  readonly title: string;
}) {
  const { t } = useTranslation(['number', 'phone']);
  const [view, setView] = useState<CallView>();
  const call = useRef<PhoneCall>(undefined);
  const start = useAction(async () => {
    const pass = await ask(`POST ${path}/calls`, { body: await worked(path) });
    helpWith(pass.iceServers);
    const agent = visitorAgent(pass);
    agent.on('connected', () => {
      const session = agent.call(uriOfTarget(pass.dialled, pass.realm), PhoneCall.options());
      const made = new PhoneCall(
        session,
        () => setView(made.view),
        () => undefined,
        title,
      );
      call.current = made;
      setView(made.view);
      const end = () => agent.stop();
      session.on('ended', end);
      session.on('failed', end);
    });
    agent.start();
  });
  const open = view !== undefined && view.stage !== 'ended';
  const seconds = useSecondsSince(view?.stage === 'talking' ? view.startedAt : undefined);
  const { srcObject } = call.current?.audio ?? {};
  const heard = useLevel(
    view?.stage === 'talking' && srcObject instanceof MediaStream ? srcObject : undefined,
  );
  return (
    <Stack data-call={view?.stage ?? 'none'} data-heard={Math.round(heard.hertz / 50) * 50}>
      <Text size="sm">{t('call.about')}</Text>
      <ProblemAlert error={start.error} />
      {view !== undefined && (
        <Badge color={open ? 'teal.9' : 'gray.7'} role="status">
          {t(`phone:call.${view.stage}`)} {seconds === undefined ? '' : clockOf(seconds)}
        </Badge>
      )}
      {open ? (
        <Button color="red.9" leftSection={<IconHangUp />} onClick={() => call.current?.hangUp()}>
          {t('phone:call.hangUp')}
        </Button>
      ) : (
        <Button
          color="teal.9"
          leftSection={<IconCall />}
          onClick={() => start.start()}
          loading={start.isPending}
        >
          {t('call.start', { title })}
        </Button>
      )}
    </Stack>
  );
}
