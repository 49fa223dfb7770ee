/**
 * The icon set: 24x24 line drawings, inner markup only. `currentColor` marks filled parts.
 * A mini program cannot colour an <Image>, so the Icon component builds one data URI per name and tone.
 */
export const icons = {
  alert: '<path d="M12 4.2l8.8 15.3H3.2zM12 10v4.5M12 17.2h.01"/>',
  baby: '<circle cx="12" cy="12.5" r="8"/><path d="M12 4.5c-1.5-1.7.4-2.6 1.2-1.5M9 12h.01M15 12h.01M9.3 15.5a4 4 0 0 0 5.4 0"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  bell: '<path d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5M4.5 16.5h15M10.3 19.8a2 2 0 0 0 3.4 0M12 3.2v2"/>',
  cal: '<rect x="4" y="5.5" width="16" height="14.5" rx="2.5"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
  cam: '<path d="M4 8.5C4 7.7 4.7 7 5.5 7h2L9 4.8h6L16.5 7h2c.8 0 1.5.7 1.5 1.5v9c0 .8-.7 1.5-1.5 1.5h-13C4.7 19 4 18.3 4 17.5z"/><circle cx="12" cy="12.8" r="3.4"/>',
  chair: '<path d="M7 3.5v9h10v-9M7 8h10M6 12.5h12M7.5 12.5v8M16.5 12.5v8"/>',
  chart: '<path d="M4 20h16M6.5 16.5v-5M12 16.5V5M17.5 16.5V9"/>',
  check: '<path d="M5 12.5l4.6 4.6L19.2 7.4"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.2 2.2"/>',
  desk: '<rect x="3" y="4.5" width="18" height="11.5" rx="2"/><path d="M9 20h6M12 16v4"/>',
  doc: '<path d="M6.5 3.5h7.5l4 4v13h-11.5zM14 3.5v4h4M9.5 12h5.5M9.5 16h5.5"/>',
  down: '<path d="M6 9l6 6 6-6"/>',
  filter: '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
  flag: '<path d="M6 21V4M6 5h11l-2.5 3.8L17 12.5H6"/>',
  flame:
    '<path d="M12 3c.6 3.6 5.8 6 5.8 11.2A5.8 5.8 0 0 1 12 20.5a5.8 5.8 0 0 1-5.8-6.3c0-2.6 1.4-4 2.4-5.7.7 1.6 1.3 2.2 2.2 2.7C10.6 8.3 10.7 5.4 12 3z"/>',
  gear: '<circle cx="12" cy="12" r="3"/><path d="M12 3.5v2.7M12 17.8v2.7M20.5 12h-2.7M6.2 12H3.5M18 6l-1.9 1.9M7.9 16.1L6 18M18 18l-1.9-1.9M7.9 7.9L6 6"/>',
  hand: '<path d="M12 19.5C6 15.8 3.5 12.7 3.5 9.3A4.3 4.3 0 0 1 12 7.8a4.3 4.3 0 0 1 8.5 1.5c0 3.4-2.5 6.5-8.5 10.2z"/>',
  home: '<path d="M4 11.5L12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5.5h4v5.5"/>',
  idcard:
    '<rect x="3" y="5.5" width="18" height="13.5" rx="2.5"/><circle cx="8.5" cy="11" r="2"/><path d="M5.5 16a3.2 3.2 0 0 1 6 0M14.5 10h3.5M14.5 14h3.5"/>',
  kbd: '<rect x="3" y="6" width="18" height="12.5" rx="2.5"/><path d="M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14.5h8"/>',
  lamp: '<path d="M6 21V6.5A3 3 0 0 1 9 3.5h3.5M4 21h4M10.5 10.5a4.2 4.2 0 0 1 8.4 0zM14.7 3.5v2.8M12.3 13.8l-.8 2M14.7 14v2.4M17.1 13.8l.8 2"/>',
  list: '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
  logo: '<path d="M2.5 7.5c3-.2 6-1.5 9.5-3.5 3.5 2 6.5 3.3 9.5 3.5M5.5 7.3V20.5h13V7.3M12 8v12.5"/><circle cx="9.3" cy="14" r="1.2" fill="currentColor" stroke="none"/><circle cx="14.7" cy="14" r="1.2" fill="currentColor" stroke="none"/>',
  map: '<path d="M3.5 6.5l5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2zM9 4.5v13M15 6.5v13"/>',
  mic: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6"/>',
  more: '<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>',
  next: '<path d="M9 5l7 7-7 7"/>',
  nowifi:
    '<path d="M4 4l16 16M2.8 9.3A13.5 13.5 0 0 1 7.2 6.7M10.5 5.6A13.6 13.6 0 0 1 21.2 9.3M6 12.8a9 9 0 0 1 4-2.3M14.5 10.8A9 9 0 0 1 18 12.8M9.2 16.2a4.3 4.3 0 0 1 5.6 0M12 19.5h.01"/>',
  passup: '<path d="M12 15V4.5M7.5 9L12 4.5 16.5 9M5 15v3a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-3"/>',
  phone:
    '<path d="M6.4 3.8h2.5l1.7 4.3-2.1 1.6a12 12 0 0 0 5.8 5.8l1.6-2.1 4.3 1.7v2.5c0 1.5-1.2 2.6-2.6 2.5C10.6 19.6 4.4 13.4 3.9 6.4 3.8 5 4.9 3.8 6.4 3.8z"/>',
  photo:
    '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="8.6" cy="10" r="1.6"/><path d="M4.5 17.5l4.8-4 3.2 2.5 3.2-3.2 4.3 4"/>',
  pill: '<rect x="2.8" y="8.3" width="18.4" height="7.4" rx="3.7" transform="rotate(-45 12 12)"/><path d="M9.4 9.4l5.2 5.2"/>',
  pin: '<path d="M12 21s6.5-5.6 6.5-11a6.5 6.5 0 0 0-13 0C5.5 15.4 12 21 12 21z"/><circle cx="12" cy="10" r="2.3"/>',
  play: '<path fill="currentColor" stroke="none" d="M8.5 6.3v11.4c0 .8.9 1.3 1.6.8l8.3-5.7a1 1 0 0 0 0-1.6l-8.3-5.7c-.7-.5-1.6 0-1.6.8z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  refresh: '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4h-4"/>',
  search: '<circle cx="10.8" cy="10.8" r="6.3"/><path d="M15.5 15.5L20.5 20.5"/>',
  send: '<path d="M12 19.5V5M6 11l6-6 6 6"/>',
  shield:
    '<path d="M12 3.5l7 2.7v5.3c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6.2zM8.8 12l2.3 2.3 4.2-4.4"/>',
  speak:
    '<path d="M4 9.8v4.4h3.2L12 18.3V5.7L7.2 9.8zM15.5 9a4.3 4.3 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>',
  star: '<path d="M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>',
  starf:
    '<path fill="currentColor" stroke="none" d="M12 3.3l2.7 5.4 5.9.9-4.3 4.2 1 5.9-5.3-2.8-5.3 2.8 1-5.9L3.4 9.6l5.9-.9z"/>',
  ticket:
    '<path d="M4 7.5h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4zM14.5 7.5v2M14.5 11.5v2M14.5 15.5v2"/>',
  trash: '<path d="M5 7h14M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.3 11v5M13.7 11v5"/>',
  undo: '<path d="M8.5 5.5L4.5 9.5l4 4M4.5 9.5H14a5 5 0 0 1 0 10H9"/>',
  up: '<path d="M6 15l6-6 6 6"/>',
  user: '<circle cx="12" cy="8" r="3.8"/><path d="M4.8 20a7.3 7.3 0 0 1 14.4 0"/>',
  users:
    '<circle cx="9" cy="8.5" r="3.3"/><path d="M2.8 19.5a6.3 6.3 0 0 1 12.4 0M15.5 5.5a3.2 3.2 0 0 1 0 6M17.5 14.3a6 6 0 0 1 3.7 5.2"/>',
  walk: '<circle cx="13" cy="4.6" r="1.8"/><path d="M8 12l1.2-3.3L12.5 8l2.3 3.5 3 1M12.3 8.3l-.9 5.7 3 2.8.9 4.2M11.2 14.5L9.5 18 7 20.8"/>',
  water:
    '<path d="M4 8h9a4 4 0 0 1 4 4v1.5M8.5 8V4.5M6 4.5h5M4 5.5v5M14.5 13.5h5M17 17.2c-.9 1.3-1.3 1.8-1.3 2.5a1.3 1.3 0 0 0 2.6 0c0-.7-.4-1.2-1.3-2.5z"/>',
  x: '<path d="M6 6l12 12M18 6L6 18"/>',
} as const;

export type IconName = keyof typeof icons;

/** Server-chosen icon names are plain strings; an unknown one becomes the neutral `flag`. */
export const toIconName = (name: string): IconName => (name in icons ? (name as IconName) : 'flag');
