import { Image, ScrollView, Text, View } from '@tarojs/components';
import type { CardAction, CaseDetail } from '@alley-chief/shared/contract';
import { Actions } from '../../../components/Actions';
import { Bricks } from '../../../components/Bricks';
import { cx } from '../../../components/classes';
import { DoorPlate } from '../../../components/DoorPlate';
import { Icon } from '../../../components/Icon';
import { Stars } from '../../../components/Stars';
import { Tag } from '../../../components/Tag';
import { Tap } from '../../../components/Tap';
import { fileUrl } from '../../../api';
import { epoch, stamp, timeLeft } from '../../../format';
import { viewPictures } from '../../../platform';
import type { CardActions } from '../../../actions/useCardActions';
import { EventBlock } from '../../staff/EventBlock';

export interface CasePanelProps {
  detail: CaseDetail;
  now: number;
  onClose: () => void;
  onAction: (action: CardAction) => void;
  /** Decides what an unclear matter is, by category. */
  onCandidate?: ((category: string) => void) | undefined;
  busy?: string | undefined;
  /** Steps of other cases of the same event. */
  run: CardActions['run'];
  busyOf: CardActions['busyOf'];
}

/** One case beside the queue: where and how far, why it went there, what happened, what to do. */
export function CasePanel({
  detail,
  now,
  onClose,
  onAction,
  onCandidate,
  busy,
  run,
  busyOf,
}: CasePanelProps) {
  const { card } = detail;
  return (
    <View className="panel panel-case">
      <View className="case-head">
        <View className="row">
          <Text className="case-title ell">{card.title}</Text>
          <PanelTag detail={detail} now={now} />
          <Tap className="case-x" onTap={onClose} label="关上">
            <Icon name="x" size={20} tone="ink-3" />
          </Tap>
        </View>
        <View className="row mt6">
          <DoorPlate {...card.plate} />
          <Text className="cap c3 ml8 num">{card.number}</Text>
          {card.confidential && <Text className="cap c3 ml8">不露姓名</Text>}
        </View>
        <View className="mt12">
          <Bricks bricks={card.bricks} dueVerb={card.dueVerb} />
        </View>
      </View>
      <ScrollView scrollY enhanced className="case-body">
        <Said detail={detail} />
        {card.uncertain && onCandidate && <Undecided detail={detail} onPick={onCandidate} />}
        {detail.event && (
          <View className="case-part case-event">
            <EventBlock detail={detail} now={now} staff run={run} busyOf={busyOf} />
          </View>
        )}
        <Why detail={detail} />
        <Outcome detail={detail} />
        <History detail={detail} now={now} />
      </ScrollView>
      {card.actions.length > 0 && (
        <View className="case-acts">
          <Actions actions={card.actions} now={now} onAction={onAction} busy={busy} />
        </View>
      )}
    </View>
  );
}

/** 剩 1 小时 8 分 / 超时 2 小时 while the clock runs, otherwise the status word. */
function PanelTag({ detail: { card }, now }: { detail: CaseDetail; now: number }) {
  const running = card.dueAt && !card.rating && card.state !== 'resolved';
  if (!card.dueAt || !running) return <Tag {...card.status} className="ml8" />;
  const late = epoch(card.dueAt) < now;
  const words = timeLeft(card.dueAt, now).replace(/^还有/, '剩');
  return <Tag text={words} tone={late ? 'hotTint' : 'wait'} className="ml8 num" />;
}

/** The villager's own words and pictures: what everything below rests on. */
function Said({ detail: { card, text } }: { detail: CaseDetail }) {
  return (
    <View className="case-part">
      <View className="desk-text">
        <Text className="c3">{card.reporterName ? `${card.reporterName}说 ` : '原话 '}</Text>
        <Text>{text}</Text>
      </View>
      <Pictures urls={card.photos} word="现场照片" />
    </View>
  );
}

