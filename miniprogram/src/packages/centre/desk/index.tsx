import { useEffect, useState } from 'react';
import { useMe } from '../../../stores';
import type { CardAction } from '@alley-chief/shared/contract';
import { useCardActions } from '../../../actions/useCardActions';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { back, isWideWindow, onWideChange } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { Tabs } from '../../../shell/Tabs';
import { useDecide } from '../../staff/useDecide';
import { useNow } from '../../../shell/useNow';
import { NarrowHead, NarrowList } from './NarrowDesk';
import { useDesk } from './useDesk';
import { WideDesk } from './WideDesk';
import './index.scss';

/** 值班台: everything on the own ground by the clock. A table with its case on a PC, one column on a phone. */
export default function DutyDesk() {
  const me = useMe();
  const now = useNow();
  const desk = useDesk(me);
  const [wide, setWide] = useState(isWideWindow);
  useEffect(() => onWideChange(setWide), []);
  const decide = useDecide(desk.setDetail);
  const actions = useCardActions({
    onDone: ({ detail: done }) => {
      if (!done) return;
      desk.setDetail(done);
      // A step of a neighbour's case changes the one that is looked at.
      if (done.card.id !== desk.selected) desk.reloadDetail();
    },
  });
  const { detail } = desk;

  const onAction = (action: CardAction) => {
    if (!detail) return;
    if (action.action !== 'decide') actions.run(detail.card, action);
    else decide.ask(detail.card, detail.card.reporterName ?? '住户', { words: detail.text });
  };

  if (desk.denied) {
    return (
      <Page nav={<Nav title="治理中心" onBack />}>
        <Problem error={desk.denied} onRetry={back} />
      </Page>
    );
  }
  if (wide) {
    return (
      <Page
        wide
        scroll={false}
        banner={<NetBanner reading />}
        overlay={
          <>
            {decide.sheet}
            {actions.sheet}
          </>
        }
      >
        <WideDesk
          desk={desk}
          me={me}
          now={now}
          onAction={onAction}
          onCandidate={(category) => detail && void decide.decide(detail.card, { category })}
          run={actions.run}
          busyOf={actions.busyOf}
          busy={detail && (decide.busy === detail.card.id ? 'decide' : actions.busyOf(detail.card))}
        />
      </Page>
    );
  }
  return (
    <Page
      nav={<Nav title={desk.summary?.title ?? '治理中心'} sub="值班" hair={false} />}
      banner={
        <>
          <NarrowHead desk={desk} />
          <NetBanner reading />
        </>
      }
      foot={<Tabs current="desk" />}
      scrollProps={{ onScrollToLower: desk.list.loadMore }}
      gutter
    >
      <NarrowList desk={desk} now={now} />
    </Page>
  );
}
