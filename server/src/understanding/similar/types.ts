import type { CategoryCode } from '@alley-chief/shared/domain';

/** What is known of something that was reported, as far as it tells two matters apart. */
export interface Report {
  text: string;
  category: CategoryCode;
  /** A person decided, or the understanding was sure enough to let nobody decide. */
  sure: boolean;
  /** Materialised path of where it is, down to the alley where that is known. */
  areaPath: string;
  /** What the door plate or the named place says: 槐树胡同 7 号, 村口. */
  plateText: string;
  point?: { longitude: number; latitude: number };
  householdId?: string;
  at: Date;
  confidential: boolean;
  /** It complains about people. */
  accuses: boolean;
  emergency: boolean;
}

/** How alike two reports are, and why. */
export interface Likeness {
  /** `same` is joined at once, `maybe` is put before staff. */
  verdict: 'same' | 'maybe' | 'different';
  /** 0..1; comparable between pairs. */
  score: number;
  /** Plain Chinese, the strongest first: 同一条胡同, 都说停电, 相隔 12 分钟. */
  reasons: string[];
}
