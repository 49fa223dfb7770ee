import type { PropsWithChildren, ReactNode } from 'react';
import { ScrollView, View } from '@tarojs/components';
import type { ScrollViewProps } from '@tarojs/components';
import { cx } from '../classes';
import { ElderContext } from '../elder';
import './index.scss';

export interface PageProps {
  /** 长辈版: large print, spoken times, no avatars. Everything inside follows through `useElder`. */
  elder?: boolean | undefined;
  /** Desk pages use the whole window; phone pages sit in a centred 430px column on a PC. */
  wide?: boolean | undefined;
  ground?: 'wall' | 'paper' | undefined;
  nav?: ReactNode;
  /** Below the navigation bar, above the scrolling body: offline banner, consent, pinned strip. */
  banner?: ReactNode;
  /** Fixed at the bottom, home indicator kept clear: input bar, bottom navigation, FootBar. */
  foot?: ReactNode;
  /** Sheets and overlays; drawn over everything inside the column. */
  overlay?: ReactNode;
  /** False: the body does not scroll by itself (a thread with its own ScrollView). */
  scroll?: boolean | undefined;
  /** Passed to the body's ScrollView (scrollIntoView, onScrollToLower, refresher …). */
  scrollProps?: Partial<ScrollViewProps> | undefined;
  /** 16px gutters left and right of the body. */
  gutter?: boolean | undefined;
}

/**
 * The outermost View of every page: a full-height column of nav, banner, body and foot in which only the
 * body scrolls. Carries `.elder`, the wall colour and the safe areas.
 */
export function Page({
  elder = false,
  wide,
  ground = 'wall',
  nav,
  banner,
  foot,
  overlay,
  scroll = true,
  scrollProps,
  gutter,
  children,
}: PropsWithChildren<PageProps>) {
  const body = <View className={cx('page-in', gutter && 'px16')}>{children}</View>;
  return (
    <ElderContext.Provider value={elder}>
      <View className={cx('page', elder && 'elder', wide && 'page-wide')}>
        <View className={cx('page-col', `bg-${ground}`)}>
          {nav}
          {banner}
          {scroll ? (
            <ScrollView
              scrollY
              enhanced
              showScrollbar={false}
              className="page-body"
              {...scrollProps}
            >
              {body}
              {!foot && <View className="page-safe" />}
            </ScrollView>
          ) : (
            <View className={cx('page-body', 'page-still', gutter && 'px16')}>{children}</View>
          )}
          {foot && <View className="page-foot">{foot}</View>}
          {overlay}
        </View>
      </View>
    </ElderContext.Provider>
  );
}

/** One or two buttons fixed at the bottom of a page. */
export function FootBar({ children }: PropsWithChildren) {
  return <View className="foot-bar">{children}</View>;
}
