import { Image, Text, View } from '@tarojs/components';
import { size } from '../../platform';
import { Message } from '../Message';
import type { MessageFrame } from '../Message';
import { Tap } from '../Tap';
import './index.scss';

export interface PictureMessageProps extends MessageFrame {
  src: string;
  /** px of the picture; without them it is drawn 184x132. */
  width?: number | undefined;
  height?: number | undefined;
  /** Words sent with it. */
  caption?: string | undefined;
  onOpen: () => void;
}

const widest = 368;
const tallest = 480;

/** The box of a picture at 750: as large as allowed, its proportions kept, never a sliver. */
function boxOf(width = 368, height = 264): { width: number; height: number } {
  const ratio = Math.min(Math.max(width / height, 0.5), 2.4);
  const boxWidth = Math.min(widest, tallest * ratio);
  return { width: Math.round(boxWidth), height: Math.round(boxWidth / ratio) };
}

/** A photo in the thread; tapping shows it full screen. */
export function PictureMessage({
  src,
  width,
  height,
  caption,
  onOpen,
  ...frame
}: PictureMessageProps) {
  const box = boxOf(width, height);
  return (
    <Message storedNote="照片已压小，等网" {...frame}>
      <Tap
        className="shot"
        onTap={onOpen}
        label={caption ? `照片：${caption}` : '照片，点开看大图'}
      >
        <Image
          className="shot-img"
          src={src}
          mode="aspectFill"
          lazyLoad
          style={{ width: size(box.width), height: size(box.height) }}
        />
      </Tap>
      {caption && (
        <View className={frame.mine ? 'bub bub-me bub-cont mt6' : 'bub bub-you mt6'}>
          <Text userSelect>{caption}</Text>
        </View>
      )}
    </Message>
  );
}
