import { Text, View } from '@tarojs/components';
import type { ReasonView } from '@alley-chief/shared/contract';
import { Section } from '../../../components/Form';

export interface ReasonsProps {
  reasons: readonly ReasonView[];
  /** Those who serve see every step of the decision with what it rests on. */
  staff: boolean;
}

/** Why it went where it went: 什么事, 在哪儿, 谁管, 谁在岗, 没选谁. */
export function Reasons({ reasons, staff }: ReasonsProps) {
  if (!reasons.length) return null;
  return (
    <Section title={staff ? '为什么归这里' : '为什么是他'}>
      <View className="card card-p">
        {reasons.map((reason, i) => (
          <View key={`${reason.kind}${i}`} className={i > 0 ? 'row-t mt12' : 'row-t'}>
            {staff && <Text className="sub c3 reason-label">{reason.label}</Text>}
            <View className="f1">
              <Text>{reason.text}</Text>
              {reason.evidence && (
                <View className="cap c3">
                  <Text>{reason.evidence}</Text>
                </View>
              )}
            </View>
          </View>
        ))}
      </View>
    </Section>
  );
}
