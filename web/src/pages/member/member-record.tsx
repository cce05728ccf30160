import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/http.js';
import { type Action, useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { useUnchanged } from '../../shared/unchanged.js';
import { MemberPage } from './member-page.js';

type RecordKind = 'call-settings' | 'personal-data';
type Path<Kind extends RecordKind> = `/v1/members/${string}/${Kind}`;
type Saved<Kind extends RecordKind> = Answer<`GET /v1/members/{memberId}/${Kind}`>;

/** A page about the one record that a member has below this name; never kept longer than it is shown. */
export function MemberRecord<Kind extends RecordKind>({
  title,
  text,
  record,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly record: Kind;
  readonly children: (saved: Saved<Kind>, path: Path<Kind>) => ReactNode;
}) {
  return (
    <MemberPage title={title} text={text}>
      {(memberId) => (
        <Reading memberId={memberId} record={record}>
          {children}
        </Reading>
      )}
    </MemberPage>
  );
}

function Reading<Kind extends RecordKind>({
  memberId,
  record,
  children,
}: {
  readonly memberId: string;
  readonly record: Kind;
  readonly children: (saved: Saved<Kind>, path: Path<Kind>) => ReactNode;
}) {
  const path: Path<Kind> = `/v1/members/${memberId}/${record}`;
  const route: `GET /v1/members/{memberId}/${RecordKind}` = `GET /v1/members/{memberId}/${record}`;
  const found = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(route, { path: { memberId }, signal }) as Promise<Saved<Kind>>,
    gcTime: 0,
    structuralSharing: false,
  });
  return <Loaded query={found}>{(saved) => children(saved as Saved<Kind>, path)}</Loaded>;
}

/** Saves it unless somebody else has meanwhile, and says so. */
export function useSaving<Values>(
  route: `PATCH ${Path<'call-settings'>}` | `PUT ${Path<'personal-data'>}`,
  record: unknown,
  bodyOf: (values: Values) => object,
): Action<Values, unknown> {
  const { t } = useTranslation('app');
  const { ifMatch, saved } = useUnchanged(record);
  return useAction<Values, unknown>((values) => ask(route, { body: bodyOf(values), ifMatch }), {
    onSuccess: (after) => {
      saved(after);
      tellDone(t('saved'));
    },
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
