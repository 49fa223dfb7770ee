import { useState } from 'react';
import { Image, Text, View } from '@tarojs/components';
import { problemOf, uploadFile } from '../api';
import { Icon } from '../components/Icon';
import { Tap } from '../components/Tap';
import { choosePictures, toast, viewPictures } from '../platform';
import './index.scss';

export interface PhotoFieldProps {
  required?: boolean | undefined;
  onChange: (fileIds: string[]) => void;
  onBusy: (busy: boolean) => void;
}

const most = 3;

/** Up to three pictures, uploaded as they are chosen; tapping one shows it, the cross takes it out. */
export function PhotoField({ required, onChange, onBusy }: PhotoFieldProps) {
  const [shots, setShots] = useState<{ path: string; id: string }[]>([]);
  const [busy, setBusy] = useState(false);

  const change = (next: typeof shots) => {
    setShots(next);
    onChange(next.map((shot) => shot.id));
  };
  const working = (on: boolean) => {
    setBusy(on);
    onBusy(on);
  };

  const add = async () => {
    const pictures = await choosePictures({ count: most - shots.length });
    if (!pictures.length) return;
    working(true);
    try {
      const files = await Promise.all(pictures.map((p) => uploadFile(p.path, p.fileName)));
      change([
        ...shots,
        ...files.map((file, i) => ({ id: file.id, path: pictures[i]?.path ?? '' })),
      ]);
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      working(false);
    }
  };

  return (
    <View>
      <View className="sec">
        <Text>{required ? '拍张照片' : '拍张照片，看得清楚些'}</Text>
      </View>
      <View className="row mt8">
        {shots.map((shot) => (
          <View key={shot.id} className="shots-one">
            <Tap label="照片，点开看大图" onTap={() => viewPictures([shot.path])}>
              <Image className="shots-img" src={shot.path} mode="aspectFill" />
            </Tap>
            <Tap
              className="shots-x"
              label="不要这张"
              onTap={() => change(shots.filter((one) => one !== shot))}
            >
              <Icon name="x" size={18} tone="on-dark" />
            </Tap>
          </View>
        ))}
        {shots.length < most && (
          <Tap className="shots-add" label="拍照" disabled={busy} onTap={() => void add()}>
            <Icon name="cam" size={28} tone="door" />
            <Text className="cap c2">{busy ? '正在传…' : '拍照'}</Text>
          </Tap>
        )}
      </View>
    </View>
  );
}
