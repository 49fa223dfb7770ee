/**
 * What the product knows about a category before the first correction: the words of its entry in the
 * list of matters, and how people speak about it. Every phrase is a training example.
 */
export interface CategoryKnowledge {
  /** One sentence: what belongs here, and what does not though it sounds so. */
  definition: string;
  /** Duty items of the township's list it usually falls under. */
  duties: string[];
  /** As people say or write it, one a line: any voice, any length. */
  phrases: string;
  /** What is easily taken for it: one a line, `category-code | text`. */
  near: string;
}
