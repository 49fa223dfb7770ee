/** The component kit. Presentational: typed props in, callbacks out, no network and no stores. */
export { Actions } from './Actions';
export { AnswerCard } from './AnswerCard';
export { Avatar, IconTile } from './Avatar';
export { BookingCard, BringList, QueueTicket } from './BookingCard';
export { BottomNav } from './BottomNav';
export type { BottomNavItem } from './BottomNav';
export { Bricks, CountBricks } from './Bricks';
export { Bubble, Thinking } from './Bubble';
export { BundleCard, BundleFacts, BundleProgress, Checklist } from './BundleCard';
export { Button } from './Button';
export type { ButtonKind, ButtonProps } from './Button';
export { CaseRow } from './CaseRow';
export { CheckBox, CheckGroup, CheckRow } from './Check';
export { cx } from './classes';
export { ConsentBanner } from './ConsentBanner';
export { DoorNumber, DoorPlate } from './DoorPlate';
export { ElderContext, useElder } from './elder';
export { EmergencyCard } from './EmergencyCard';
export { EmptyState } from './EmptyState';
export { ErrorState } from './ErrorState';
export {
  Field,
  FieldButton,
  ListRow,
  OptionRow,
  Section,
  SwitchRow,
  Tabs,
  TextField,
} from './Form';
export type { TabItem } from './Form';
export { HelpCard, HelpPerson, HelpSteps } from './HelpCard';
export { HouseholdRow } from './HouseholdRow';
export { Icon, toIconName } from './Icon';
export type { IconName, IconSize, Tone } from './Icon';
export { InputBar } from './InputBar';
export type { InputBarProps } from './InputBar';
export { LocationMessage } from './LocationMessage';
export { Message } from './Message';
export type { MessageFrame, SendState } from './Message';
export { Nav } from './Nav';
export { OfflineBanner } from './OfflineBanner';
export { FootBar, Page } from './Page';
export type { PageProps } from './Page';
export { PersonaCard } from './PersonaCard';
export { PictureMessage } from './PictureMessage';
export { PinnedStrip, pinnedOrder } from './PinnedStrip';
export { ChipWrap, QuestionChips } from './QuestionChips';
export type { ChipItem } from './QuestionChips';
export { RoutingCard } from './RoutingCard';
export { Sheet } from './Sheet';
export { Skeleton } from './Skeleton';
export { DayStrip, SlotGrid } from './SlotGrid';
export type { Slot, SlotDay } from './SlotGrid';
export { Stars, starWords } from './Stars';
export { Badge, Tag } from './Tag';
export { aria, Tap } from './Tap';
export { TimeStamp } from './TimeStamp';
export { UncertainCard } from './UncertainCard';
export { VoiceClip } from './VoiceClip';
