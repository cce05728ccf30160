import { Modal, NavLink, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../api/http.js';
import { useSession } from '../api/session.js';
import { useFormat } from '../shared/format.js';
import { ProblemAlert } from '../shared/states.js';
import { pathOfHit } from './find-paths.js';

const TYPED_MS = 200;
const LEAST = 2;

/** What was typed is looked for while it is typed; arrows go through what is found, Enter opens it. */
export default function Find({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('app');
  const { moment } = useFormat();
  const { account } = useSession();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), TYPED_MS);
  const list = useRef<HTMLDivElement>(null);
  const found = useQuery({
    queryKey: ['/v1/search', wanted],
    queryFn: ({ signal }) => ask('GET /v1/search', { query: { q: wanted }, signal }),
    enabled: wanted.length >= LEAST,
  });
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  const groups = found.data?.groups ?? [];
  return (
    <Modal
      opened
      onClose={close}
      title={t('find.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="sm" onKeyDown={step}>
        <TextInput
          data-autofocus
          aria-label={t('find.title')}
          description={t('find.hint')}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') list.current?.querySelector('a')?.click();
          }}
        />
        <ProblemAlert error={found.error} />
        <Text size="sm" c="dimmed" role="status" aria-live="polite">
          {wanted.length >= LEAST && found.data !== undefined && groups.length === 0 ? t('find.nothing') : ''}
        </Text>
        <div ref={list}>
          {groups.map(({ kind, items }) => (
            <section key={kind} aria-label={t(`find.${kind}`)} data-kind={kind}>
              <Title order={3} size="xs" c="dimmed" mt="xs">
                {t(`find.${kind}`)}
              </Title>
              {items.map((hit) => {
                const path = pathOfHit(kind, hit, account?.roles ?? []);
                const detail = [hit.detail, hit.at === null ? null : moment(hit.at)]
                  .filter(Boolean)
                  .join(' · ');
                return path === undefined ? (
                  <Text key={`${hit.id}${hit.title}`} size="sm" px="sm" py={4} className="digits">
                    {hit.title}{' '}
                    <Text span size="xs" c="dimmed">
                      {detail}
                    </Text>
                  </Text>
                ) : (
                  <NavLink
                    key={`${hit.id}${hit.title}`}
                    component={Link}
                    to={path}
                    onClick={close}
                    py={4}
                    className="digits"
                    label={hit.title}
                    description={detail}
                  />
                );
              })}
            </section>
          ))}
        </div>
      </Stack>
    </Modal>
  );
}
