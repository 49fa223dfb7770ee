import { OfflineBanner } from '../components/OfflineBanner';
import { useConnection, useUnsent } from '../stores';

/** Says that there is no connection, and how much waits for it. Gone as soon as it is back. */
export function NetBanner({ reading }: { reading?: boolean | undefined }) {
  const connection = useConnection();
  const waiting = useUnsent().filter((entry) => entry.state !== 'failed').length;
  return connection === 'ok' ? null : (
    <OfflineBanner waiting={waiting} state={connection} reading={reading} />
  );
}
