import { Fragment, useState } from 'react';
import { ScrollView, Text, View } from '@tarojs/components';
import type { CaseRow } from '@alley-chief/shared/contract';
import { Bricks } from '../../../components/Bricks';
import { cx } from '../../../components/classes';
import { Tag } from '../../../components/Tag';
import { Tap } from '../../../components/Tap';
import { asides, bandsOf, countdown, stageWord } from '../../staff/queue';
import type { Band, BandKey } from '../../staff/queue';

/** Rows a long band shows before it is opened. */
const fewRows = 5;
/** Up to this many rows in all nothing is folded: there is room. */
const roomFor = 12;

export interface QueueTableProps {
  rows: readonly CaseRow[];
  now: number;
  selected: string | undefined;
  onSelect: (caseId: string) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** The queue in bands by the clock: time left, matter, holder, stage. Selecting a row never moves it. */
export function QueueTable({
  rows,
  now,
  selected,
  onSelect,
  hasMore,
  loadingMore,
  onMore,
}: QueueTableProps) {
  const [opened, setOpened] = useState<readonly BandKey[]>([]);
  const cramped = rows.length > roomFor;
  const hidden = (band: Band) => {
    const rest = band.rows.length - fewRows;
    // Folding away a single row would save nothing.
    return cramped && rest > 1 && !opened.includes(band.key) ? rest : 0;
  };
  return (
    <>
      <View className="th">
        <Text className="col-time">离到点</Text>
        <Text className="col-what">事项</Text>
        <Text className="col-who">在谁手里</Text>
        <Text className="col-step">走到哪步</Text>
      </View>
      <ScrollView scrollY enhanced className="tbody" onScrollToLower={onMore}>
        {bandsOf(rows).map((band) => {
          const rest = hidden(band);
          const whole = !hasMore || band.key === 'overdue';
          return (
            <View key={band.key}>
              <View className={cx('band', band.key === 'overdue' && 'cb')}>
                <Text className="f1">
                  {band.label} {whole ? band.rows.length : ''}
                </Text>
                {rest > 0 && (
                  <Tap className="band-more" onTap={() => setOpened([...opened, band.key])}>
                    <Text>展开其余 {rest} 件</Text>
                  </Tap>
                )}
              </View>
              {band.rows.slice(0, band.rows.length - rest).map((row) => (
                <TableRow
                  key={row.card.id}
                  row={row}
                  now={now}
                  on={row.card.id === selected}
                  onTap={() => onSelect(row.card.id)}
                />
              ))}
            </View>
          );
        })}
        {hasMore && (
          <Tap className="table-more" onTap={onMore} disabled={loadingMore}>
            <Text>{loadingMore ? '正在拿…' : '再看一些'}</Text>
          </Tap>
        )}
      </ScrollView>
    </>
  );
}

const timeTones = { late: 'cb', soon: 'cw', plain: '' } as const;

function TableRow({
  row,
  now,
  on,
  onTap,
}: {
  row: CaseRow;
  now: number;
  on: boolean;
  onTap: () => void;
}) {
  const { card } = row;
  const time = countdown(card, now);
  return (
    <Tap
      className={cx('tr', on && 'tr-on')}
      checked={on}
      onTap={onTap}
      label={`${card.title}，${card.plate.text}，${time.text}`}
    >
      <Text className={cx('col-time num', timeTones[time.tone])}>{time.text}</Text>
      <View className="col-what">
        <View className="tr-line">
          <Text className="tr-title ell">{card.title}</Text>
          {card.urgent && <Tag text="急" tone="hot" className="tr-tag" />}
          {card.uncertain && <Tag text="等我定" tone="wait" className="tr-tag" />}
        </View>
        <View className="tr-sub num">
          <Text className="ell">{card.plate.text}</Text>
          {asides(row).map((aside) => (
            <Fragment key={aside}>
              <View className="sep" />
              <Text>{aside}</Text>
            </Fragment>
          ))}
        </View>
      </View>
      <View className="col-who">
        <View className="tr-line ell">
          <Text>{card.holder?.name ?? '还没人接'}</Text>
        </View>
        <View className="tr-sub">
          <Text className="ell">{card.holder?.title ?? card.categoryName}</Text>
        </View>
      </View>
      <View className="col-step">
        <View className="tr-step">
          <Text>{stageWord(card)}</Text>
        </View>
        <Bricks bricks={card.bricks} mini dueVerb={card.dueVerb} />
      </View>
    </Tap>
  );
}
