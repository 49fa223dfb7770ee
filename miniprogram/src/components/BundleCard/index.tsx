import { Text, View } from '@tarojs/components';
import type { BundleCard as Bundle, CardAction, ChecklistRow } from '@alley-chief/shared/contract';
import { Actions } from '../Actions';
import { IconTile } from '../Avatar';
import { CountBricks } from '../Bricks';
import { Button } from '../Button';
import { CheckGroup, CheckRow } from '../Check';
import { cx } from '../classes';
import { useElder } from '../elder';
import { toIconName } from '../Icon';
import { Tag } from '../Tag';
import './index.scss';

export interface BundleCardProps {
  card: Bundle;
  now: number;
  icon?: string | undefined;
  onAction: (action: CardAction) => void;
  /** Ticks a row on or off. Without it the card shows the summary alone. */
  onRow?: ((row: ChecklistRow) => void) | undefined;
  onPhoto?: ((row: ChecklistRow) => void) | undefined;
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** A service bundle (一件事) in the thread: what it takes, what is still missing, one filled button. */
export function BundleCard({
  card,
  now,
  icon = 'doc',
  onAction,
  onRow,
  onPhoto,
  busy,
  onSpeak,
}: BundleCardProps) {
  const elder = useElder();
  return (
    <View className="card">
      <View className="card-p bundle-top">
        <View className="row-t">
          {!elder && <IconTile icon={toIconName(icon)} />}
          <View className={cx('f1', !elder && 'ml12')}>
            <View className={elder ? 'h1' : 'ttl'}>
              <Text>{card.title}</Text>
            </View>
            <View className="sub c2 mt2 pre">
              <Text>{card.summary}</Text>
            </View>
          </View>
        </View>
        <BundleFacts card={card} />
        <BundleProgress card={card} />
      </View>
      {onRow && <Checklist rows={card.rows} onRow={onRow} onPhoto={onPhoto} />}
      {(card.actions.length > 0 || (elder && onSpeak)) && (
        <View className="bundle-acts">
          <Actions
            actions={card.actions}
            now={now}
            onAction={onAction}
            busy={busy}
            onSpeak={onSpeak}
          />
        </View>
      )}
    </View>
  );
}

/** 跑 1 趟 · 5 个工作日 · 不收费 */
export function BundleFacts({ card }: { card: Bundle }) {
  return (
    <View className="row wrap mt12 sub c2 num">
      <Text className="nw">
        跑 <Text className="b">{card.trips}</Text> 趟
      </Text>
      {card.workingDays !== undefined && (
        <>
          <View className="sep" />
          <Text className="nw">
            <Text className="b">{card.workingDays}</Text> 个工作日
          </Text>
        </>
      )}
      <View className="sep" />
      <Text className="nw">{card.fee}</Text>
    </View>
  );
}

/** 您还差 2 样就能去办, with a brick for each thing. */
export function BundleProgress({ card }: { card: Bundle }) {
  const elder = useElder();
  const missing = card.rows.filter((row) => row.need === 'required' && !row.done).length;
  return (
    <View className="mt12">
      <View className={elder ? 'col' : 'row'}>
        <Text className={cx('ttl', !elder && 'f1')}>
          {missing ? `您还差 ${missing} 样就能去办` : '东西齐了，可以去办'}
        </Text>
        <Text className="sub c2 num nw">
          备好 {card.ready} / {card.total}
        </Text>
      </View>
      {card.total > 0 && (
        <View className="mt8">
          <CountBricks done={card.ready} total={card.total} />
        </View>
      )}
    </View>
  );
}

const groups = [
  { need: 'required', tag: { text: '必要', tone: 'do' }, words: '缺了办不成' },
  { need: 'deferrable', tag: { text: '可后补', tone: 'wait' }, words: '先办着，过后补上就行' },
  { need: 'optional', tag: { text: '有就带', tone: 'done' }, words: '没有也能办' },
  { need: 'waived', tag: { text: '免交', tone: 'free' }, words: '系统里有，不用您带' },
] as const;

export interface ChecklistProps {
  rows: readonly ChecklistRow[];
  onRow: (row: ChecklistRow) => void;
  onPhoto?: ((row: ChecklistRow) => void) | undefined;
}

/** The personal checklist, grouped by how much each thing is needed. */
export function Checklist({ rows, onRow, onPhoto }: ChecklistProps) {
  const shown = groups.filter((group) => rows.some((row) => row.need === group.need));
  return (
    <View className="checklist">
      {shown.map((group, i) => (
        <View key={group.need}>
          {i > 0 && <View className="rule rule-in checklist-rule" />}
          <CheckGroup words={group.words}>
            <Tag {...group.tag} />
          </CheckGroup>
          {rows
            .filter((row) => row.need === group.need)
            .map((row) => (
              <CheckRow
                key={row.key}
                name={row.name}
                hint={row.hint || undefined}
                state={row.need === 'waived' ? 'waived' : row.done ? 'done' : 'todo'}
                onToggle={() => onRow(row)}
                right={
                  onPhoto && row.need === 'required' && !row.done ? (
                    <Button
                      kind="tint"
                      small
                      onTap={() => onPhoto(row)}
                      label={`拍照：${row.name}`}
                    >
                      拍照
                    </Button>
                  ) : undefined
                }
              />
            ))}
        </View>
      ))}
    </View>
  );
}
