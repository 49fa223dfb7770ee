/** A number beside 电话 may be a local one of seven or eight digits. */
const phones =
  /(?<![\d*])(?:\+?86[ -]?)?(?<mobile>1[3-9](?:[ -]?\d){9})(?!\d)|(?<![\d*])(?<line>0\d{2,3}[ -]?[2-9]\d{6,7})(?!\d)|(?<=(?:电话|座机|号码|打)[^\d]{0,4})(?<local>[2-9]\d{2,3}[ -]?\d{4})(?!\d)/gu;

/** Telephone numbers of a canonical text, digits only, each once. */
export const readPhones = (plain: string): string[] => [
  ...new Set(
    [...plain.matchAll(phones)].map((m) =>
      (m.groups?.['mobile'] ?? m.groups?.['line'] ?? m.groups?.['local'] ?? '').replace(/\D/g, ''),
    ),
  ),
];
