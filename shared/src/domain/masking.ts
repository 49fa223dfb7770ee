/** Personal data as it may be shown to people who do not need it in full (GB/T 35273 practice). */

/** 13812341234 -> 138****1234 */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** 张桂香 -> 张** */
export const maskName = (name: string): string =>
  name.slice(0, 1) + '*'.repeat(Math.max(1, name.length - 1));

/** 18 digits -> first 6 and last 4 */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`;

const idNumberPattern = /(?<!\d)\d{17}[\dXx](?!\d)/g;

/** Replaces ID numbers inside free text; phones stay, because a villager leaves them to be called. */
export const maskIdNumbersIn = (text: string): string =>
  text.replace(idNumberPattern, maskIdNumber);
