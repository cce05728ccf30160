import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Section } from '../../shared/section.js';
import { Loaded } from '../../shared/states.js';
import { CentreHead } from './centre-head.js';
import { useMayManage } from './may-manage.js';
import { QueueAgents } from './queue-agents.js';
import { QueueForm } from './queue-form.js';
import { QueueNumbers } from './queue-numbers.js';

/** All that is set of one queue. */
export default function QueuePage() {
  const { t } = useTranslation('centre');
  const { id = '' } = useParams();
  const client = useQueryClient();
  const go = useNavigate();
  const mayManage = useMayManage();
  const query = useQuery({
    queryKey: ['queue', id],
    queryFn: ({ signal }) => ask('GET /v1/queues/{id}', { path: { id }, signal }),
    structuralSharing: false,
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['queue', id] });
  const removing = useAction(() => ask('DELETE /v1/queues/{id}', { path: { id } }), {
    onSuccess: () => void go('/centre/queues'),
  });
  return (
    <Stack maw={960}>
      <CentreHead part="queues" />
      <Loaded query={query}>
        {(queue) => (
          <>
            <Section title={queue.name}>
              <QueueForm key={queue.id} queue={queue} readOnly={!mayManage} onSaved={refresh} />
            </Section>
            <QueueAgents queue={queue} readOnly={!mayManage} onChanged={refresh} />
            <QueueNumbers queue={queue} readOnly={!mayManage} onChanged={refresh} />
            {mayManage && (
              <div>
                <ConfirmButton
                  label={t('queue.delete')}
                  question={t('queue.deleteQuestion', { name: queue.name })}
                  error={removing.error}
                  onConfirm={() => removing.start()}
                />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}
