import type { Row } from './rows';

/** Rows and characters that are kept at once: together with what is made of them under 1 GB. */
export interface Budget {
  rows: number;
  characters: number;
}
export const usualBudget: Budget = { rows: 100_000, characters: 12_000_000 };

/** As much of a text as the learner reads. */
const longest = 4000;

interface Kept {
  priority: number;
  row: Row;
}

/**
 * A fair sample of a file too large to hold: over the budget, a row of the largest label goes, so
 * small labels stay whole. Which one is decided by a hash of its line: the same file, the same rows.
 */
export class Reservoir {
  /** By label: a heap, the row to go next on top. */
  private readonly heaps = new Map<string, Kept[]>();
  private readonly seen = new Map<string, number>();
  private rows = 0;
  private characters = 0;
  total = 0;

  constructor(private readonly budget: Budget) {}

  add(row: Row): void {
    this.total++;
    this.seen.set(row.label, (this.seen.get(row.label) ?? 0) + 1);
    const heap = this.heaps.get(row.label) ?? [];
    this.heaps.set(row.label, heap);
    push(heap, { priority: priorityOf(row.line), row: shortened(row) });
    this.rows++;
    this.characters += sizeOf(row);
    while (this.rows > 1 && this.full()) this.drop();
  }

  private full(): boolean {
    return this.rows > this.budget.rows || this.characters > this.budget.characters;
  }

  private drop(): void {
    let largest: Kept[] = [];
    for (const heap of this.heaps.values()) if (heap.length > largest.length) largest = heap;
    const gone = pop(largest);
    this.rows--;
    this.characters -= sizeOf(gone.row);
  }

  /** Whether anything was left out. */
  get sampled(): boolean {
    return this.rows < this.total;
  }

  /** What was kept, in the order of the file; each row weighs as many as it stands for. */
  kept(): (Row & { weight: number })[] {
    return [...this.heaps]
      .flatMap(([label, heap]) =>
        heap.map(({ row }) => ({ ...row, weight: this.seen.get(label)! / heap.length })),
      )
      .sort((a, b) => a.line - b.line);
  }
}

/** A slice would keep the whole line in memory. */
const shortened = (row: Row): Row =>
  row.text.length <= longest
    ? row
    : { ...row, text: Buffer.from(row.text.slice(0, longest), 'utf16le').toString('utf16le') };

const sizeOf = ({ text, title = '' }: Row): number =>
  Math.min(longest, text.length) + title.length + 20;

const priorityOf = (line: number): number => {
  let h = Math.imul(line, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
};

const push = (heap: Kept[], one: Kept): void => {
  let at = heap.push(one) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]!.priority >= one.priority) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = one;
};

const pop = (heap: Kept[]): Kept => {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.priority > heap[child]!.priority) child++;
    if (heap[child]!.priority <= last.priority) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
};
