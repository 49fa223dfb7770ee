import { Text, View } from '@tarojs/components';
import type { InboxRow } from '@alley-chief/shared/contract';
import { epoch, shortStamp, waited } from '../../format';
import { Button } from '../Button';
import { cx } from '../classes';
import { DoorNumber } from '../DoorPlate';
import { Badge, Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

export interface HouseholdRowProps {
  row: InboxRow;
  now: number;
  onOpen: () => void;
  /** 打 120 */
  onDial?: ((number: string) => void) | undefined;
  /** 我马上到 */
  onComing?: (() => void) | undefined;
  /** 打给她 */
  onCall?: ((phone: string) => void) | undefined;
  comingBusy?: boolean | undefined;
}

const oneHour = 3_600_000;

/** "槐树胡同 7 号" → "7 号": the alley is already in the title. */
const numberOf = (plate: string): string => /(\S+\s*号)$/.exec(plate)?.[1] ?? plate;

/** A household in its chief's inbox: urgent (tinted, with actions), waiting, or quiet. */
export function HouseholdRow({
  row,
  now,
  onOpen,
  onDial,
  onComing,
  onCall,
  comingBusy,
}: HouseholdRowProps) {
  const long = !!row.waitingSince && now - epoch(row.waitingSince) >= oneHour;
  const { dial, phone } = row;
  return (
    <View className={cx('hh', row.urgent && 'hh-urgent')}>
      <Tap
        className="hh-row row"
        onTap={onOpen}
        label={`${numberOf(row.plate)} ${row.name}，${row.lastText}`}
      >
        <DoorNumber
          text={numberOf(row.plate)}
          tone={row.urgent ? 'brick' : row.waitingSince ? 'solid' : 'quiet'}
        />
        <View className="f1 ml12">
          <View className="row">
            <Text className="b nw">{row.name}</Text>
            {row.note && (row.urgent || row.waitingSince) && (
              <Text className="cap c2 ml6 ell">{row.note}</Text>
            )}
            <View className="f1" />
            {row.waitingSince ? (
              <Text className={cx('sub nw num ml8', row.urgent ? 'cb b' : long ? 'cw b' : 'c3')}>
                {waited(row.waitingSince, now)}
              </Text>
            ) : (
              row.lastAt && <Text className="cap c3 nw num ml8">{shortStamp(row.lastAt, now)}</Text>
            )}
          </View>
          <View className="row mt2 hh-last">
            <Text className={cx('sub f1 ell', !row.urgent && 'c2')}>{row.lastText}</Text>
            {row.urgent ? (
              <Tag text="急" tone="hot" className="ml8" />
            ) : (
              row.unread > 0 && (
                <View className="ml8">
                  <Badge count={row.unread} />
                </View>
              )
            )}
          </View>
        </View>
      </Tap>
      {row.urgent && (
        <View className="acts px16">
          {dial && onDial && (
            <Button kind="danger" small grow icon="phone" onTap={() => onDial(dial)}>
              打 {dial}
            </Button>
          )}
          {onComing && (
            <Button
              kind="outline"
              small
              grow
              className="bg-paper"
              busy={comingBusy}
              onTap={onComing}
            >
              我马上到
            </Button>
          )}
          {phone && onCall && (
            <Button kind="outline" small className="bg-paper" onTap={() => onCall(phone)}>
              打过去
            </Button>
          )}
        </View>
      )}
    </View>
  );
}
