import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { Card, CardAction, HouseholdView } from '@alley-chief/shared/contract';
import { api } from '../../../api';
import type { Given } from '../../../actions/target';
import { Avatar } from '../../../components/Avatar';
import { DoorNumber } from '../../../components/DoorPlate';
import { Icon } from '../../../components/Icon';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Sheet } from '../../../components/Sheet';
import { Skeleton } from '../../../components/Skeleton';
import { Tap } from '../../../components/Tap';
import { back, callNumber, canGoBack, pageParams, swapTo } from '../../../platform';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { pages, tellFrame, useMe } from '../../../stores';
import { Conversation } from '../../../thread/Conversation';
import { useDecide } from '../../staff/useDecide';
import { callable, doorOf, familyLine } from './family';
import './index.scss';

/** What a chief says most; a tap says it. */
const canned = ['我这就过去', '我问清楚告诉您', '知道了，我记下了'].map((text) => ({
  label: text,
  text,
}));

/** A household's thread from its chief's side: who lives there, what is in hand, and deciding what is unclear. */
export default function Household() {
  const me = useMe();
  const [params] = useState(pageParams);
  const id = params['id'] ?? '';
  const home = useLoad(me && id ? `household:${id}` : '', () =>
    api('GET /households/:id', { params: { id } }),
  );
  const [calling, setCalling] = useState(false);
  // The card in the thread follows the frame; other lists of this phone as well.
  const decide = useDecide((detail) => tellFrame({ t: 'card', card: detail.card }));
  const conversationId = params['conversation'] ?? home.data?.conversationId;
  const goBack = () => (canGoBack() ? back() : swapTo(pages.inbox));

  if (!me || !conversationId) {
    return (
      <Page nav={<Nav title="住户" onBack={goBack} />} gutter>
        {home.error ? (
          <Problem error={home.error} onRetry={() => home.reload()} />
        ) : (
          <Skeleton kind="thread" count={5} />
        )}
      </Page>
    );
  }

  const family = home.data?.name ?? '住户';
  const phones = callable(home.data);
  const call = () => {
    const only = phones.length === 1 ? phones[0] : undefined;
    if (only) callNumber(only.phone);
    else setCalling(true);
  };
  /** Deciding needs more than a tap here: whose words, which kind, and that the family will hear of it. */
  const passUp = (card: Card, action: CardAction, given?: Given): boolean => {
    if (card.type !== 'case' || action.action !== 'decide') return false;
    decide.ask(card, family, given?.category ? { first: given.category } : {});
    return true;
  };

  return (
    <Conversation
      key={conversationId}
      me={me}
      conversationId={conversationId}
      nav={(state) => (
        <Nav
          title={home.data?.name ?? state?.head?.title ?? '住户'}
          tile={<DoorNumber text={doorOf(home.data?.plate ?? state?.head?.plate ?? '')} inNav />}
          line={home.data ? familyLine(home.data) : state?.head?.subtitle}
          onBack={goBack}
          onCall={phones.length ? call : undefined}
        />
      )}
      // In the own household the chief is family, and 小同 speaks to them.
      suggested={me.household?.conversationId === conversationId}
      chips={canned}
      intercept={passUp}
      overlay={
        <>
          {decide.sheet}
          <CallSheet home={home.data} open={calling} onClose={() => setCalling(false)} />
        </>
      }
      welcome={{
        title: `${family}还没说过话`,
        lines: ['问一声好，', '他们说的话您这里马上看得到。'],
      }}
    />
  );
}

/** 打给谁: several of the family have a telephone. */
function CallSheet({
  home,
  open,
  onClose,
}: {
  home: HouseholdView | undefined;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Sheet open={open} title="打给谁" onClose={onClose}>
      {callable(home).map(({ person, phone, relation, age }) => (
        <Tap
          key={person.id}
          className="call-row row"
          label={`打给${person.callName}`}
          onTap={() => {
            onClose();
            callNumber(phone);
          }}
        >
          <Avatar person={person} size={44} />
          <View className="f1 ml12">
            <View className="b">
              <Text>{person.callName}</Text>
            </View>
            <View className="cap c2 num">
              <Text>{[relation, age ? `${age} 岁` : ''].filter(Boolean).join('，')}</Text>
            </View>
          </View>
          <Icon name="phone" tone="door" />
        </Tap>
      ))}
    </Sheet>
  );
}
