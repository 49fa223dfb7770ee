import { useEffect } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { ScrollView, Text, View } from '@tarojs/components';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { aria, Tap } from '../Tap';
import './index.scss';

export interface SheetProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** Fixed below the scrolling content: the one filled button. */
  foot?: ReactNode;
}

/** A sheet from below, over the page's column. Give it to Page's `overlay`. */
export function Sheet({ open, title, onClose, foot, children }: PropsWithChildren<SheetProps>) {
  const elder = useElder();
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !open) return;
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    window.addEventListener('keydown', escape);
    return () => window.removeEventListener('keydown', escape);
  }, [open, onClose]);
  if (!open) return null;
  return (
    <View className="scrim" catchMove>
      <View className="scrim-rest" onClick={onClose} {...aria('button', '关上')} />
      <View className="sheet" {...aria('dialog', title)}>
        <View className="sheet-grab" />
        <View className="sheet-head row">
          <Text className="ttl f1">{title}</Text>
          <Tap className="sheet-x" onTap={onClose} label="关上">
            <Icon name="x" size={elder ? 32 : 24} tone="ink-3" />
          </Tap>
        </View>
        <ScrollView scrollY enhanced showScrollbar={false} className="sheet-body">
          <View className="sheet-in">{children}</View>
        </ScrollView>
        {foot && <View className="sheet-foot">{foot}</View>}
      </View>
    </View>
  );
}
