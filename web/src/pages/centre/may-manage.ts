import { useSession } from '../../api/session.js';

/** Whether he may change queues, agents and recording rules; a supervisor looks at them. */
export function useMayManage(): boolean {
  const { account } = useSession();
  return account?.roles.some((role) => role === 'company-admin' || role === 'operator') === true;
}
