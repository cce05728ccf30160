import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../api/session.js';

export default function Home() {
  const { t } = useTranslation('home');
  const { account } = useSession();
  return (
    <Stack gap="lg" maw={640}>
      <Title order={1}>{t('title')}</Title>
      <Text size="lg">{t('lead')}</Text>
      {account === null && (
        <Group>
          <Button component={Link} to="/sign-in" size="md">
            {t('signIn')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
