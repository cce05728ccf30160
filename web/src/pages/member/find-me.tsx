import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { Loaded } from '../../shared/states.js';
import { FindMeEditor } from './find-me-editor.js';
import { useTargets } from './find-me-targets.js';
import { MemberPage } from './member-page.js';

export default function FindMe() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('findMe.title')} text={t('findMe.text')}>
      {(memberId) => <Order memberId={memberId} />}
    </MemberPage>
  );
}

function Order({ memberId }: { readonly memberId: string }) {
  const path = `/v1/members/${memberId}/find-me` as const;
  const client = useQueryClient();
  const targets = useTargets(memberId);
  const order = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
    structuralSharing: false,
  });
  return (
    <Loaded query={order}>
      {(read) => (
        <FindMeEditor
          key={JSON.stringify(read)}
          path={path}
          read={read}
          targets={targets}
          onSaved={(after) => client.setQueryData([path], after)}
        />
      )}
    </Loaded>
  );
}
