import type { Card, CardAction } from '@alley-chief/shared/contract';
import { AnswerCard } from '../components/AnswerCard';
import { BookingCard } from '../components/BookingCard';
import { BundleCard } from '../components/BundleCard';
import { EmergencyCard } from '../components/EmergencyCard';
import { HelpCard } from '../components/HelpCard';
import { RoutingCard } from '../components/RoutingCard';
import { UncertainCard } from '../components/UncertainCard';
import { fileUrl } from '../api';
import { callNumber, go, viewPictures } from '../platform';
import { pages } from '../stores/pages';
import type { Given } from '../actions/target';

export interface CardViewProps {
  card: Card;
  /** ms */
  now: number;
  onAction: (card: Card, action: CardAction, given?: Given) => void;
  /** `action` of the step under way. */
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** Any card as it hangs in a thread or stands on a page. */
export function CardView({ card, now, onAction, busy, onSpeak }: CardViewProps) {
  const shared = {
    now,
    busy,
    onSpeak,
    onAction: (action: CardAction) => onAction(card, action),
  };
  switch (card.type) {
    case 'case': {
      const decide = card.actions.find((action) => action.action === 'decide');
      if (card.uncertain && decide) {
        return (
          <UncertainCard
            card={card}
            {...shared}
            onCandidate={(category) => onAction(card, decide, { category })}
          />
        );
      }
      const { photos, resultPhotos } = card;
      return (
        <RoutingCard
          card={{ ...card, photos: photos.map(fileUrl), resultPhotos: resultPhotos.map(fileUrl) }}
          {...shared}
          onOpen={() => go(pages.case, { id: card.id })}
          onPhoto={(url, all) => viewPictures(all, url)}
        />
      );
    }
    case 'emergency':
      return (
        <EmergencyCard
          card={card}
          {...shared}
          onDial={callNumber}
          onCallPerson={(person) => person.phone && callNumber(person.phone)}
        />
      );
    case 'answer':
      return <AnswerCard card={card} {...shared} />;
    case 'bundle':
      return <BundleCard card={card} {...shared} />;
    case 'booking':
      return <BookingCard card={card} {...shared} />;
    case 'help':
      return <HelpCard card={card} {...shared} onOpen={() => go(pages.help, { id: card.id })} />;
  }
}
