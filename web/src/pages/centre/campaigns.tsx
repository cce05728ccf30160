import { Stack } from '@mantine/core';
import { CampaignList } from './campaign-list.js';
import { CentreHead } from './centre-head.js';
import { DoNotCall } from './do-not-call.js';
import { Segments } from './segments.js';

/** Whom a centre calls by itself: groups of customers, campaigns, and who must not be called. */
export default function Campaigns() {
  return (
    <Stack maw={960}>
      <CentreHead part="campaigns" />
      <CampaignList />
      <Segments />
      <DoNotCall />
    </Stack>
  );
}
