import { Text, View } from '@tarojs/components';
import type { ModelView } from '@alley-chief/shared/contract';
import { Button } from '../../../components/Button';
import { Tag } from '../../../components/Tag';
import { percent } from './Weeks';

const tags = {
  running: { text: '正在用', tone: 'do' },
  ready: { text: '备着', tone: 'done' },
  rejected: { text: '没换上', tone: 'wait' },
} as const;

/** A version with what it was measured by, beside the one then in charge. */
export function ModelRow({ model, onRun }: { model: ModelView; onRun: () => void }) {
  const { figures, against } = model;
  return (
    <View className="learn-model">
      <View className="row">
        <Text className="b f1 num">{model.madeAt ? madeOn(model.madeAt) : '出厂自带'}</Text>
        <Tag {...tags[model.state]} />
      </View>
      <View className="sub c2 mt4">
        <Text>{model.why}</Text>
      </View>
      {figures && (
        <View className="sub c2 num mt4">
          <Text>
            {figures.lessons} 句没见过的话里听准 {percent(figures.accuracy, 1)}
            {against ? `，当时在用的 ${percent(against.accuracy, 1)}` : ''}
          </Text>
        </View>
      )}
      <View className="row mt8">
        <Text className="cap c3 f1 num">
          {model.madeBy === '出厂' ? '' : `${model.madeBy} · `}
          {model.lessons ? `学过 ${model.lessons} 件 · ` : ''}
          {model.version.slice(0, 8)}
        </Text>
        {model.state !== 'running' && (
          <Button kind="text" small onTap={onRun}>
            换上这版
          </Button>
        )}
      </View>
    </View>
  );
}

const madeOn = (iso: string): string => {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getMonth() + 1} 月 ${at.getDate()} 日 ${two(at.getHours())}:${two(at.getMinutes())}`;
};
