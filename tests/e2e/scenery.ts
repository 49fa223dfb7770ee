import type { Browser } from 'playwright-core';

/** An alley at dusk with its street lamp, drawn; nobody's real street is needed. */
const street = (lit: boolean): string => `
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="440" viewBox="0 0 320 220">
  <rect width="320" height="220" fill="${lit ? '#4B5560' : '#39434E'}"/>
  <path d="M0 120h84l30 22v78H0z" fill="#6E5A4B"/>
  <path d="M320 96h-70l-34 46v78h104z" fill="#5D5148"/>
  <path d="M114 178h102l104 42H0z" fill="#4A463F"/>
  ${lit ? '<path d="M204 62 150 212h124L222 62z" fill="#F3D27A" opacity=".5"/>' : ''}
  <path d="M168 214V64q0-14 14-14h22" fill="none" stroke="#99A1A8" stroke-width="6"/>
  <path d="M202 46h26l-4 14h-18z" fill="${lit ? '#FFF3C9' : '#8A9299'}"/>
</svg>`;

/** The same place twice, as JPEG bytes: before and after. */
export const photographs = async (browser: Browser): Promise<[dark: Buffer, lit: Buffer]> => {
  const page = await browser.newPage({ viewport: { width: 640, height: 440 } });
  const take = async (lit: boolean): Promise<Buffer> => {
    await page.setContent(`<body style="margin:0">${street(lit)}</body>`);
    return page.screenshot({ type: 'jpeg', quality: 80 });
  };
  const both: [Buffer, Buffer] = [await take(false), await take(true)];
  await page.close();
  return both;
};
