import type { Stage } from '../stages';

/** Who somebody is *to a case*; roles on the ground are turned into these by the policy. */
export type CaseActor = 'reporter' | 'household' | 'chief' | 'holder' | 'leader' | 'desk' | 'bot';

/**
 * What a step asks for. `person` = choose who gets it, `category` = decide what it is, `case` = the
 * other case it is about.
 */
export type Need =
  'text' | 'reason' | 'photo' | 'stars' | 'person' | 'category' | 'result' | 'case';

export interface WorkflowState {
  stage: Stage;
  /** Word on the status tag. */
  label: string;
  tone: 'do' | 'wait' | 'hot' | 'hotTint' | 'free' | 'done';
  /** The clock runs (due time counts) in this state. */
  clockRuns: boolean;
  /** No way out is needed from here. */
  final?: boolean;
}

export interface WorkflowStep<S extends string> {
  from: readonly S[];
  /** Absent: the state stays. */
  to?: S;
  who: readonly CaseActor[];
  needs?: readonly Need[];
  /** Button text. */
  label: string;
  style: 'filled' | 'outline' | 'text';
  /** Who gets a button; `who` without a button can still do it from elsewhere (a chip, the chat). */
  button?: readonly CaseActor[];
  /** Line in the household thread; `{who}` and `{due}` are filled in. Absent: nothing is said there. */
  notice?: string;
  /** Line in the timeline. */
  timeline: string;
  /** Hours that must pass before the same person may do it again. */
  cooldownHours?: number;
  /** The case leaves its holder: load goes down. */
  releasesHolder?: boolean;
}

/** A kind of case is one table plus its texts; the engine knows no kind by name. */
export interface Workflow<S extends string = string, A extends string = string> {
  kind: string;
  initial: S;
  states: Record<S, WorkflowState>;
  steps: Record<A, WorkflowStep<S>>;
}
