import type { PropsWithChildren } from 'react';
import { Button as NativeButton, Text } from '@tarojs/components';
import type { ButtonProps as NativeProps } from '@tarojs/components';
import type { CardAction } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName, IconSize, Tone } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

/**
 * `filled` acts and exists once per card. `danger` is filled brick, for 110/119/120 alone.
 * `text` is door-coloured words, `mute` grey words (leaving, withdrawing).
 */
export type ButtonKind =
  'filled' | 'outline' | 'tint' | 'text' | 'mute' | 'danger' | 'dangerOutline';

export interface ButtonProps {
  kind?: ButtonKind | undefined;
  /** 44 high instead of 48. Elder mode knows one height. */
  small?: boolean | undefined;
  /** Full width. */
  block?: boolean | undefined;
  /** Takes the rest of its row. */
  grow?: boolean | undefined;
  icon?: IconName | undefined;
  iconSize?: IconSize | undefined;
  disabled?: boolean | undefined;
  /** Under way: cannot be pressed again, the label becomes `busyLabel`. */
  busy?: boolean | undefined;
  busyLabel?: string | undefined;
  onTap?: (() => void) | undefined;
  label?: string | undefined;
  className?: string | undefined;
  /** WeChat's open abilities need the native button. */
  openType?: NativeProps['openType'];
  onGetPhoneNumber?: NativeProps['onGetPhoneNumber'];
}

const iconTones: Record<ButtonKind, Tone> = {
  filled: 'on-dark',
  danger: 'on-dark',
  outline: 'door',
  tint: 'door',
  text: 'door',
  mute: 'ink-3',
  dangerOutline: 'brick',
};

/** How a server-chosen action is drawn: leaving and withdrawing are plain grey words. */
export const kindOfAction: Record<CardAction['style'], ButtonKind> = {
  filled: 'filled',
  outline: 'outline',
  text: 'mute',
  danger: 'danger',
};

/** A button. Sizes, colours and the elder variant follow the tokens; icons follow the kind. */
export function Button({
  kind = 'filled',
  small,
  block,
  grow,
  icon,
  iconSize,
  disabled,
  busy,
  busyLabel = '正在发…',
  onTap,
  label,
  className,
  openType,
  onGetPhoneNumber,
  children,
}: PropsWithChildren<ButtonProps>) {
  const elder = useElder();
  const off = !!disabled || !!busy;
  const classes = cx(
    'btn',
    `btn-${kind}`,
    small && 'btn-sm',
    block && 'btn-block',
    grow && 'f1',
    disabled && 'btn-off',
    busy && 'btn-busy',
    className,
  );
  const content = (
    <>
      {icon && !busy && (
        <Icon
          name={icon}
          size={iconSize ?? (elder ? 28 : small ? 20 : 24)}
          tone={disabled ? 'ink-3' : iconTones[kind]}
          className="btn-icon"
        />
      )}
      <Text>{busy ? busyLabel : children}</Text>
    </>
  );
  if (openType) {
    return (
      <NativeButton
        className={cx(classes, 'btn-native')}
        openType={openType}
        disabled={off}
        onGetPhoneNumber={onGetPhoneNumber}
        onClick={onTap}
      >
        {content}
      </NativeButton>
    );
  }
  return (
    <Tap className={classes} onTap={onTap ?? nothing} disabled={off} label={label} stop>
      {content}
    </Tap>
  );
}

const nothing = () => {};
