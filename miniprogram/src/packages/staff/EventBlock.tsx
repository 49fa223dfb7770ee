import { useEffect, useRef } from 'react';
import { Text, View } from '@tarojs/components';
import type {
  Card,
  CardAction,
  CaseDetail,
  EventReporter,
  EventSuggestion,
} from '@alley-chief/shared/contract';
import { api } from '../../api';
import type { Given } from '../../actions/target';
import { Button } from '../../components/Button';
import { ListRow, Section } from '../../components/Form';
import { Skeleton } from '../../components/Skeleton';
import { Tag } from '../../components/Tag';
import { stamp } from '../../format';
import { go } from '../../platform';
import { Problem } from '../../shell/Problem';
import { pages } from '../../stores/pages';
import { MoreRows } from './MoreRows';
import { usePages } from './usePages';
import './EventBlock.scss';

export interface EventBlockProps {
  detail: CaseDetail;
  /** ms */
  now: number;
  /** Whoever serves sees the neighbours and may decide; a household only how many they are. */
  staff: boolean;
  /** Takes a step of this case or of another one of the event. */
  run: (card: Card, action: CardAction, given?: Given) => void;
  /** `action` of the step under way on a case. */
  busyOf: (card: Pick<Card, 'type' | 'id'>) => string | undefined;
}

const step = (action: string, label: string, needs: CardAction['needs'] = []): CardAction => ({
  action,
  label,
  style: 'outline',
  needs,
});
const same = step('join', '是同一件');
const notSame = step('notSame', '不是一件');
const split = step('split', '分出来单独办', ['reason']);

/** What a case has in common with others: who else reported it, and what may be the same. */
export function EventBlock(props: EventBlockProps) {
  const { detail, staff } = props;
  const { event } = detail;
  if (!event) return null;
  return (
    <>
      {event.suggestions.map((one) => (
        <Suggestion key={`${one.joinerId}~${one.leadId}`} one={one} {...props} />
      ))}
      {event.role === 'member' && <Membership {...props} />}
      {event.role === 'lead' &&
        (staff ? (
          <Reporters {...props} />
        ) : (
          <Section title={`${event.reporters} 户邻居报了同一件事`}>
            <View className="card card-p">
              <Text>您先报的，有进展一起告诉大家，办好了各打各的分。</Text>
            </View>
          </Section>
        ))}
    </>
  );
}

/** 可能和 XC-… 是同一件事: with why, and the two answers. */
function Suggestion({ one, detail, now, run, busyOf }: EventBlockProps & { one: EventSuggestion }) {
  // Both are steps of the case that would join, which may be the other one.
  const joiner: Card = { ...detail.card, id: one.joinerId };
  const busy = busyOf(joiner);
  const given = { caseId: one.leadId };
  return (
    <Section title="是不是同一件">
      <View className="card">
        <View className="card-p">
          <Text>{one.sentence}</Text>
          <View className="cap c2 mt4">
            <Text>{one.reasons.join('，')}</Text>
          </View>
        </View>
        <ListRow
          title={one.other.title}
          note={`${one.other.plate} ${stamp(one.other.openedAt, now)}`}
          onTap={() => go(pages.case, { id: one.other.id })}
        />
        <View className="card-p row event-acts">
          <Button
            kind="outline"
            small
            grow
            busy={busy === same.action}
            disabled={!!busy}
            onTap={() => run(joiner, same, given)}
          >
            {same.label}
          </Button>
          <Button
            kind="text"
            small
            grow
            busy={busy === notSame.action}
            disabled={!!busy}
            onTap={() => run(joiner, notSame, given)}
          >
            {notSame.label}
          </Button>
        </View>
      </View>
    </Section>
  );
}

/** A case that is worked on under a neighbour's number. */
function Membership({ detail, staff, run, busyOf }: EventBlockProps) {
  const { event, card } = detail;
  if (!event) return null;
  const { leadId } = event;
  return (
    <Section title={`和另外 ${event.reporters - 1} 户一起办`}>
      <View className="card">
        <View className="card-p">
          <Text>{event.reasons.length ? event.reasons.join('，') : '核对过，是同一件事'}</Text>
        </View>
        {leadId && (
          <ListRow
            icon="users"
            title="看一起办的那件"
            note={leadId}
            onTap={() => go(pages.case, { id: leadId })}
          />
        )}
        {staff && card.state === 'joined' && (
          <View className="card-p">
            <Button
              kind="text"
              small
              busy={busyOf(card) === split.action}
              onTap={() => run(card, split)}
            >
              {split.label}
            </Button>
          </View>
        )}
      </View>
    </Section>
  );
}

/** Everybody else who reported it. */
function Reporters({ detail, now, run, busyOf }: EventBlockProps) {
  const { card, event } = detail;
  const list = usePages(`reporters:${card.id}`, ({ cursor, limit }) =>
    api('GET /cases/:id/reporters', {
      params: { id: card.id },
      query: { limit, ...(cursor && { cursor }) },
    }),
  );
  const { refresh } = list;
  const read = useRef(card.rev);
  // One more or one less: the case says so by its revision.
  useEffect(() => {
    if (read.current !== card.rev) void refresh();
    read.current = card.rev;
  }, [card.rev, refresh]);
  return (
    <Section title={`${event?.reporters ?? 0} 户报了同一件事`} note="一起办，办好一起告诉">
      <View className="card">
        {list.loading ? (
          <Skeleton kind="list" count={3} />
        ) : list.error && !list.items.length ? (
          <Problem error={list.error} onRetry={() => void refresh()} />
        ) : (
          list.items.map((one, i) => (
            <Reporter
              key={one.caseId}
              one={one}
              first={i === 0}
              now={now}
              busy={busyOf({ type: 'case', id: one.caseId })}
              onSplit={() => run({ ...card, id: one.caseId }, split)}
            />
          ))
        )}
      </View>
      <MoreRows list={list} />
    </Section>
  );
}

function Reporter({
  one,
  first,
  now,
  busy,
  onSplit,
}: {
  one: EventReporter;
  first: boolean;
  now: number;
  busy: string | undefined;
  onSplit: () => void;
}) {
  const why = [one.by ? `${one.by}核对过` : '', ...one.reasons].filter(Boolean).join('，');
  return (
    <>
      {!first && <View className="rule rule-in" />}
      <View className="card-p">
        <View className="row">
          <Text className="b">{one.name}</Text>
          <Text className="sub c2 f1 ell ml8">{one.plate}</Text>
          <Tag text={one.status} tone={one.maySplit ? 'do' : 'done'} className="ml8" />
        </View>
        <View className="mt4">
          <Text>{one.text}</Text>
        </View>
        <View className="row wrap mt4">
          <Text className="cap c3 f1 num">
            {stamp(one.at, now)}
            {why ? `，${why}` : ''}
          </Text>
          {one.maySplit && (
            <Button kind="text" small busy={busy === split.action} onTap={onSplit}>
              分出来
            </Button>
          )}
        </View>
      </View>
    </>
  );
}