function Pictures({ urls, word }: { urls: readonly string[]; word: string }) {
  if (!urls.length) return null;
  const full = urls.map(fileUrl);
  return (
    <View className="case-photos">
      {full.slice(0, 4).map((url, i) => (
        <Tap
          key={url}
          className="case-photo"
          label={`${word} ${i + 1}`}
          onTap={() => viewPictures(full, url)}
        >
          <Image className="case-img" src={url} mode="aspectFill" lazyLoad />
        </Tap>
      ))}
    </View>
  );
}

/** Nobody knew for sure: the candidates with how sure 小同 is. Choosing one decides. */
function Undecided({
  detail: { card },
  onPick,
}: {
  detail: CaseDetail;
  onPick: (category: string) => void;
}) {
  return (
    <View className="case-part">
      <View className="desk-strong">
        <Text>归谁，等您定</Text>
      </View>
      <View className="desk-text c2 mt4">
        <Text>{card.uncertain?.sentence}</Text>
      </View>
      {card.uncertain?.candidates.map((candidate) => (
        <Tap
          key={candidate.category}
          className="guess-row"
          onTap={() => onPick(candidate.category)}
          label={`定成${candidate.label}，小同有 ${candidate.percent}% 的把握`}
        >
          <Text className="f1">{candidate.label}</Text>
          <Text className="c3 num">{candidate.percent}%</Text>
          <Text className="guess-word">就它</Text>
        </Tap>
      ))}
    </View>
  );
}

/** Why it went to whom it went, each sentence with what it rests on. */
function Why({ detail: { card, reasons } }: { detail: CaseDetail }) {
  if (!reasons.length) return null;
  const whom = card.holder && [card.holder.title, card.holder.name].filter(Boolean).join(' ');
  return (
    <View className="case-part">
      <View className="desk-strong">
        <Text>{whom ? `为什么分给${whom}` : '小同怎么想的'}</Text>
      </View>
      <View className="mt4">
        {reasons.map((reason, i) => {
          const spared = reason.kind === 'notChosen';
          return (
            <View key={`${reason.kind}${i}`} className="why-row">
              <Text className="why-key">{reason.label}</Text>
              <Text className={cx('why-text', spared && 'c2')}>{reason.text}</Text>
              <Text className={cx('why-proof num', spared && 'why-spared')}>{reason.evidence}</Text>
            </View>
          );
        })}
      </View>
    </View>
  );
}

function Outcome({ detail: { card } }: { detail: CaseDetail }) {
  if (!card.resultText && !card.resultPhotos.length && !card.rating) return null;
  return (
    <View className="case-part">
      <View className="desk-strong">
        <Text>办得怎样</Text>
      </View>
      {card.resultText && (
        <View className="desk-text mt4">
          <Text>{card.resultText}</Text>
        </View>
      )}
      <Pictures urls={card.resultPhotos} word="办完的照片" />
      {card.rating && (
        <View className="row mt8">
          <Stars value={card.rating.stars} small />
          {card.rating.text && <Text className="desk-text c2 ml8 f1">{card.rating.text}</Text>}
        </View>
      )}
    </View>
  );
}

function History({ detail: { timeline }, now }: { detail: CaseDetail; now: number }) {
  if (!timeline.length) return null;
  return (
    <View className="case-part">
      <View className="desk-strong">
        <Text>经过</Text>
      </View>
      <View className="mt4">
        {timeline.map((entry, i) => (
          <View key={`${entry.at}${i}`} className="past-row">
            <Text className="past-time num">{pastStamp(entry.at, now)}</Text>
            <View className="f1">
              <Text className="past-text">
                {[entry.who, entry.text].filter(Boolean).join('，')}
              </Text>
              <Pictures urls={entry.photos} word="照片" />
            </View>
          </View>
        ))}
      </View>
    </View>
  );
}

/** 昨 18:01, 今 15:40: the narrow column has room for one character. */
const pastStamp = (at: string, now: number): string =>
  stamp(at, now).replace(/^今天/, '今').replace(/^昨天/, '昨');
