import { EmptyState } from '../components/EmptyState';
import { ErrorState } from '../components/ErrorState';
import { problemOf } from '../api';
import { back, callNumber } from '../platform';
import { currentMe } from '../stores';

/** Why a page cannot be shown: not allowed, not there, no network, or our own fault. */
export function Problem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  if (problem.code === 'forbidden' || problem.code === 'notFound') {
    return (
      <EmptyState
        picture="locked"
        title={problem.code === 'notFound' ? '没找到' : '这里不归您看'}
        lines={[problem.message]}
        action={{ label: '回去', onTap: back }}
      />
    );
  }
  const chief = currentMe()?.chief;
  return (
    <ErrorState
      onRetry={onRetry}
      offline={problem.code === 'offline'}
      message={problem.message}
      code={problem.code}
      {...(chief?.phone && {
        ask: { label: `打电话问${chief.callName}`, onTap: () => callNumber(chief.phone) },
      })}
    />
  );
}
