import { BottomNav } from '../../components/BottomNav';
import type { BottomNavItem } from '../../components/BottomNav';
import type { Me } from '@alley-chief/shared/contract';
import { swapTo } from '../../platform';
import { pages, useMe } from '../../stores';

const items = {
  inbox: { key: 'inbox', label: '胡同', icon: 'home' },
  queue: { key: 'queue', label: '待办', icon: 'list' },
  chat: { key: 'chat', label: '家里', icon: 'home' },
  help: { key: 'help', label: '搭把手', icon: 'hand' },
  desk: { key: 'desk', label: '流转', icon: 'list' },
  me: { key: 'me', label: '我', icon: 'user' },
} as const satisfies Record<string, BottomNavItem>;
export type TabKey = keyof typeof items;

const addresses: Record<TabKey, string> = {
  inbox: pages.inbox,
  queue: pages.queue,
  chat: pages.chat,
  help: pages.helpList,
  desk: pages.desk,
  me: pages.me,
};

/** The bottom navigation follows where a person starts; only what exists stands in it. */
export function tabsFor(me: Pick<Me, 'home' | 'household'>): BottomNavItem[] {
  switch (me.home) {
    case 'inbox':
      return [items.inbox, items.queue, items.me];
    case 'queue':
      return [items.queue, items.me];
    case 'help':
      return [items.help, ...(me.household ? [items.chat] : []), items.me];
    case 'desk':
      return [items.desk, items.me];
    case 'chat':
      return [items.chat, items.me];
  }
}

export interface StaffTabsProps {
  current: TabKey;
}

export function StaffTabs({ current }: StaffTabsProps) {
  const me = useMe();
  if (!me) return null;
  return (
    <BottomNav
      items={tabsFor(me)}
      current={current}
      onGo={(key) => key !== current && swapTo(addresses[key as TabKey])}
    />
  );
}
