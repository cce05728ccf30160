import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { type Action, useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { MemberPage } from './member-page.js';

type Path = `/v1/${string}`;

/** A page about the one record that a member has below this name; never kept longer than it is shown. */
export function MemberRecord<Saved>({
  title,
  text,
  record,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly record: 'call-settings' | 'personal-data';
  readonly children: (saved: Saved, path: Path) => ReactNode;
}) {
  return (
    <MemberPage title={title} text={text}>
      {(memberId) => <Reading path={`/v1/members/${memberId}/${record}`}>{children}</Reading>}
    </MemberPage>
  );
}

function Reading<Saved>({
  path,
  children,
}: {
  readonly path: Path;
  readonly children: (saved: Saved, path: Path) => ReactNode;
}) {
  const record = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Saved>(`GET ${path}`, { signal }),
    gcTime: 0,
  });
  return <Loaded query={record}>{(saved) => children(saved, path)}</Loaded>;
}

/** Saves it, and says so. */
export function useSaving<Values>(
  route: `${'PUT' | 'PATCH'} ${Path}`,
  bodyOf: (values: Values) => unknown,
): Action<Values, void> {
  const { t } = useTranslation('app');
  return useAction((values: Values) => ask(route, { body: bodyOf(values) }), {
    onSuccess: () => tellDone(t('saved')),
  });
}

/** The record's fields, what was wrong with them, and the button. */
export function RecordForm({
  onSubmit,
  saving,
  children,
}: {
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly saving: Pick<Action<never, unknown>, 'error' | 'isPending'>;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('app');
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        {children}
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {t('save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
