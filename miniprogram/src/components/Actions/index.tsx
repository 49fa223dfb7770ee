import { Text, View } from '@tarojs/components';
import type { CardAction } from '@alley-chief/shared/contract';
import { epoch, spokenStamp, stamp } from '../../format';
import { Button, kindOfAction } from '../Button';
import type { ButtonKind } from '../Button';
import { useElder } from '../elder';
import type { IconName } from '../Icon';
import './index.scss';

export interface ActionsProps {
  actions: readonly CardAction[];
  /** ms; decides whether a `disabledUntil` is over. */
  now: number;
  onAction: (action: CardAction) => void;
  /** `action` of the one under way. */
  busy?: string | undefined;
  /** 念一遍 beside the others in elder mode. */
  onSpeak?: (() => void) | undefined;
}

/** Icons of well-known actions; the others are words alone. */
const iconsOf: Record<string, IconName> = {
  nudge: 'bell',
  call: 'phone',
  photo: 'cam',
  addPhoto: 'cam',
  passUp: 'passup',
  resolve: 'cam',
};

/** One filled button per card: a second one the server sent is drawn as an outline. */
function kindsOf(actions: readonly CardAction[]): ButtonKind[] {
  const main = actions.findIndex((a) => a.style === 'filled' || a.style === 'danger');
  return actions.map((a, i) =>
    a.style === 'filled' && i !== main ? 'outline' : kindOfAction[a.style],
  );
}

/**
 * The buttons of a card, in the server's order. Standard: one row, the filled one takes the rest.
 * Elder: the filled one full width, at most one more beside 念一遍 below it; leaving is said, not pressed.
 */
export function Actions({ actions, now, onAction, busy, onSpeak }: ActionsProps) {
  const elder = useElder();
  const kinds = kindsOf(actions);
  const isLater = (a: CardAction) => !!a.disabledUntil && epoch(a.disabledUntil) > now;
  const later = actions.find(isLater);
  const button = (a: CardAction, kind: ButtonKind, grow: boolean, block = false) => (
    <Button
      key={a.action + (a.target ?? '')}
      kind={kind}
      small={!elder}
      grow={grow}
      block={block}
      icon={kind === 'mute' || (kind === 'outline' && !elder) ? undefined : iconsOf[a.action]}
      iconSize={block ? 32 : undefined}
      disabled={isLater(a)}
      busy={busy === a.action}
      onTap={() => onAction(a)}
    >
      {a.label}
    </Button>
  );

  if (elder) {
    const main = actions.findIndex((_, i) => kinds[i] === 'filled' || kinds[i] === 'danger');
    const others = actions.filter(
      (a, i) => i !== main && a.style !== 'text' && a.action !== 'photo',
    );
    const mainAction = actions[main];
    return (
      <View>
        {mainAction && button(mainAction, kinds[main] ?? 'filled', false, true)}
        {(others.length > 0 || onSpeak) && (
          <View className="acts mt12">
            {others.slice(0, onSpeak ? 1 : 2).map((a) => button(a, 'outline', true))}
            {onSpeak && (
              <Button kind="outline" grow icon="speak" onTap={onSpeak}>
                念一遍
              </Button>
            )}
          </View>
        )}
        {later?.disabledUntil && (
          <View className="txt c2 mt8">
            <Text>
              {spokenStamp(later.disabledUntil, now)}后可以再{later.label}
            </Text>
          </View>
        )}
      </View>
    );
  }

  if (!actions.length) return null;
  // Without a filled one the outlined ones share the row.
  const lead = kinds.findIndex((k) => k === 'filled' || k === 'danger');
  return (
    <View>
      <View className="acts actions-row">
        {actions.map((a, i) =>
          button(a, kinds[i] ?? 'outline', lead < 0 ? kinds[i] !== 'mute' : i === lead),
        )}
      </View>
      {later?.disabledUntil && (
        <View className="cap c3 mt6 num">
          <Text>
            {stamp(later.disabledUntil, now)} 后可以再{later.label}
          </Text>
        </View>
      )}
    </View>
  );
}
