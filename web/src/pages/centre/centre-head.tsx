import { Anchor, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { PageHead } from '../../shared/page-head.js';

const parts = ['queues', 'agents', 'words', 'mails', 'campaigns', 'recording'] as const;
export type Part = (typeof parts)[number];

/** What all pages of a centre begin with: the way to the others. */
export function CentreHead({ part }: { readonly part: Part }) {
  const { t } = useTranslation('centre');
  return (
    <>
      <PageHead title={t(`${part}.title`)} text={t(`${part}.text`)} />
      <Group component="nav" aria-label={t('parts')} gap="md" mb="md">
        {parts.map((one) => (
          <Anchor
            key={one}
            component={NavLink}
            to={`/centre/${one}`}
            fw={one === part ? 700 : 400}
            underline={one === part ? 'always' : 'hover'}
          >
            {t(`part.${one}`)}
          </Anchor>
        ))}
      </Group>
    </>
  );
}
