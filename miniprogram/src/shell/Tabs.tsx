import type { Me } from '@alley-chief/shared/contract';
import { BottomNav } from '../components/BottomNav';
import type { BottomNavItem } from '../components/BottomNav';
import { swapTo } from '../platform';
import { pages, useMe } from '../stores';

const items = {
  chat: { key: 'chat', label: '胡同', icon: 'home' },
  services: { key: 'services', label: '办事', icon: 'list' },
  matters: { key: 'matters', label: '我的事', icon: 'doc' },
  inbox: { key: 'inbox', label: '胡同', icon: 'home' },
  queue: { key: 'queue', label: '待办', icon: 'list' },
  family: { key: 'family', label: '家里', icon: 'home' },
  help: { key: 'help', label: '搭把手', icon: 'hand' },
  desk: { key: 'desk', label: '流转', icon: 'list' },
  me: { key: 'me', label: '我', icon: 'user' },
} as const satisfies Record<string, BottomNavItem>;

export type TabKey = keyof typeof items;

const addresses: Record<TabKey, string> = {
  chat: pages.chat,
  services: pages.services,
  matters: pages.matters,
  inbox: pages.inbox,
  queue: pages.queue,
  family: pages.chat,
  help: pages.helpList,
  desk: pages.desk,
  me: pages.me,
};

/** The bottom navigation follows where a person starts; only what exists stands in it. */
export function tabsFor(me: Pick<Me, 'home' | 'household'>): BottomNavItem[] {
  switch (me.home) {
    case 'chat':
      return [items.chat, items.services, items.matters, items.me];
    case 'inbox':
      return [items.inbox, items.queue, items.me];
    case 'queue':
      return [items.queue, items.me];
    case 'help':
      return [items.help, ...(me.household ? [items.family] : []), items.me];
    case 'desk':
      return [items.desk, items.me];
  }
}

export interface TabsProps {
  current: TabKey;
  /** What waits for this person, by tab. */
  counts?: Partial<Record<TabKey, number>> | undefined;
}

export function Tabs({ current, counts = {} }: TabsProps) {
  const me = useMe();
  if (!me) return null;
  return (
    <BottomNav
      items={tabsFor(me).map((tab) => ({ ...tab, count: counts[tab.key as TabKey] }))}
      current={current}
      onGo={(key) => key !== current && swapTo(addresses[key as TabKey])}
    />
  );
}
