import { useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { Me, Sender } from '@alley-chief/shared/contract';
import { Thinking } from '../components/Bubble';
import type { ThreadState } from '../realtime/thread';

const bot: Sender = { kind: 'bot', name: '小同', surname: '', title: '', tone: 'bot' };

/** 小同 answers within two seconds; after this long silence means it has nothing to say. */
const patience = 5_000;

/** Below the newest row: who is typing, or 小同 looking into what was just said. */
export function Tail({ state, me }: { state: ThreadState; me: Me }) {
  const thinking = useThinking(state, me);
  const names = Object.entries(state.typing)
    .filter(([id]) => id !== me.id && id !== 'bot')
    .map(([, one]) => one.name);
  if (state.typing['bot'] ?? thinking) return <Thinking from={bot} words="正在看" />;
  if (!names.length) return null;
  return (
    <View className="thread-typing cap c3">
      <Text>{names.slice(0, 2).join('、')}正在打字…</Text>
    </View>
  );
}

/** True for a moment after a member of the household said something, until anybody answers. */
function useThinking(state: ThreadState, me: Me): boolean {
  const last = state.messages.at(-1);
  const mine =
    last?.from.id === me.id &&
    last.kind !== 'notice' &&
    me.household?.conversationId === state.conversationId;
  const [waitingFor, setWaitingFor] = useState<string>();
  const [first] = useState(last?.id);
  // What was said before this page opened has had its answer, or will not get one.
  const id = mine && last.id !== first ? last.id : undefined;
  useEffect(() => {
    setWaitingFor(id);
    if (!id) return;
    const timer = setTimeout(() => setWaitingFor(undefined), patience);
    return () => clearTimeout(timer);
  }, [id]);
  return id !== undefined && waitingFor === id;
}
