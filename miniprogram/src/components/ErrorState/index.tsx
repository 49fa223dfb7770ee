import { EmptyState } from '../EmptyState';

export interface ErrorStateProps {
  onRetry: () => void;
  /** The server's sentence for this error, when it has one. */
  message?: string | undefined;
  /** A code to say on the telephone. */
  code?: string | undefined;
  /** No answer came at all: the network's fault, said so. */
  offline?: boolean | undefined;
  /** Somebody to ring instead. */
  ask?: { label: string; onTap: () => void } | undefined;
}

/** A page that could not be shown. Never the villager's fault; nothing they said is lost. */
export function ErrorState({ onRetry, message, code, offline, ask }: ErrorStateProps) {
  return (
    <EmptyState
      picture={offline ? 'offline' : 'error'}
      title={offline ? '这会儿没有网' : '这一页没打开'}
      lines={
        offline
          ? ['您说过的话都存着，', '连上就发，不用再说一遍。']
          : [message ?? '不是您的事，是我们这边卡住了。', '您说过的话都在，一句没丢。']
      }
      action={{ label: '再试一次', icon: 'refresh', onTap: onRetry }}
      second={ask}
      footnote={code && !offline ? `报修说这个号：${code}` : undefined}
    />
  );
}
