import { lazy, Suspense, useEffect, useState } from 'react';
import { whenFirstTold } from '../shared/notify.js';

const Notifications = lazy(async () => {
  const { Notifications: Place } = await import('@mantine/notifications');
  return { default: Place };
});

/** Where it is said that something was done: loaded with the first such word. */
export function Told() {
  const [told, setTold] = useState(false);
  useEffect(() => whenFirstTold(() => setTold(true)), []);
  if (!told) return null;
  return (
    <Suspense>
      <Notifications position="top-center" />
    </Suspense>
  );
}
