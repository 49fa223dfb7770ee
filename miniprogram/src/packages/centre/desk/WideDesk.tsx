import { Input, Text, View } from '@tarojs/components';
import type { CardAction, Me } from '@alley-chief/shared/contract';
import { Avatar } from '../../../components/Avatar';
import { cx } from '../../../components/classes';
import { Icon } from '../../../components/Icon';
import { Skeleton } from '../../../components/Skeleton';
import { aria, Tap } from '../../../components/Tap';
import { clockTime, dateWords, weekday } from '../../../format';
import { go, swapTo } from '../../../platform';
import { problemOf } from '../../../api';
import type { CardActions } from '../../../actions/useCardActions';
import { pages } from '../../../stores';
import { Problem } from '../../../shell/Problem';
import { CasePanel } from './CasePanel';
import { Headline } from './Headline';
import { QueueTable } from './QueueTable';
import { Rail } from './Rail';
import { filters } from './useDesk';
import type { Desk } from './useDesk';

export interface DeskViewProps {
  desk: Desk;
  me: Me | undefined;
  now: number;
  onAction: (action: CardAction) => void;
  onCandidate: (category: string) => void;
  busy: string | undefined;
  run: CardActions['run'];
  busyOf: CardActions['busyOf'];
}

/** The duty desk on a PC: rail, headline, queue, and the selected case beside it. */
export function WideDesk(props: DeskViewProps) {
  const { desk, me, now, onAction, onCandidate, busy, run, busyOf } = props;
  const { summary, detail } = desk;
  return (
    <View className="desk">
      <Rail
        items={[
          { key: 'desk', label: '流转', icon: 'list' },
          { key: 'articles', label: '问答', icon: 'doc' },
          { key: 'learning', label: '学习', icon: 'chart' },
        ]}
        last={{ key: 'me', label: '我', icon: 'user' }}
        current="desk"
        onGo={(key) => {
          if (key === 'me') swapTo(pages.me);
          if (key === 'articles') go(pages.articles);
          if (key === 'learning') go(pages.learning);
        }}
      />
      <View className="desk-main">
        <View className="desk-top">
          <Text className="desk-name">{summary?.title ?? '治理中心'}</Text>
          <Text className="c2 ml12 num">
            {dateWords(now)} {weekday(now)} {clockTime(now)}
          </Text>
          <View className="f1" />
          <Find desk={desk} />
          {me && (
            <View className="row desk-who">
              <Avatar person={{ surname: me.surname, tone: 'worker' }} size={32} />
              <Text className="ml8">{summary?.dutyName ?? me.name} 值班</Text>
            </View>
          )}
        </View>
        <Headline summary={summary} />
        <View className="desk-cols">
          <QueuePanel desk={desk} now={now} />
          <View className="desk-right">
            {detail ? (
              <CasePanel
                detail={detail}
                now={now}
                onClose={() => desk.select(undefined)}
                onAction={onAction}
                onCandidate={onCandidate}
                busy={busy}
                run={run}
                busyOf={busyOf}
              />
            ) : (
              <NoCase desk={desk} />
            )}
          </View>
        </View>
      </View>
    </View>
  );
}

/** 找事项、地点、人 */
function Find({ desk }: { desk: Desk }) {
  return (
    <View className="desk-find">
      <Icon name="search" size={18} tone="ink-3" />
      <Input
        className="desk-find-in"
        value={desk.query}
        maxlength={50}
        placeholder="找事项、地点、人"
        placeholderClass="field-hint"
        onInput={(event) => desk.setQuery(event.detail.value)}
        {...aria(undefined, '找事项、地点、人')}
      />
      {desk.query && (
        <Tap className="desk-find-x" label="清空" onTap={() => desk.setQuery('')}>
          <Icon name="x" size={18} tone="ink-3" />
        </Tap>
      )}
    </View>
  );
}

function QueuePanel({ desk, now }: { desk: Desk; now: number }) {
  const { list } = desk;
  const counts = list.head?.counts;
  return (
    <View className="panel panel-queue">
      <View className="panel-head">
        <Text className="panel-title">按到点先后</Text>
        {filters.map((one) => (
          <Tap
            key={one.key}
            className={cx('pick', one.key === desk.filter && 'pick-on')}
            checked={one.key === desk.filter}
            onTap={() => desk.setFilter(one.key)}
          >
            <Text className="num">
              {one.label} {counts?.[one.count] ?? ''}
            </Text>
          </Tap>
        ))}
      </View>
      {list.loading ? (
        <Skeleton kind="list" count={7} />
      ) : list.error && !list.items.length ? (
        <Problem error={list.error} onRetry={() => void list.refresh()} />
      ) : !list.items.length ? (
        <NoRows desk={desk} />
      ) : (
        <QueueTable
          rows={list.items}
          now={now}
          selected={desk.selected}
          onSelect={desk.select}
          hasMore={list.hasMore}
          loadingMore={list.loadingMore}
          onMore={list.loadMore}
        />
      )}
    </View>
  );
}

/** Why the queue is empty, in the words of what was asked for. */
export function emptyWords(desk: Desk): { title: string; line: string } {
  if (desk.query.trim()) {
    return { title: '没找到', line: `没有和“${desk.query.trim()}”对得上的在办事项，换个词试试。` };
  }
  switch (desk.filter) {
    case 'urgent':
      return { title: '没有急事', line: '急的一来，就排到最前面。' };
    case 'unclaimed':
      return { title: '都有人接了', line: '派出去没人接的，会出现在这里。' };
    case 'undecided':
      return { title: '没有要您定的', line: '小同拿不准归谁的，会出现在这里。' };
    case 'overdue':
      return { title: '没有超时的', line: '都在点上。' };
    default:
      return { title: '都办完了', line: '有新的事，这里马上看得到。' };
  }
}

function NoRows({ desk }: { desk: Desk }) {
  const words = emptyWords(desk);
  return (
    <View className="panel-note">
      <Text className="ttl">{words.title}</Text>
      <Text className="mt4">{words.line}</Text>
    </View>
  );
}

/** The right column while no case is chosen, is being fetched, or may not be seen. */
function NoCase({ desk }: { desk: Desk }) {
  if (desk.detailError) {
    return (
      <View className="panel panel-case panel-note">
        <Text className="desk-strong">{problemOf(desk.detailError).message}</Text>
        <Tap className="pick mt8" onTap={desk.reloadDetail}>
          <Text className="cd desk-strong">再试一次</Text>
        </Tap>
      </View>
    );
  }
  if (desk.selected) {
    return (
      <View className="panel panel-case">
        <View className="px16">
          <Skeleton kind="cards" count={3} />
        </View>
      </View>
    );
  }
  return (
    <View className="panel panel-case panel-note">
      <Icon name="list" size={40} tone="line" />
      <Text className="mt8">点左边一件，这里看来龙去脉</Text>
    </View>
  );
}
