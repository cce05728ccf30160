import { Anchor, Button, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { useUnchanged } from '../../shared/unchanged.js';
import { MemberPage } from './member-page.js';
import { type NumberPage, SHOWN, wishOf } from './number-page-wish.js';

/** What the web shows for one of one's own numbers. */
export default function OwnNumberPage() {
  const { t } = useTranslation('member');
  const { key = '' } = useParams();
  return (
    <MemberPage title={t('numberPage.title', { number: key })} text={t('numberPage.text')}>
      {(memberId) => <Saved memberId={memberId} numberKey={key} />}
    </MemberPage>
  );
}

function Saved({ memberId, numberKey }: { readonly memberId: string; readonly numberKey: string }) {
  const path = `/v1/numbers/${encodeURIComponent(numberKey)}/page` as const;
  const page = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
    structuralSharing: false,
  });
  return (
    <Loaded query={page}>
      {(saved) => <Fields path={path} saved={saved} memberId={memberId} numberKey={numberKey} />}
    </Loaded>
  );
}

function Fields({
  path,
  saved,
  memberId,
  numberKey,
}: {
  readonly path: `/v1/numbers/${string}/page`;
  readonly saved: NumberPage;
  readonly memberId: string;
  readonly numberKey: string;
}) {
  const { t } = useTranslation(['member', 'app']);
  const emails = usePages(`/v1/members/${memberId}/${'emails' as string}`);
  const addresses = (emails.data ?? [])
    .filter(({ verifiedAt }) => verifiedAt !== null)
    .flatMap((one) => ('address' in one ? [one.address] : []));
  const { ifMatch, saved: reread } = useUnchanged(saved);
  const form = useForm({
    initialValues: {
      shows: saved.shows,
      title: saved.title ?? '',
      homePage: saved.homePage ?? 'https://',
      mailTo: saved.mailTo ?? '',
    },
  });
  const saving = useAction(
    async (values: typeof form.values) => {
      const wish = wishOf(values);
      if (wish === undefined) await ask(`DELETE ${path}`, { ifMatch });
      else await ask(`PUT ${path}`, { body: wish, ifMatch });
      return ask(`GET ${path}`);
    },
    {
      onSuccess: (after) => {
        reread(after);
        tellDone(t('app:saved'));
      },
    },
  );
  const { shows } = form.values;
  return (
    <form onSubmit={form.onSubmit(saving.start)}>
      <Section title={t('numberPage.shows')}>
        <Radio.Group aria-label={t('numberPage.shows')} {...form.getInputProps('shows')}>
          <Stack gap="xs">
            {SHOWN.map((one) => (
              <Radio key={one} value={one} label={t(`numberPage.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {shows !== 'nothing' && (
          <TextInput label={t('numberPage.name')} required maxLength={100} {...form.getInputProps('title')} />
        )}
        {shows === 'home-page' && (
          <TextInput
            label={t('numberPage.homePage')}
            description={t('numberPage.homePageAbout')}
            type="url"
            required
            maxLength={500}
            {...form.getInputProps('homePage')}
          />
        )}
        {shows === 'mail' && (
          <Select
            label={t('numberPage.mailTo')}
            description={t('numberPage.mailToAbout')}
            data={addresses}
            required
            {...form.getInputProps('mailTo')}
          />
        )}
        {shows === 'mail' && emails.data !== undefined && addresses.length === 0 && (
          <Text size="sm">{t('numberPage.noMail')}</Text>
        )}
        {(shows === 'mail' || shows === 'home-page') && (
          <Anchor component={Link} to="/member/identities">
            {t('numberPage.prove')}
          </Anchor>
        )}
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </div>
        <Anchor component={Link} to={`/n/${encodeURIComponent(numberKey)}`}>
          {t('numberPage.see')}
        </Anchor>
      </Section>
    </form>
  );
}
