import { useEffect, useState } from 'react';
import { useMe } from '../../../stores';
import type { CardAction } from '@alley-chief/shared/contract';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { isWideWindow, onWideChange } from '../../../platform';
import { NetBanner } from '../../staff/NetBanner';
import { StaffTabs } from '../../staff/StaffTabs';
import { useNow } from '../../staff/useNow';
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
  const onAction = (_action: CardAction) => {};

  if (wide) {
    return (
      <Page wide scroll={false} banner={<NetBanner />}>
        <WideDesk
          desk={desk}
          me={me}
          now={now}
          onAction={onAction}
          onCandidate={() => {}}
          busy={undefined}
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
          <NetBanner />
        </>
      }
      foot={<StaffTabs current="desk" />}
      scrollProps={{ onScrollToLower: desk.list.loadMore }}
      gutter
    >
      <NarrowList desk={desk} now={now} />
    </Page>
  );
}
