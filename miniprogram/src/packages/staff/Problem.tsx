import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { back } from '../../platform';
import { problemOf } from '../../api';

/** Why a page cannot be shown: not allowed, no network, or our own fault. */
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
  return (
    <ErrorState
      onRetry={onRetry}
      offline={problem.code === 'offline'}
      message={problem.message}
      code={problem.code}
    />
  );
}
