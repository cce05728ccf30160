import { Anchor, Badge, Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';

interface Own {
  readonly key: string;
  readonly display: string;
  readonly shows: 'home-page' | 'mail' | 'call' | 'nothing';
  readonly title: string | null;
}

/** All of one's numbers, and what the web shows for each: a person's own, a company's for its administrator. */
export default function OwnNumbers() {
  const { t } = useTranslation('number');
  const numbers = usePages('/v1/number-pages');
  return (
    <Stack maw={960}>
      <PageHead title={t('own.title')} text={t('own.text')} />
      <Loaded query={numbers}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('own.none')}>
              <Button component={Link} to="/">
                {t('own.buy')}
              </Button>
            </Empty>
          ) : (
            <Stack>
              {items.map((own) => (
                <OwnNumber key={own.key} own={own} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More {...numbers} />
    </Stack>
  );
}

function OwnNumber({ own: { key, display, shows, title } }: { readonly own: Own }) {
  const { t } = useTranslation('number');
  const path = `/n/${encodeURIComponent(display)}` as const;
  return (
    <Paper withBorder p="md" component="article" aria-label={display}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3" className="digits">
            {display}
          </Title>
          <Badge color={shows === 'nothing' ? 'gray.7' : 'teal.9'}>{t(`own.${shows}`)}</Badge>
        </Group>
        {title !== null && <span>{title}</span>}
        <Group gap="sm">
          <Button component={Link} size="compact-sm" to={`/member/numbers/${encodeURIComponent(key)}/page`}>
            {t('own.choose')}
          </Button>
          {shows !== 'nothing' && (
            <>
              <Anchor component={Link} to={path}>
                {t('own.see')}
              </Anchor>
              <Anchor href={`/v1/resolve/${encodeURIComponent(display)}/qr.svg`} download={`${key}.svg`}>
                {t('own.qr')}
              </Anchor>
            </>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
