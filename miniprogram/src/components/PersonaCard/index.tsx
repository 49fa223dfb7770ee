import { Text, View } from '@tarojs/components';
import type { Persona } from '@alley-chief/shared/contract';
import { Avatar } from '../Avatar';
import { cx } from '../classes';
import { Icon } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

export interface PersonaCardProps {
  persona: Persona;
  onPick: () => void;
  /** `row` in the phone's list, `tile` on a PC, `hero` for the featured duty desk. */
  look?: 'row' | 'tile' | 'hero' | undefined;
  busy?: boolean | undefined;
}

/** Somebody to be, in demo mode. */
export function PersonaCard({ persona, onPick, look = 'row', busy }: PersonaCardProps) {
  const hero = look === 'hero';
  return (
    <Tap
      className={cx('persona row', `persona-${look}`, busy && 'persona-busy')}
      onTap={onPick}
      disabled={busy}
      label={`${persona.label} ${persona.name}，${persona.line}`}
    >
      {hero ? (
        <View className="persona-desk">
          <Icon name="desk" size={28} tone="on-dark" />
        </View>
      ) : (
        <Avatar person={persona} size={look === 'tile' ? 56 : 44} />
      )}
      <View className="f1 persona-text">
        <View className="row">
          <Text className="persona-label b nw">{persona.label}</Text>
          {!hero && <Text className="persona-name c2 ml8 ell">{persona.name}</Text>}
        </View>
        <View className={cx('persona-line num', look === 'tile' && 'ell')}>
          <Text>{persona.line}</Text>
        </View>
      </View>
      {look !== 'tile' && (
        <Icon name="next" size={hero ? 24 : 20} tone={hero ? 'on-dark' : 'ink-3'} />
      )}
    </Tap>
  );
}
