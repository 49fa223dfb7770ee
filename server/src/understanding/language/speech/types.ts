/**
 * How people here write and speak, as data. Everything in it is replaced by something of the same
 * length, so that a word found in what the rules read stands at the same place in what was written.
 */
export interface Speech {
  /** Strings of equal length: every character of the first is read as the one below it. */
  characters?: readonly [from: string, to: string][];
  /**
   * Lines of words with spaces between: the right word first, then how it is misheard, mistyped or
   * said here. A line of one word keeps that word as it stands, although a slip is in it.
   */
  slips?: readonly string[];
}
