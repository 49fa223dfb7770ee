import { Image, Text, View } from '@tarojs/components';
import type { CaseDetail } from '@alley-chief/shared/contract';
import { fileUrl } from '../../../api';
import { cx } from '../../../components/classes';
import { useElder } from '../../../components/elder';
import { Section } from '../../../components/Form';
import { Tap } from '../../../components/Tap';
import { spokenStamp, stamp } from '../../../format';
import { viewPictures } from '../../../platform';

export interface TimelineProps {
  entries: CaseDetail['timeline'];
  now: number;
}

/** What happened, newest first. */
export function Timeline({ entries, now }: TimelineProps) {
  const elder = useElder();
  const newest = [...entries].reverse();
  return (
    <Section title="一路走来">
      <View className="card card-p">
        {newest.map((entry, i) => {
          const photos = entry.photos.map(fileUrl);
          return (
            <View key={`${entry.at}${i}`} className="step row-t">
              <View className="step-rail">
                <View className={cx('step-dot', i === 0 && 'step-dot-now')} />
                {i < newest.length - 1 && <View className="step-line" />}
              </View>
              <View className="f1 step-body">
                <Text className={i === 0 ? 'b' : ''}>{entry.text}</Text>
                <View className="cap c3 num">
                  <Text>
                    {elder ? spokenStamp(entry.at, now) : stamp(entry.at, now)}
                    {entry.who ? `，${entry.who}` : ''}
                  </Text>
                </View>
                {photos.length > 0 && (
                  <View className="row wrap mt8">
                    {photos.map((url) => (
                      <Tap
                        key={url}
                        className="step-photo"
                        label="照片，点开看大图"
                        onTap={() => viewPictures(photos, url)}
                      >
                        <Image className="step-img" src={url} mode="aspectFill" lazyLoad />
                      </Tap>
                    ))}
                  </View>
                )}
              </View>
            </View>
          );
        })}
      </View>
    </Section>
  );
}
