import type { CaseActor, Workflow, WorkflowStep } from './types';

/** Steps open to somebody who is all of `actors` to a case in `state`, in table order. */
export const stepsFor = <S extends string, A extends string>(
  workflow: Workflow<S, A>,
  state: S,
  actors: readonly CaseActor[],
): { action: A; step: WorkflowStep<S> }[] =>
  (Object.entries(workflow.steps) as [A, WorkflowStep<S>][])
    .filter(([, s]) => s.from.includes(state) && s.who.some((w) => actors.includes(w)))
    .map(([action, step]) => ({ action, step }));

/** The same, but only those that show as a button to one of `actors`. */
export const buttonsFor = <S extends string, A extends string>(
  workflow: Workflow<S, A>,
  state: S,
  actors: readonly CaseActor[],
): { action: A; step: WorkflowStep<S> }[] =>
  stepsFor(workflow, state, actors).filter(({ step }) =>
    step.button?.some((w) => actors.includes(w)),
  );

export type StepCheck<S extends string> =
  | { ok: true; step: WorkflowStep<S>; to: S }
  | { ok: false; why: 'unknown' | 'wrongStep' | 'forbidden' };

/** Whether `action` may be taken now by these actors, and where it leads. */
export const checkStep = <S extends string, A extends string>(
  workflow: Workflow<S, A>,
  state: S,
  action: string,
  actors: readonly CaseActor[],
): StepCheck<S> => {
  const step = (workflow.steps as Record<string, WorkflowStep<S> | undefined>)[action];
  if (!step) return { ok: false, why: 'unknown' };
  if (!step.who.some((w) => actors.includes(w))) return { ok: false, why: 'forbidden' };
  if (!step.from.includes(state)) return { ok: false, why: 'wrongStep' };
  return { ok: true, step, to: step.to ?? state };
};
