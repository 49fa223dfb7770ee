import { OfflineBanner } from '../../components/OfflineBanner';
import { useConnection, useUnsent } from '../../stores';

/** Says when what is shown may be old; gone as soon as the connection is back. */
export function NetBanner() {
  const connection = useConnection();
  const waiting = useUnsent().length;
  return connection === 'ok' ? null : <OfflineBanner waiting={waiting} state={connection} />;
}
