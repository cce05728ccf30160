export const COMPANY_ROLES = ['company-admin', 'supervisor', 'agent', 'member'] as const;
