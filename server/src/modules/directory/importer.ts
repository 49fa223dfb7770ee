import type { Connection } from 'mongoose';
import { z } from 'zod';
import { id, type ImportReport } from '@alley-chief/shared/contract';
import { areaKinds, categoryCodes, roles, type CategoryCode } from '@alley-chief/shared/domain';
import type { FieldCrypto } from '../../kernel/fieldCrypto';
import { inTransaction } from '../../kernel/transaction';
import type { DirectoryModels } from './model';
import type { DirectoryService } from './service';

const path = z.string().regex(/^(\/[a-z0-9-]+)+\/$/, '路径要像 /xc/dj/ 这样');
const grant = z.object({ role: z.enum(roles), areaPath: path, unitId: id.optional() });
const position = z.array(z.number()).length(2);

/** What a line of each kind must be. */
const lineSchemas = {
  areas: z.object({
    id,
    kind: z.enum(areaKinds),
    name: z.string().min(1).max(40),
    path,
    parentId: id.optional(),
    polygon: z.array(z.array(position).min(4)).optional(),
  }),
  units: z.object({ id, name: z.string().min(1).max(40), areaPath: path }),
  households: z.object({
    id,
    areaPath: path,
    alleyId: id,
    doorNo: z.number().int().min(1).max(9999),
    plate: z.string().min(1).max(40),
    name: z.string().min(1).max(20),
    note: z.string().max(40).default(''),
    location: position,
  }),
  people: z.object({
    id,
    name: z.string().min(1).max(20),
    surname: z.string().min(1).max(4),
    callName: z.string().min(1).max(20),
    gender: z.enum(['f', 'm']),
    birthYear: z.number().int().min(1900).max(2100),
    householdId: id.optional(),
    relation: z.string().max(10).optional(),
    phone: z
      .string()
      .regex(/^1\d{10}$/, '手机号要 11 位')
      .optional(),
    elderMode: z.boolean().default(false),
    roles: z.array(grant).default([]),
  }),
  shifts: z.object({
    id,
    personId: id,
    weekdays: z.array(z.number().int().min(0).max(6)).min(1),
    fromMinute: z.number().int().min(0).max(1440),
    untilMinute: z.number().int().min(0).max(1440),
    label: z.string().max(20).default(''),
  }),
  responsibilities: z.object({
    id,
    category: z.enum(categoryCodes as [CategoryCode, ...CategoryCode[]]),
    areaPath: path,
    handler: z.object({
      role: z.enum(roles),
      unitId: id.optional(),
      unitName: z.string().max(40).optional(),
    }),
    dutyNo: z.string().max(20),
    dutyName: z.string().max(80),
    kind: z.enum(['basic', 'cooperative', 'reclaimed']),
    limitHours: z.number().int().min(1).max(2000).optional(),
  }),
} as const;

export type ImportKind = keyof typeof lineSchemas;

const maxErrors = 100;

export interface ImporterDeps {
  db: Connection;
  models: DirectoryModels;
  directory: DirectoryService;
  fields: FieldCrypto;
  /** Brings the threads of imported households and chiefs up to date. */
  afterImport(): Promise<void>;
}

/** Takes the directory from JSON Lines: every line is checked first, then all are written or none. */
export class Importer {
  constructor(private readonly deps: ImporterDeps) {}

  /** @param options.quiet leave the threads to the caller, who imports several files in a row */
  async import(
    kind: ImportKind,
    content: string,
    options: { quiet?: boolean } = {},
  ): Promise<ImportReport> {
    const lines = content.split(/\r?\n/);
    const schema: z.ZodType<{ id: string }> = lineSchemas[kind];
    const errors: ImportReport['errors'] = [];
    const docs: Record<string, unknown>[] = [];
    const seen = new Map<string, number>();
    let count = 0;
    lines.forEach((text, i) => {
      if (!text.trim()) return;
      count++;
      const say = (message: string): void => {
        if (errors.length < maxErrors) errors.push({ line: i + 1, message });
      };
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        say('这一行不是 JSON');
        return;
      }
      const result = schema.safeParse(value);
      if (!result.success) {
        const issue = result.error.issues[0];
        say(`${issue?.path.join('.') ?? ''}：${issue?.message ?? '不对'}`);
        return;
      }
      const earlier = seen.get(result.data.id);
      if (earlier) say(`编号 ${result.data.id} 和第 ${earlier} 行重复`);
      seen.set(result.data.id, i + 1);
      docs.push(this.toDoc(kind, result.data));
    });
    if (errors.length === 0 && docs.length > 0) {
      await this.write(kind, docs);
      if (!options.quiet) await this.deps.afterImport();
    }
    return { kind, lines: count, imported: errors.length ? 0 : docs.length, errors };
  }

  private toDoc(kind: ImportKind, { id: _id, ...rest }: { id: string }): Record<string, unknown> {
    const doc: Record<string, unknown> = { _id, ...rest };
    if (kind === 'areas' && doc['polygon']) {
      doc['polygon'] = { type: 'Polygon', coordinates: doc['polygon'] };
    }
    if (kind === 'households') doc['location'] = { type: 'Point', coordinates: doc['location'] };
    if (kind === 'people' && typeof doc['phone'] === 'string') {
      doc['phoneSealed'] = this.deps.fields.seal(doc['phone']);
      doc['phoneIndex'] = this.deps.fields.blindIndex(doc['phone']);
      delete doc['phone'];
    }
    return doc;
  }

  private async write(kind: ImportKind, docs: Record<string, unknown>[]): Promise<void> {
    const { db, models, directory } = this.deps;
    const collection = models[kind].collection;
    await inTransaction(db, async (session) => {
      await collection.bulkWrite(
        docs.map((doc) => ({
          replaceOne: { filter: { _id: doc['_id'] as never }, replacement: doc, upsert: true },
        })),
        { session, ordered: true },
      );
      await directory.bumpVersion(session);
    });
    directory.invalidate();
  }
}
