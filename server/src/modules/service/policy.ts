import { policy, type Policy } from '../../http/binder';

/** A checklist belongs to a household: people who live nowhere here have none. */
export const ofAHousehold: Policy<'PUT /services/:id/checklist/:material'> = policy(
  'ofAHousehold',
  ({ viewer }) => viewer.householdId !== undefined,
);
