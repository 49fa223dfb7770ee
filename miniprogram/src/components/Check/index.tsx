import type { PropsWithChildren, ReactNode } from 'react';
import { Text, View } from '@tarojs/components';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

/** `waived` is ticked by the system, in slate; `current` marks the step to do next. */
export type CheckState = 'todo' | 'done' | 'waived' | 'current';

/** A box (or ring) 24 wide. */
export function CheckBox({ state, round }: { state: CheckState; round?: boolean | undefined }) {
  const elder = useElder();
  const size = elder ? 28 : round ? 16 : 18;
  return (
    <View className={cx('ck', `ck-${state}`, round && 'ck-round')}>
      {state === 'done' && <Icon name="check" size={size} tone="on-dark" />}
      {state === 'waived' && <Icon name="check" size={size} tone="slate" />}
    </View>
  );
}

export interface CheckRowProps {
  state: CheckState;
  name: string;
  /** Where to get it, or how it is covered already. */
  hint?: string | undefined;
  round?: boolean | undefined;
  /** A small button at the right, e.g. 拍照. */
  right?: ReactNode;
  onToggle?: (() => void) | undefined;
}

/** A line of a checklist: box, name, hint, and something at the right. */
export function CheckRow({ state, name, hint, round, right, onToggle }: CheckRowProps) {
  return (
    <View className="ck-row row">
      <Tap
        className={cx('ck-tap f1', right ? 'row' : 'row-t', !!(hint || right) && 'ck-tap-tall')}
        role="checkbox"
        checked={state === 'done' || state === 'waived'}
        label={hint ? `${name}，${hint}` : name}
        onTap={state === 'waived' ? undefined : onToggle}
      >
        <CheckBox state={state} round={round} />
        <View className="f1 ml12">
          <View className={cx(state === 'current' && 'b', state === 'waived' && 'c2')}>
            <Text>{name}</Text>
          </View>
          {hint && (
            <View className="cap c3">
              <Text>{hint}</Text>
            </View>
          )}
        </View>
      </Tap>
      {right}
    </View>
  );
}

/** A heading inside a checklist: a tag and a few quiet words. */
export function CheckGroup({ children, words }: PropsWithChildren<{ words: string }>) {
  return (
    <View className="ck-group row">
      {children}
      <Text className="cap c3 ml8">{words}</Text>
    </View>
  );
}
