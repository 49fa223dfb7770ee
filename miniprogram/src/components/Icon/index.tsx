import { Image } from '@tarojs/components';
import { icons } from '../../assets/icons';
import type { IconName } from '../../assets/icons';
import { cx } from '../classes';
import { useElder } from '../elder';
import { aria, silent } from '../Tap';
import { base64 } from './base64';
import './index.scss';

export type { IconName } from '../../assets/icons';
export { toIconName } from '../../assets/icons';

/** Hex twins of the colour tokens: an <Image> cannot read CSS variables. [standard, elder] */
const tones = {
  ink: ['#25211B', '#1B1813'],
  'ink-2': ['#574F43', '#3D372E'],
  'ink-3': ['#6B6355', '#4A4338'],
  line: ['#8C8270', '#7A705F'],
  door: ['#1D5C57', '#154F4A'],
  brick: ['#A43D27', '#93321E'],
  wheat: ['#C98F2B', '#C98F2B'],
  'wheat-ink': ['#6F4A0C', '#5C3C06'],
  slate: ['#47586A', '#47586A'],
  'on-dark': ['#FFFDF8', '#FFFFFF'],
} as const;

export type Tone = keyof typeof tones;
export type IconSize = 16 | 18 | 20 | 24 | 28 | 32 | 40;

/** Small drawings need a heavier line to look equally dark. */
const strokes: Record<IconSize, number> = {
  16: 2.2,
  18: 2.1,
  20: 2,
  24: 1.9,
  28: 1.9,
  32: 1.7,
  40: 1.5,
};

const cache = new Map<string, string>();

/** The data URI of an icon in one colour. Cached: the set is small and rows repeat it. */
function iconUri(name: IconName, colour: string, stroke: number): string {
  const key = `${name}${colour}${stroke}`;
  const known = cache.get(key);
  if (known) return known;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${colour}" stroke-width="${stroke}"` +
    ` stroke-linecap="round" stroke-linejoin="round">${icons[name].replace(/currentColor/g, colour)}</svg>`;
  const uri = `data:image/svg+xml;base64,${base64(svg)}`;
  cache.set(key, uri);
  return uri;
}

export interface IconProps {
  name: IconName;
  /** px at 375 wide; 24 unless said otherwise. */
  size?: IconSize | undefined;
  tone?: Tone | undefined;
  className?: string | undefined;
  /** Only for an icon that stands alone and means something; beside words it stays silent. */
  label?: string | undefined;
}

/** One line icon in one of the palette's colours. */
export function Icon({ name, size = 24, tone = 'ink', className, label }: IconProps) {
  const elder = useElder();
  return (
    <Image
      className={cx('icon', `icon-${size}`, className)}
      src={iconUri(name, tones[tone][elder ? 1 : 0], strokes[size])}
      {...(label ? aria('img', label) : silent)}
    />
  );
}
