/**
 * Sentences from which the model of one kind of emergency learns, one a line; blank lines and
 * surrounding spaces are ignored. Written for this project, in the voices of villages and estates:
 * what frightened people say, and what sounds like it but is not.
 */
export interface EmergencyKnowledge {
  /** It is happening, has just happened, or is about to: somebody must come now. */
  phrases: string;
  /** Same words, no danger: figures of speech, claims, courses, old events, repairs. */
  near: string;
}
