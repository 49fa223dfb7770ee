import type { InboxRow, MessageView } from '@alley-chief/shared/contract';

export interface InboxParts {
  /** Urgent, or somebody of the household spoke last. */
  waiting: InboxRow[];
  answered: InboxRow[];
  /** Never said a word yet. */
  silent: InboxRow[];
}

/** Rows in the parts of the inbox, in the server's order. */
export function partsOf(rows: readonly InboxRow[]): InboxParts {
  const parts: InboxParts = { waiting: [], answered: [], silent: [] };
  for (const row of rows) {
    const waits = row.urgent || !!row.waitingSince;
    parts[waits ? 'waiting' : row.lastAt ? 'answered' : 'silent'].push(row);
  }
  return parts;
}

/** What a row says of a message. */
function preview(message: MessageView): string {
  switch (message.kind) {
    case 'image':
      return message.text ? `[照片] ${message.text}` : '[照片]';
    case 'voice':
      return `语音 ${Math.round(message.file?.seconds ?? 0)}″ ${message.text ?? ''}`.trim();
    case 'location':
      return `[位置] ${message.location?.name ?? ''}`.trim();
    default:
      return message.text ?? '';
  }
}

/**
 * A message that just arrived, put into its household's row at once. Only what a message can tell is changed;
 * urgency, order and the counts come with the next reading.
 * @param me the chief, whose own words end the waiting
 */
export function foldMessage(
  rows: readonly InboxRow[],
  message: MessageView,
  me: string | undefined,
): readonly InboxRow[] {
  const at = rows.findIndex((row) => row.conversationId === message.conversationId);
  const row = rows[at];
  if (!row || (row.lastAt && row.lastAt >= message.at)) return rows;
  const words = preview(message);
  const mine = message.from.kind === 'person' && message.from.id === me;
  const household = message.from.kind === 'person' && message.from.tone === 'household';
  const next: InboxRow = {
    ...row,
    lastAt: message.at,
    ...(words && { lastText: mine ? `您：${words}` : words }),
    unread: mine ? 0 : row.unread + 1,
  };
  if (mine) delete next.waitingSince;
  else if (household) next.waitingSince = row.waitingSince ?? message.at;
  return [...rows.slice(0, at), next, ...rows.slice(at + 1)];
}
