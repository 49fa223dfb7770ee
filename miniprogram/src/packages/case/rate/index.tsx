import { useState } from 'react';
import { Image, Text, View } from '@tarojs/components';
import type { CaseCard } from '@alley-chief/shared/contract';
import { api, fileUrl } from '../../../api';
import { Bricks } from '../../../components/Bricks';
import { Button } from '../../../components/Button';
import { DoorPlate } from '../../../components/DoorPlate';
import { EmptyState } from '../../../components/EmptyState';
import { TextField } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { ChipWrap } from '../../../components/QuestionChips';
import { Skeleton } from '../../../components/Skeleton';
import { Stars } from '../../../components/Stars';
import { Tag } from '../../../components/Tag';
import { Tap } from '../../../components/Tap';
import { durationWords, epoch, spokenStamp, stamp } from '../../../format';
import { useCardActions } from '../../../actions/useCardActions';
import { back, pageParams, viewPictures } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useNow } from '../../../shell/useNow';
import { useElderMode, useMe } from '../../../stores';
import './index.scss';

const good = ['来得快', '说得清楚', '收拾干净', '态度好'];
const poor = ['比说的晚', '没说清楚', '没收拾', '态度不好'];
/** From so many stars on the reasons offered are praise. */
const fine = 4;

/** 打个分: what was done, stars with reasons, or sending it back. */
export default function Rate() {
  useMe();
  const elder = useElderMode();
  const [id] = useState(() => pageParams()['id'] ?? '');
  const matter = useLoad(id && `rate:${id}`, () => api('GET /cases/:id', { params: { id } }));
  const [stars, setStars] = useState(0);
  const [tags, setTags] = useState<readonly string[]>([]);
  const [words, setWords] = useState<string>();
  const actions = useCardActions({ onDone: () => back() });
  const card = matter.data?.card;
  const rate = card?.actions.find((action) => action.action === 'rate');
  const reopen = card?.actions.find((action) => action.action === 'reopen');
  const busy = card && actions.busyOf(card);

  const choose = (next: number) => {
    // Praise chosen for five stars makes no sense beside one.
    if (next >= fine !== stars >= fine) setTags([]);
    setStars(next);
  };
  const text = words?.trim();
  const submit = () =>
    card &&
    rate &&
    actions.run(card, rate, {
      stars,
      ...(tags.length && { tags: [...tags] }),
      ...(text && { text }),
    });

  return (
    <Page
      elder={elder}
      nav={<Nav title="打个分" onBack />}
      banner={<NetBanner />}
      overlay={actions.sheet}
      foot={
        card &&
        rate && (
          <FootBar>
            <View className={elder ? 'rate-stack' : 'acts'}>
              {reopen && (
                <Button kind="outline" block={elder} onTap={() => actions.run(card, reopen)}>
                  {reopen.label}
                </Button>
              )}
              <Button
                grow={!elder}
                block={elder}
                disabled={!stars}
                busy={busy === 'rate'}
                onTap={submit}
              >
                就这样，交
              </Button>
            </View>
          </FootBar>
        )
      }
      gutter
    >
      {matter.loading ? (
        <Skeleton kind="cards" count={2} />
      ) : !card ? (
        <Problem error={matter.error} onRetry={matter.reload} />
      ) : !rate ? (
        <EmptyState
          title={card.rating ? '您打过分了' : '这会儿不用打分'}
          lines={[card.rating ? '谢谢您。' : '办好了，小同会请您看看行不行。']}
          action={{ label: '回去', onTap: back }}
        />
      ) : (
        <>
          <Done card={card} elder={elder} />
          <View className="card card-p mt12">
            <View className="ttl tc">
              <Text>您看办得行不行？</Text>
            </View>
            <View className="mt8">
              <Stars value={stars} onChange={choose} />
            </View>
            {stars > 0 && (
              <View className="mt12">
                <ChipWrap
                  chips={[
                    ...(stars >= fine ? good : poor).map((label) => ({
                      label,
                      on: tags.includes(label),
                    })),
                    {
                      label: '说一句',
                      emphasis: true,
                      icon: 'mic' as const,
                      on: words !== undefined,
                    },
                  ]}
                  onPick={({ label }) => {
                    if (label === '说一句') setWords(words === undefined ? '' : undefined);
                    else
                      setTags(
                        tags.includes(label) ? tags.filter((t) => t !== label) : [...tags, label],
                      );
                  }}
                />
              </View>
            )}
            {words !== undefined && (
              <View className="mt8">
                <TextField label="说一句" value={words} onChange={setWords} maxLength={300} />
              </View>
            )}
          </View>
        </>
      )}
    </Page>
  );
}

/** What was done, by whom, in what time; before and after. */
function Done({ card, elder }: { card: CaseCard; elder: boolean }) {
  const now = useNow();
  const when = elder ? spokenStamp(card.updatedAt, now) : stamp(card.updatedAt, now);
  const took = durationWords(epoch(card.updatedAt) - epoch(card.openedAt));
  const photos = [...card.photos, ...card.resultPhotos].map(fileUrl);
  const shots = [
    { word: '之前', tone: 'done' as const, src: card.photos[0] },
    { word: '现在', tone: 'do' as const, src: card.resultPhotos[0] },
  ].flatMap((shot) => (shot.src ? [{ ...shot, src: fileUrl(shot.src) }] : []));
  return (
    <View className="card card-p mt16">
      <View className={elder ? '' : 'row-t between'}>
        <Text className="ttl f1">{card.title}</Text>
        <View className={elder ? 'row mt8' : 'ml8'}>
          <DoorPlate {...card.plate} />
        </View>
      </View>
      <View className="sub c2 mt4 num">
        <Text>
          {card.holder?.name ?? ''} {when} {card.dueVerb ?? '办好'}，用了
          {/^\d/.test(took) ? ' ' : ''}
          {took}
        </Text>
      </View>
      {card.resultText && (
        <View className="txt mt8">
          <Text>{card.resultText}</Text>
        </View>
      )}
      {shots.length > 0 && (
        <View className="row mt12 rate-shots">
          {shots.map((shot) => (
            <Tap
              key={shot.word}
              className="rate-shot f1"
              label={`${shot.word}的照片`}
              onTap={() => viewPictures(photos, shot.src)}
            >
              <Image className="rate-img" src={shot.src} mode="aspectFill" />
              <Tag text={shot.word} tone={shot.tone} className="rate-word" />
            </Tap>
          ))}
        </View>
      )}
      <View className="mt12">
        <Bricks bricks={card.bricks} dueVerb={card.dueVerb} />
      </View>
    </View>
  );
}
