import { useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { CaseCard } from '@alley-chief/shared/contract';
import { CategoryChips, categoryName } from '../../actions/CategoryChips';
import { Button } from '../../components/Button';
import { OptionRow, TextField } from '../../components/Form';
import { Sheet } from '../../components/Sheet';
import { Tag } from '../../components/Tag';
import './PassUpSheet.scss';

export interface PassUp {
  category: string;
  /** What the chief adds or puts differently; absent when the villager's own words go up as they are. */
  text?: string | undefined;
}

export interface PassUpSheetProps {
  open: boolean;
  card: CaseCard;
  /** The villager's own words; undefined while they are being fetched. */
  words: string | undefined;
  /** 赵家 */
  family: string;
  /** Candidate chosen on the card already. */
  first?: string | undefined;
  busy: boolean;
  onClose: () => void;
  onSend: (choice: PassUp) => void;
}

/** Nobody knows either: whoever is responsible for unclear matters asks on. */
const unclear = 'other.unclear';

/** 往上报: what, whose, and that the family will be told. Who exactly gets it is decided by duty and load. */
export function PassUpSheet({
  open,
  card,
  words,
  family,
  first,
  busy,
  onClose,
  onSend,
}: PassUpSheetProps) {
  const guesses = card.uncertain?.candidates ?? [];
  const suggested = first ?? guesses[0]?.category;
  const [category, setCategory] = useState(suggested);
  const [text, setText] = useState(words ?? '');
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (!open) return;
    setCategory(suggested);
    setText(words ?? '');
    setAll(false);
    // Only when it opens: the words may arrive later and must not wipe what was chosen or typed meanwhile.
  }, [open, card.id]);
  useEffect(() => setText((typed) => typed || (words ?? '')), [words]);

  const other =
    category && !guesses.some((one) => one.category === category) ? category : undefined;
  const said = text.trim();
  const send = () => {
    if (category) onSend({ category, ...(said && said !== words?.trim() && { text: said }) });
  };
  return (
    <Sheet
      open={open}
      title="往上报"
      onClose={onClose}
      foot={
        <Button block disabled={!category} busy={busy} busyLabel="正在报…" onTap={send}>
          报上去
        </Button>
      }
    >
      <View className="row">
        <Text className="sec">什么事</Text>
        <Text className="cap c3 ml8">{family}的原话，可以改</Text>
      </View>
      <View className="mt8">
        <TextField value={text} onChange={setText} label="什么事" maxLength={1000} />
      </View>
      <View className="sec mt16">
        <Text>归哪一类</Text>
      </View>
      {guesses.map((guess, i) => (
        <OptionRow
          key={guess.category}
          title={guess.label}
          line={`小同有 ${guess.percent}% 的把握`}
          on={category === guess.category}
          right={i === 0 ? <Tag text="建议" tone="do" /> : undefined}
          onTap={() => setCategory(guess.category)}
        />
      ))}
      {other && other !== unclear && (
        <OptionRow title={categoryName(other)} line="您挑的" on onTap={() => setAll(true)} />
      )}
      <OptionRow
        title="说不准归谁"
        line="先报上去，请上面的人问清楚"
        on={category === unclear}
        onTap={() => setCategory(unclear)}
      />
      {all ? (
        <CategoryChips
          on={category}
          onPick={(key) => {
            setCategory(key);
            setAll(false);
          }}
        />
      ) : (
        <Button kind="text" small onTap={() => setAll(true)}>
          {guesses.length ? '都不是，自己挑' : '自己挑一类'}
        </Button>
      )}
      <View className="passup-tell sub c2">
        <Text>派给谁、为什么，小同会跟{family}说一声。</Text>
      </View>
    </Sheet>
  );
}
