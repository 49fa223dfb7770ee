import type { PropsWithChildren, ReactNode } from 'react';
import { Input, Text, Textarea, View } from '@tarojs/components';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { Badge } from '../Tag';
import { aria, Tap } from '../Tap';
import './index.scss';

export interface FieldProps {
  value: string;
  onChange: (value: string) => void;
  /** Spoken name; also the placeholder unless one is given. */
  label: string;
  placeholder?: string | undefined;
  icon?: IconName | undefined;
  /** Buttons inside the field at the right (FieldButton). */
  right?: ReactNode;
  onConfirm?: (() => void) | undefined;
  maxLength?: number | undefined;
  type?: 'text' | 'number' | 'digit' | undefined;
  focus?: boolean | undefined;
}

/** One line to write in: search, a name, a number. */
export function Field({
  value,
  onChange,
  label,
  placeholder = label,
  icon,
  right,
  onConfirm,
  maxLength = 100,
  type = 'text',
  focus,
}: FieldProps) {
  return (
    <View className="field row">
      {icon && <Icon name={icon} />}
      <Input
        className={cx('field-in f1', icon && 'ml8')}
        value={value}
        type={type}
        maxlength={maxLength}
        placeholder={placeholder}
        placeholderClass="field-hint"
        {...(focus !== undefined && { focus })}
        onInput={(event) => onChange(event.detail.value)}
        onConfirm={() => onConfirm?.()}
        {...aria(undefined, label)}
      />
      {right}
    </View>
  );
}

/** A 44px button inside a field. */
export function FieldButton({
  icon,
  label,
  tone = 'ink-3',
  onTap,
}: {
  icon: IconName;
  label: string;
  tone?: 'ink-3' | 'door' | undefined;
  onTap: () => void;
}) {
  return (
    <Tap className="field-btn" label={label} onTap={onTap}>
      <Icon name={icon} size={icon === 'x' ? 20 : 24} tone={tone} />
    </Tap>
  );
}

export interface TextFieldProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
}

/** Several lines to write in. */
export function TextField({
  value,
  onChange,
  label,
  placeholder = label,
  maxLength = 500,
}: TextFieldProps) {
  return (
    <View className="field field-tall">
      <Textarea
        className="field-area"
        value={value}
        maxlength={maxLength}
        placeholder={placeholder}
        placeholderClass="field-hint"
        onInput={(event) => onChange(event.detail.value)}
        {...aria(undefined, label)}
      />
    </View>
  );
}

/** A switch with its sentence. */
export function SwitchRow({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <Tap
      className="switch-row row"
      role="switch"
      checked={on}
      label={label}
      onTap={() => onChange(!on)}
    >
      <Text className="f1">{label}</Text>
      <View className={cx('switch', on && 'switch-on')}>
        <View className="switch-knob" />
      </View>
    </Tap>
  );
}

/** One of several, each with a reason: 报给谁. */
export function OptionRow({
  title,
  line,
  on,
  right,
  onTap,
}: {
  title: string;
  line?: string | undefined;
  on: boolean;
  right?: ReactNode;
  onTap: () => void;
}) {
  return (
    <Tap
      className={cx('opt row', on && 'opt-on')}
      role="radio"
      checked={on}
      label={line ? `${title}，${line}` : title}
      onTap={onTap}
    >
      <View className="opt-ring" />
      <View className="f1 ml12">
        <View className="b">
          <Text>{title}</Text>
        </View>
        {line && (
          <View className="cap c2">
            <Text>{line}</Text>
          </View>
        )}
      </View>
      {right}
    </Tap>
  );
}

export interface TabItem {
  key: string;
  label: string;
  /** A plain number after the words. */
  number?: number | undefined;
  /** A badge after the words: somebody waits. */
  badge?: number | undefined;
}

/** Tabs under the navigation bar. */
export function Tabs({
  items,
  current,
  onChange,
}: {
  items: readonly TabItem[];
  current: string;
  onChange: (key: string) => void;
}) {
  return (
    <View className="tabs hair" {...aria('tablist')}>
      {items.map((item) => (
        <Tap
          key={item.key}
          className={cx('tab row', item.key === current && 'tab-on')}
          role="tab"
          checked={item.key === current}
          label={item.label}
          onTap={() => onChange(item.key)}
        >
          <Text className="nw">{item.label}</Text>
          {item.number !== undefined && <Text className="num ml4">{item.number}</Text>}
          {!!item.badge && (
            <View className="ml6">
              <Badge count={item.badge} />
            </View>
          )}
        </Tap>
      ))}
    </View>
  );
}

/** A line that leads somewhere, inside a card. */
export function ListRow({
  title,
  note,
  onTap,
  icon,
}: {
  title: string;
  note?: string | undefined;
  onTap?: (() => void) | undefined;
  icon?: IconName | undefined;
}) {
  const elder = useElder();
  return (
    <Tap className="list-row row" onTap={onTap} label={note ? `${title}，${note}` : title}>
      {icon && <Icon name={icon} tone="ink-2" className="mr8" />}
      <Text className="f1">{title}</Text>
      {note && <Text className="cap c3 num">{note}</Text>}
      {onTap && <Icon name="next" size={elder ? 28 : 20} tone="ink-3" className="ml6" />}
    </Tap>
  );
}

/** A heading on the wall, above a card or a band of rows. */
export function Section({
  title,
  note,
  right,
  children,
}: PropsWithChildren<{ title: string; note?: string | undefined; right?: ReactNode }>) {
  return (
    <View className="section">
      <View className="row">
        <Text className="sec f1">{title}</Text>
        {note && <Text className="cap c3">{note}</Text>}
        {right}
      </View>
      {children && <View className="mt8">{children}</View>}
    </View>
  );
}
