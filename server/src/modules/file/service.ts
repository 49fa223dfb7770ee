import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Connection } from 'mongoose';
import type { FileView } from '@alley-chief/shared/contract';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { checkFile } from './intake';
import { bucketOf, type StoredFile } from './model';

export interface FileDeps {
  db: Connection;
  clock: Clock;
  /** Signs addresses. */
  key: Buffer;
}

/** Addresses live a day: long enough for an open page, too short to be passed around for long. */
const addressSeconds = 24 * 3600;

/** Whether a person may fetch a file; modules that hang files somewhere register one. */
export type FileGuard = (fileId: string, personId: string) => Promise<boolean>;

/** Pictures and voice clips in GridFS. */
export class FileService {
  private readonly guards: FileGuard[] = [];

  constructor(private readonly deps: FileDeps) {}

  /** Adds a place where files may hang: a thread, a case. */
  guard(guard: FileGuard): void {
    this.guards.push(guard);
  }

  /** Checks and stores. Acknowledged only when every chunk is written. */
  async store(bytes: Buffer, ownerId: string): Promise<FileView> {
    const checked = await checkFile(bytes);
    const id = newId('f');
    const upload = bucketOf(this.deps.db).openUploadStreamWithId(id as never, id, {
      metadata: { ...checked.meta, ownerId },
    });
    await new Promise<void>((resolve, reject) => {
      upload.once('error', reject).once('finish', () => resolve());
      upload.end(checked.bytes);
    });
    return this.view(
      { _id: id, length: checked.bytes.length, metadata: { ...checked.meta, ownerId } },
      ownerId,
    );
  }

  /** The file is this person's own upload of that kind. @throws AppError badFile */
  async claim(fileId: string, ownerId: string, kind: 'image' | 'voice'): Promise<void> {
    const [file] = await this.find([fileId]);
    if (file?.metadata.ownerId !== ownerId || file.metadata.kind !== kind) {
      throw new AppError('badFile', undefined, '这个文件没传上来，请重新选一次');
    }
  }

  async views(ids: readonly string[], personId: string): Promise<Map<string, FileView>> {
    if (ids.length === 0) return new Map();
    const files = await this.find(ids);
    return new Map(files.map((f) => [f._id, this.view(f, personId)]));
  }

  /** Address of a file for one person, without looking at the file. */
  addressOf(fileId: string, personId: string): string {
    const now = Math.floor(this.deps.clock.now().getTime() / 1000);
    // Rounded up to the hour, so that a page asks for the same address again and caches work.
    const until = Math.ceil((now + addressSeconds) / 3600) * 3600;
    return `/files/${fileId}?person=${personId}&until=${until}&sig=${this.sign(fileId, personId, until)}`;
  }

  /** Checks the address, then that the person still may see the file. @throws AppError forbidden, notFound */
  async open(
    fileId: string,
    ticket: { person: string; until: number; sig: string },
  ): Promise<{ file: StoredFile; stream: Readable }> {
    const expected = Buffer.from(this.sign(fileId, ticket.person, ticket.until));
    const given = Buffer.from(ticket.sig);
    const genuine = expected.length === given.length && timingSafeEqual(expected, given);
    if (!genuine || ticket.until * 1000 < this.deps.clock.now().getTime()) {
      throw new AppError('forbidden', undefined, '这张图的地址过期了，刷新一下再看');
    }
    const [file] = await this.find([fileId]);
    if (!file) throw new AppError('notFound');
    if (file.metadata.ownerId !== ticket.person && !(await this.allowed(fileId, ticket.person))) {
      throw new AppError('forbidden');
    }
    return { file, stream: bucketOf(this.deps.db).openDownloadStream(fileId as never) };
  }

  private async allowed(fileId: string, personId: string): Promise<boolean> {
    for (const guard of this.guards) if (await guard(fileId, personId)) return true;
    return false;
  }

  private async find(ids: readonly string[]): Promise<StoredFile[]> {
    const found = await bucketOf(this.deps.db)
      .find({ _id: { $in: ids as never[] } })
      .toArray();
    return found as unknown as StoredFile[];
  }

  private view(file: StoredFile, personId: string): FileView {
    const { kind, contentType, width, height } = file.metadata;
    return {
      id: file._id,
      kind,
      contentType,
      size: file.length,
      width,
      height,
      url: this.addressOf(file._id, personId),
    };
  }

  private sign(fileId: string, personId: string, until: number): string {
    return createHmac('sha256', this.deps.key)
      .update(`file:${fileId}:${personId}:${until}`)
      .digest('base64url');
  }
}
