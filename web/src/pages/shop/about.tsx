import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PageHead } from '../../shared/page-head.js';
import { Loaded } from '../../shared/states.js';
import { useCatalogue } from './contract.js';

/** One of the shop's texts by itself: the terms, the privacy notice. */
export default function About() {
  const { t } = useTranslation('shop');
  const { text: id } = useParams();
  const catalogue = useCatalogue();
  return (
    <Stack maw={720}>
      <Loaded query={catalogue}>
        {({ info }) => {
          const found = info.find((one) => one.id === id);
          return (
            <>
              <PageHead title={found?.title ?? t('about.none')} />
              {found?.text.split(/\n{2,}/).map((part) => (
                <Text key={part}>{part}</Text>
              ))}
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}
