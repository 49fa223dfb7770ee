import type { DataFile, FileState, TreeRoot } from './data-file';
import { DataFileDamage, readTreeRoot, u64 } from './data-file';

const HEADER = 24;
const NODE_HEADER = 8;
const BRANCH = 0x01;
const LEAF = 0x02;
const OVERFLOW = 0x04;
/** Node flags: the value lies on pages of its own; the value is the root of a tree. */
const BIG = 0x01;
const SUBTREE = 0x02;
const MAX_ERRORS = 20;

/** What a walk through the pages of a file saw. */
export interface WalkReport {
  /** Pages in use. */
  pages: number;
  /** Findings, one line each, at most 20. */
  readonly errors: string[];
}

/**
 * Walks through the trees of a file and checks that they hang together: every page is where it
 * should be, of the right kind, used once, its keys in order and inside their bounds, and the counts
 * agree. LMDB checks nothing of this and would follow a wrong page number into a crash.
 * @param deep everything; otherwise only the roots of the trees, which takes a few reads
 */
export function walkPages(file: DataFile, state: FileState, deep: boolean): WalkReport {
  const walk = new Walk(file, state, deep);
  walk.tree('unused pages', state.free, true);
  walk.tree('trees', state.main, false);
  return walk.report;
}

interface Tally {
  branch: number;
  leaf: number;
  overflow: number;
  entries: number;
}

class Walk {
  readonly report: WalkReport = { pages: 0, errors: [] };
  private readonly seen: Uint8Array;

  constructor(
    private readonly file: DataFile,
    private readonly state: FileState,
    private readonly deep: boolean,
  ) {
    if (state.lastPage > 2 ** 36)
      throw new DataFileDamage(`it cannot have ${state.lastPage} pages`);
    this.seen = new Uint8Array(Math.ceil((state.lastPage + 1) / 8));
  }

  private error(where: string, what: string): void {
    if (this.report.errors.length < MAX_ERRORS) this.report.errors.push(`${where}: ${what}`);
  }

  tree(name: string, root: TreeRoot, integerKeys: boolean): void {
    if (root.root === -1) {
      if (root.entries) this.error(name, `${root.entries} entries but no pages`);
      return;
    }
    const tally: Tally = { branch: 0, leaf: 0, overflow: 0, entries: 0 };
    // The tree of trees is small and leads to all others.
    const descend = this.deep || name === 'trees';
    this.node(name, root.root, root.depth, descend, integerKeys, tally);
    if (!descend || this.report.errors.length) return;
    const want: Tally = {
      branch: root.branchPages,
      leaf: root.leafPages,
      overflow: root.overflowPages,
      entries: root.entries,
    };
    for (const what of ['branch', 'leaf', 'overflow', 'entries'] as const)
      if ((what !== 'overflow' || this.deep) && tally[what] !== want[what])
        this.error(name, `${tally[what]} ${what}, its root says ${want[what]}`);
  }

  /** Takes a page into use. @throws DataFileDamage when it already is, or cannot be */
  private use(number: number, count: number): void {
    for (let n = number; n < number + count; n++) {
      if (n < 2 || n > this.state.lastPage) throw new DataFileDamage(`page ${n} does not exist`);
      const bit = 1 << (n & 7);
      if (this.seen[n >> 3]! & bit) throw new DataFileDamage(`page ${n} is used twice`);
      this.seen[n >> 3]! |= bit;
    }
    this.report.pages += count;
  }

  private node(
    name: string,
    number: number,
    levels: number,
    descend: boolean,
    integerKeys: boolean,
    tally: Tally,
  ): void {
    try {
      this.use(number, 1);
      const page = this.file.page(number);
      const nodes = checkPage(page, number, levels > 1 ? BRANCH : LEAF);
      if (!integerKeys) checkOrder(page, nodes, levels > 1, number);
      if (levels > 1) {
        tally.branch++;
        if (!descend) return;
        for (const at of nodes)
          this.node(name, childOf(page, at), levels - 1, descend, integerKeys, tally);
        return;
      }
      tally.leaf++;
      tally.entries += nodes.length;
      for (const at of nodes) this.leafNode(page, at, number, tally);
    } catch (error) {
      if (!(error instanceof DataFileDamage)) throw error;
      this.error(name, error.message);
    }
  }

  private leafNode(page: Buffer, at: number, number: number, tally: Tally): void {
    const size = page.readUInt16LE(at) + page.readUInt16LE(at + 2) * 65536;
    const flags = page.readUInt16LE(at + 4);
    const keySize = page.readUInt16LE(at + 6);
    const data = at + NODE_HEADER + keySize;
    const inPage = flags & BIG ? 24 : size;
    if (data + inPage > page.length)
      throw new DataFileDamage(`a value runs over the end of page ${number}`);
    if (flags & SUBTREE) {
      if (size < 48) throw new DataFileDamage(`bad tree on page ${number}`);
      const name = page.toString('latin1', at + NODE_HEADER, data);
      this.tree(name, readTreeRoot(page, data), false);
    } else if (flags & BIG && this.deep) {
      const first = u64(page, data);
      const count = Math.ceil((HEADER + size) / page.length);
      this.use(first, count);
      tally.overflow += count;
      const head = this.file.page(first);
      // The last of them may lie beyond the end of a file that was cut.
      this.file.page(first + count - 1);
      if (u64(head, 0) !== first || !(head.readUInt16LE(18) & OVERFLOW))
        throw new DataFileDamage(`page ${first} is overwritten`);
    }
  }
}

/** The child page a branch node points to. */
function childOf(page: Buffer, at: number): number {
  return (
    page.readUInt16LE(at) +
    page.readUInt16LE(at + 2) * 2 ** 16 +
    page.readUInt16LE(at + 4) * 2 ** 32
  );
}

/** Checks a page's header and the places of its nodes. @returns those places */
function checkPage(page: Buffer, number: number, kind: number): number[] {
  const bad = () => new DataFileDamage(`page ${number} is overwritten`);
  if (u64(page, 0) !== number) throw bad();
  if ((page.readUInt16LE(18) & 0x2f) !== kind) throw bad();
  const lower = page.readUInt16LE(20);
  const upper = page.readUInt16LE(22);
  // LMDB counts places from the end of the header.
  const count = lower >> 1;
  if (lower & 1 || HEADER + lower > page.length || upper + HEADER > page.length || upper < lower)
    throw bad();
  if (!count) throw bad();
  const nodes: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = HEADER + page.readUInt16LE(HEADER + i * 2);
    if (at < HEADER + upper || at + NODE_HEADER > page.length) throw bad();
    if (at + NODE_HEADER + page.readUInt16LE(at + 6) > page.length) throw bad();
    nodes.push(at);
  }
  return nodes;
}

function checkOrder(page: Buffer, nodes: readonly number[], branch: boolean, number: number): void {
  let before: Buffer | undefined;
  // The first key of a branch is empty: everything smaller goes there.
  for (const at of branch ? nodes.slice(1) : nodes) {
    const key = page.subarray(at + NODE_HEADER, at + NODE_HEADER + page.readUInt16LE(at + 6));
    if (before && before.compare(key) >= 0)
      throw new DataFileDamage(`keys of page ${number} are out of order`);
    before = key;
  }
}
