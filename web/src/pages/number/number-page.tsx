import { Anchor, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { NumberBar } from '../../number/number-bar.js';
import { Loaded } from '../../shared/states.js';
import { LetterForm } from './letter-form.js';
import { VisitorCall } from './visitor-call.js';

/** What the holder of a number shows; the same neutral page for every number that shows nothing. */
export default function NumberPage() {
  const { t } = useTranslation('number');
  const { number = '' } = useParams();
  const path = `/v1/resolve/${encodeURIComponent(number)}` as const;
  const query = useQuery({
    queryKey: ['number-page', number],
    queryFn: ({ signal }) => ask('GET /v1/resolve/{number}', { path: { number }, signal }),
  });
  return (
    <Stack maw={480} mx="auto">
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {number}
      </Title>
      <Loaded query={query}>
        {({ shows, title = '', homePage }) => (
          <>
            {shows === 'nothing' ? (
              <Text>{t('nothing')}</Text>
            ) : (
              <Paper withBorder p="md">
                <Stack>
                  <Title order={2} size="h4">
                    {title}
                  </Title>
                  {shows === 'home-page' && homePage !== undefined && <HomePage url={homePage} />}
                  {shows === 'mail' && <LetterForm path={path} />}
                  {shows === 'call' && <VisitorCall path={path} title={title} />}
                  <Anchor href={`${path}/card.vcf`} download>
                    {t('vcard')}
                  </Anchor>
                </Stack>
              </Paper>
            )}
            <img src={`${path}/qr.svg`} alt={t('qr')} width={160} height={160} />
          </>
        )}
      </Loaded>
      <NumberBar key={number} />
    </Stack>
  );
}

/** One step before leaving: whose page it is, and where it leads. */
function HomePage({ url }: { readonly url: string }) {
  const { t } = useTranslation('number');
  if (!/^https?:\/\//.test(url)) return null;
  return (
    <>
      <Text>{t('homePage.about')}</Text>
      <Text ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {url}
      </Text>
      <Button component="a" href={url} rel="noopener noreferrer">
        {t('homePage.go', { host: new URL(url).host })}
      </Button>
    </>
  );
}
