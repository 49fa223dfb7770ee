import { Text, View } from '@tarojs/components';
import { Button } from '../components/Button';
import { Nav } from '../components/Nav';
import { aria } from '../components/Tap';
import type { Clip } from '../platform';

export interface VoiceCheckProps {
  clip: Clip;
  playing: boolean;
  onPlay: () => void;
  onSend: () => void;
  onAgain: () => void;
  onDrop: () => void;
}

/** 长辈版: nothing that was spoken is sent before it was heard once more and confirmed. */
export function VoiceCheck({ clip, playing, onPlay, onSend, onAgain, onDrop }: VoiceCheckProps) {
  return (
    <View className="check-voice" {...aria('dialog', '听听对不对')}>
      <Nav title="听听对不对" onBack={onDrop} />
      <View className="check-voice-body px16">
        <View className="txt c2">
          <Text>您刚才说的：</Text>
        </View>
        <View className="card card-p mt12">
          <View className="h1 num">
            <Text>一段话，{Math.max(1, Math.round(clip.seconds))} 秒</Text>
          </View>
          <Button kind="tint" block icon="speak" iconSize={32} className="mt20" onTap={onPlay}>
            {playing ? '停下' : '听一遍'}
          </Button>
        </View>
        <View className="txt c2 mt20">
          <Text>不对就点“重说”，不着急。</Text>
        </View>
      </View>
      <View className="check-voice-foot">
        <Button block icon="check" iconSize={40} className="check-voice-go" onTap={onSend}>
          对，发出去
        </Button>
        <View className="acts mt12">
          <Button kind="outline" grow icon="mic" onTap={onAgain}>
            重说
          </Button>
          <Button kind="outline" grow onTap={onDrop}>
            不发了
          </Button>
        </View>
      </View>
    </View>
  );
}
