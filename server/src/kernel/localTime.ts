import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** All of China keeps one time; offices open and people sleep by it wherever the server stands. */
export const zone = 'Asia/Shanghai';

/** The instant as a wall clock in China. */
export const local = (at: Date): dayjs.Dayjs => dayjs(at).tz(zone);

export const weekdayNames = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** “今天 18:00”, “明天 09:30”, “7 月 16 日 18:00” as neighbours say it. */
export const sayWhen = (at: Date, now: Date): string => {
  const t = local(at);
  const days = t.startOf('day').diff(local(now).startOf('day'), 'day');
  const time = t.format('HH:mm');
  if (days === 0) return `今天 ${time}`;
  if (days === 1) return `明天 ${time}`;
  if (days === 2) return `后天 ${time}`;
  if (days === -1) return `昨天 ${time}`;
  return `${t.format('M 月 D 日')} ${time}`;
};
