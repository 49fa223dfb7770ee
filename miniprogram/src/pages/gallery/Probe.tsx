import { useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import * as P from '../../platform';
import * as K from '../../components';

export function Probe() {
  const [text, setText] = useState('');
  const [mode, setMode] = useState<'voice' | 'keyboard'>('voice');
  const [rec, setRec] = useState<number>();
  const [log, setLog] = useState<string[]>([]);
  const [recorder] = useState(() => P.createRecorder());
  const add = (s: string) => setLog((l) => [...l, s]);
  useEffect(() => {
    (window as any).P = P;
    add('params ' + JSON.stringify(P.pageParams()));
    P.onNetworkChange((o) => add('net ' + o));
  }, []);
  return (
    <K.Page scroll={false} nav={<K.Nav title="probe" onBack />} foot={
      <K.InputBar mode={mode} onMode={setMode} text={text} onText={setText} onSend={() => { add('send ' + text); setText(''); }} onPicture={() => P.choosePictures({ count: 2 }).then((p) => add('pics ' + p.map((x) => x.fileName + x.size + x.path.slice(0, 5)).join()))}
        recording={rec}
        onTalkStart={() => { setRec(0); recorder.start().then(() => add('rec on'), (e) => add('rec ' + e.name)); }}
        onTalkEnd={(c) => { setRec(undefined); if (c) { recorder.cancel(); add('rec cancel'); } else recorder.stop().then((clip) => add('clip ' + JSON.stringify(clip && { ...clip, path: clip.path.slice(0, 5) }))); }} />}>
      <K.Button className="go" onTap={() => P.go('/pages/gallery/index', { s: 'a1', q: '你 好&=' })}>go</K.Button>
      <K.Button className="ask" onTap={() => P.confirm({ title: '真的?', text: '没了' }).then((y) => add('confirm ' + y))}>ask</K.Button>
      <K.Button className="toast" onTap={() => P.toast('存下了')}>toast</K.Button>
      <View id="boxed" style={{ height: '40px' }}><Text className="log">{log.join('\n')}</Text></View>
    </K.Page>
  );
}
