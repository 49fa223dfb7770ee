import type { CategoryCode } from '@alley-chief/shared/domain';
import type { Speech } from './language/speech';

export type { Speech } from './language/speech';

/** What somebody wants with a message. */
export type Intent =
  | 'emergency'
  | 'greeting'
  | 'thanks'
  | 'followUp'
  | 'answer'
  | 'concern'
  | 'service'
  | 'question'
  | 'person'
  | 'dispute'
  | 'elderHelp'
  | 'suggestion'
  | 'staffComplaint'
  | 'withdraw'
  | 'unclear';

export type EmergencyKind =
  | 'fire'
  | 'gas'
  | 'violence'
  | 'drowning'
  | 'selfHarm'
  | 'medical'
  | 'traffic'
  | 'electric'
  | 'collapse';

/** Somebody is hurt in a way that neighbours must not hear of. */
export interface Care {
  kind: 'selfHarm' | 'domesticViolence' | 'child';
  /** The speaker is not of age. */
  minor: boolean;
}

export type Slot = 'place' | 'photo' | 'time' | 'what';

export interface Guess<T extends string> {
  label: T;
  /** 0..1; comparable between messages, the best three sum to at most 1. */
  probability: number;
}

/** Words of the message that decided, as they stand in it. */
export interface Evidence {
  text: string;
  /** What they speak for: an intent, a category or an entity kind. */
  for: string;
}

/** Where something is. */
export interface Place {
  /** The words, from the area down to the last detail: 沈庄东头老李家门口. */
  text: string;
  /** The innermost area of the directory that is named. */
  areaId?: string;
  landmarkId?: string;
  doorNo?: number;
  /** What is said beyond the area: 东头老李家门口. */
  detail?: string;
  /** The reporter's home, or at it. */
  own: boolean;
}

/** When something was, is or shall be; nothing but the words where they may mean several. */
export interface Time {
  text: string;
  /** The moment, or the beginning of a span. */
  from?: Date;
  /** End of a span, not in it. */
  to?: Date;
  /** Going on from then: 坏了三天了. */
  since?: Date;
}

export interface Entities {
  places: Place[];
  times: Time[];
  /** Digits only, as they are dialled. */
  phones: string[];
  /** `yuan` only for money that was named exactly or with 多. */
  amounts: { text: string; yuan?: number }[];
  people: { text: string; personId?: string; relation?: 'kin' | 'staff' | 'neighbour' }[];
}

/** One thing a message is about. A message may hold several. */
export interface Matter {
  /** The part of the message it stands in. */
  text: string;
  intent: Intent;
  intentConfidence: number;
  /** Present for concern, dispute, elderHelp, suggestion, staffComplaint, emergency, question. */
  category?: CategoryCode;
  /** Calibrated: at 0.8 and more about nine in ten are right; below it people decide. */
  categoryConfidence: number;
  /** Best three, best first. */
  alternatives: Guess<CategoryCode>[];
  /** Short title in the villager's own words, at most 14 characters. */
  title: string;
  /** Of a large model asked because this one abstained; absent when none was. */
  secondOpinion?: { category: CategoryCode; agrees: boolean };
  urgency: 'normal' | 'urgent' | 'emergency';
  emergency?: { kind: EmergencyKind; dial: string };
  /** Answered gently, kept from house and alley, raised to who must act. */
  care?: Care;
  /** The open case it refers to, when `followUp`, `answer` or `withdraw`. */
  caseId?: string;
  /** Service bundle it asks for, best first, when `service`. */
  services: { serviceId: string; score: number }[];
  /** Articles that answer it, best first, when `question`; empty when unsure. */
  articleIds: string[];
  /** The paragraph of the first of them that answers. */
  passage?: string;
  entities: Entities;
  /** What is worth asking, most useful first; at most two. */
  missing: Slot[];
  /** The reporter must not be named to whoever handles it. */
  confidential: boolean;
  /** Says that something does not work, whatever it is. */
  trouble: boolean;
  /** People it complains about (as written or by directory id). */
  against: { text: string; personId?: string; role?: string }[];
  evidence: Evidence[];
}

export interface Understanding {
  /** Most urgent first; never empty. */
  matters: Matter[];
  /** The message after normalising, as the rules saw it. */
  normalised: string;
  /** Of what decided the categories. */
  version: string;
}

/** What is known when a message comes in. Plain data: no I/O happens in here. */
export interface UnderstandingInput {
  text: string;
  hasPhoto: boolean;
  hasVoice: boolean;
  hasLocation: boolean;
  /** Open cases of the household, newest first. */
  openCases: { id: string; title: string; text: string; category: CategoryCode; openedAt: Date }[];
  /** What 小同 asked last and is still waiting for. */
  pending?: { slot: Slot; caseId: string };
  reporter: {
    age?: number;
    elder: boolean;
    /** Path of the alley they live in: of places of one name the nearest is meant; without it only
     * what holds everywhere is quoted. */
    areaPath?: string;
  };
  now: Date;
}

/** Names of the ground and its people, service bundles and articles: data of a city, handed in. */
export interface Knowledge {
  places: { areaId: string; name: string; kind: string; path?: string }[];
  staff: {
    personId: string;
    name: string;
    role: string;
    callName: string;
    /** The ground they serve. */
    areaPath?: string;
  }[];
  services: { serviceId: string; name: string; words: string[] }[];
  articles: Article[];
  /** Spots people name that the directory does not: added by the chiefs, each with other names for it. */
  landmarks?: { landmarkId: string; name: string; areaId: string; aliases: string[] }[];
  /** How people of this city write and speak, besides what everybody does. */
  speech?: Speech;
  /** Other ways to say the same, beside those of the articles themselves. */
  synonyms?: SynonymGroup[];
}

/** A word of the articles and how people say it. */
export interface SynonymGroup {
  word: string;
  said: string[];
}

/** A policy or how-to that may be quoted. */
export interface Article {
  id: string;
  title: string;
  /** Words people ask with. */
  words: string[];
  /** In order; the one that answers a question is quoted, whole. */
  paragraphs: string[];
  source: string;
  /** Days are `YYYY-MM-DD` in China's time. */
  sourceDate?: string;
  category: CategoryCode;
  /** Path of the area it holds in; `/` = everywhere. */
  region: string;
  validFrom?: string;
  /** The last day it holds. */
  validTo?: string;
  /** A sample until the city replaces it with its own. */
  sample: boolean;
}

/** Built once from knowledge, then called for every message; deterministic. */
export interface Understander {
  understand(input: UnderstandingInput): Understanding;
}
