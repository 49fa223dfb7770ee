import type { Config } from './config';

/** What `npm start` says once it serves: where to click, as whom, where the data lies, how to stop. */
export const banner = ({
  config,
  port,
  seconds,
}: {
  config: Config;
  port: number;
  seconds: number;
}): string => {
  const at = `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;
  const personas = config.demo
    ? `
  开两个窗口，各选一个人物，自己跟自己说话：
    村民 赵桂香      说一句“我家门口路灯坏了三天了”
    胡同长 王秀兰    在收件箱里看到，回她一句
    网格员 李明 · 网格长 周海峰 · 办事单位 刘建设 · 志愿者 孙小满 · 长辈版 张奶奶
    治理中心 林晓    在宽屏上看全市的流转
`
    : '';
  return `
  胡同长 Alley Chief 开门了（${seconds.toFixed(1)} 秒）

    打开      ${at}
    接口      ${at}/docs
    数据在    ${config.mongoUrl ? '外部 MongoDB（MONGO_URL）' : config.dataDir}
    停下      Ctrl+C
${personas}
`;
};
