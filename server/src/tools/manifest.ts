import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { FORMAT } from '@alley-chief/embedded-mongo';
import { z } from 'zod';
import { sha256 } from './files';
import { ToolError } from './failure';

export const manifestFile = 'manifest.json';

const schema = z.object({
  kind: z.literal('alley-chief-backup'),
  /** Release of the product that made it. */
  version: z.string(),
  /** Format of the database's file. */
  format: z.number(),
  createdAt: z.string(),
  /** By path inside the backup. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
  /** Documents by namespace. */
  collections: z.record(z.string(), z.number()),
});

/** What a backup says about itself; written last, so a half-made one has none. */
export type Manifest = z.infer<typeof schema>;

/** Size and hash of one file of a backup. */
export const describe = async (file: string): Promise<Manifest['files'][string]> => ({
  bytes: (await stat(file)).size,
  sha256: await sha256(file),
});

/** Reads a backup's manifest and compares every file with it. @throws ToolError */
export const readBackup = async (folder: string): Promise<Manifest> => {
  let text: string;
  try {
    text = await readFile(path.join(folder, manifestFile), 'utf8');
  } catch {
    throw new ToolError(`${folder} 不是一份完整的备份（没有 ${manifestFile}）`, 'damaged');
  }
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new ToolError(`${folder} 的 ${manifestFile} 读不懂`, 'damaged');
  const manifest = parsed.data;
  if (manifest.format > FORMAT)
    throw new ToolError(`这份备份是更新的版本（${manifest.version}）做的，用那个版本恢复`, 'newer');
  for (const [name, wanted] of Object.entries(manifest.files)) {
    if (path.isAbsolute(name) || name.split('/').includes('..'))
      throw new ToolError(`${folder} 的 ${manifestFile} 读不懂`, 'damaged');
    const found = await describe(path.join(folder, name)).catch(() => undefined);
    if (found?.sha256 !== wanted.sha256)
      throw new ToolError(`备份里的 ${name} 坏了（和 ${manifestFile} 对不上），换一份`, 'damaged');
  }
  return manifest;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
