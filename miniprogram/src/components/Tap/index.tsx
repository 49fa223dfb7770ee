import type { PropsWithChildren } from 'react';
import { View } from '@tarojs/components';
import type { ITouchEvent, ViewProps } from '@tarojs/components';
import { cx } from '../classes';
import './index.scss';

export interface TapProps extends Omit<ViewProps, 'onClick' | 'onTap'> {
  onTap?: (() => void) | undefined;
  disabled?: boolean | undefined;
  /** Spoken name; needed whenever the visible content is not a plain word. */
  label?: string | undefined;
  /** ARIA role; `button` unless said otherwise. */
  role?: string | undefined;
  /** For switches, check boxes, tabs and chips that stay chosen. */
  checked?: boolean | undefined;
  /** Do not let the tap reach whatever lies underneath (a button inside a tappable row). */
  stop?: boolean | undefined;
}

/** Keys that press a control on a keyboard. */
const pressKeys = ['Enter', ' '];

/**
 * Anything that can be pressed: a View with a role, a spoken name, a pressed look and, in browsers,
 * keyboard focus. A plain View without `onTap` is drawn when there is nothing to press.
 */
export function Tap({
  onTap,
  disabled,
  label,
  role = 'button',
  checked,
  stop,
  className,
  children,
  ...rest
}: PropsWithChildren<TapProps>) {
  const live = !!onTap && !disabled;
  const press = (event: ITouchEvent) => {
    if (stop) event.stopPropagation();
    if (live) onTap();
  };
  return (
    <View
      {...rest}
      className={cx('tap', live && 'tap-live', className)}
      hoverClass={live ? 'tap-pressed' : 'none'}
      hoverStayTime={80}
      onClick={onTap || stop ? press : undefined}
      {...(onTap || checked !== undefined ? aria(role, label, { disabled, checked }) : {})}
      {...(process.env.TARO_ENV === 'h5' && live ? keyboard(press) : {})}
    >
      {children}
    </View>
  );
}

/**
 * Role, name and state in the spelling of the target: WeChat reads `ariaRole`, browsers `role`.
 * Checked and disabled states have no WeChat attribute on a View; the spoken name carries them there.
 */
export function aria(
  role?: string,
  label?: string,
  state: { disabled?: boolean | undefined; checked?: boolean | undefined } = {},
): Record<string, unknown> {
  if (process.env.TARO_ENV !== 'h5') {
    const spoken = label && state.checked ? `${label}，已选` : label;
    return { ...(role && { ariaRole: role }), ...(spoken && { ariaLabel: spoken }) };
  }
  return {
    ...(role && { role }),
    ...(label && { 'aria-label': label }),
    ...(state.disabled && { 'aria-disabled': 'true' }),
    ...(state.checked !== undefined && {
      [role === 'button' || !role
        ? 'aria-pressed'
        : role === 'tab'
          ? 'aria-selected'
          : 'aria-checked']: String(state.checked),
    }),
  };
}

/** A drawing that screen readers pass over. (WeChat does so by itself.) */
export const silent: Record<string, unknown> =
  process.env.TARO_ENV === 'h5' ? { 'aria-hidden': 'true' } : {};

const keyboard = (press: (event: ITouchEvent) => void) => ({
  tabIndex: 0,
  onKeyDown: (event: KeyboardEvent & ITouchEvent) => {
    if (event.target !== event.currentTarget || !pressKeys.includes(event.key)) return;
    event.preventDefault();
    press(event);
  },
});
