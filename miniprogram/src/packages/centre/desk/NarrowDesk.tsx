import { Text, View } from '@tarojs/components';
import { CaseRow } from '../../../components/CaseRow';
import { cx } from '../../../components/classes';
import { EmptyState } from '../../../components/EmptyState';
import { Field, FieldButton } from '../../../components/Form';
import { Skeleton } from '../../../components/Skeleton';
import { go } from '../../../platform';
import { FilterChips } from '../../staff/FilterChips';
import { MoreRows } from '../../staff/MoreRows';
import { pages } from '../../../stores';
import { Problem } from '../../../shell/Problem';
import { bandsOf } from '../../staff/queue';
import { figuresOf } from './Headline';
import { filters } from './useDesk';
import type { Desk } from './useDesk';
import { emptyWords } from './WideDesk';

/** Figures, search and filters, fixed above the list on a phone. */
export function NarrowHead({ desk }: { desk: Desk }) {
  const counts = desk.list.head?.counts;
  return (
    <View className="bg-paper">
      {desk.summary && (
        <View className="desk-figs">
          {figuresOf(desk.summary)
            .filter((figure) => !figure.unit)
            .map((figure) => (
              <View key={figure.label} className="desk-fig">
                <View className="cap c3">
                  <Text>{figure.label}</Text>
                </View>
                <View className={cx('desk-fig-n num', figure.hot && 'cb')}>
                  <Text>
                    {figure.value}
                    {figure.unit}
                  </Text>
                </View>
              </View>
            ))}
        </View>
      )}
      <View className="desk-find-row">
        <Field
          value={desk.query}
          onChange={desk.setQuery}
          label="找事项、地点、人"
          icon="search"
          maxLength={50}
          right={
            desk.query ? (
              <FieldButton icon="x" label="清空" onTap={() => desk.setQuery('')} />
            ) : undefined
          }
        />
      </View>
      <FilterChips
        choices={filters.map((one) => ({ ...one, count: counts?.[one.count] }))}
        on={desk.filter}
        onPick={desk.setFilter}
      />
    </View>
  );
}

/** The queue as cards; a tap opens the case's own page. */
export function NarrowList({ desk, now }: { desk: Desk; now: number }) {
  const { list } = desk;
  if (list.loading) return <Skeleton kind="cards" count={4} />;
  if (list.error && !list.items.length) {
    return <Problem error={list.error} onRetry={() => void list.refresh()} />;
  }
  if (!list.items.length) {
    const words = emptyWords(desk);
    return <EmptyState title={words.title} lines={[words.line]} />;
  }
  return (
    <>
      {bandsOf(list.items).map((band) => (
        <View key={band.key}>
          <View className="desk-band row">
            <Text className={cx('sec', band.key === 'overdue' && 'cb')}>{band.label}</Text>
            {!list.hasMore && <Text className="sub c3 num ml8">{band.rows.length} 件</Text>}
          </View>
          {band.rows.map(({ card, sub }) => (
            <View key={card.id} className="desk-row">
              <CaseRow
                card={card}
                now={now}
                note={sub}
                onOpen={() => go(pages.case, { id: card.id })}
              />
            </View>
          ))}
        </View>
      ))}
      <MoreRows list={list} />
    </>
  );
}
