import { DataFolderError } from '@alley-chief/embedded-mongo';

/** Exit codes of the tools and of the database process; docs/operations.md lists them. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  'in-use': 3,
  unwritable: 4,
  damaged: 5,
  newer: 6,
  /** Something is there that would be overwritten. */
  notEmpty: 7,
} as const;

/** A tool cannot do what it was asked to; the message is one line a person can act on. */
export class ToolError extends Error {
  constructor(
    message: string,
    readonly reason: keyof typeof exitCodes = 'failed',
  ) {
    super(message);
  }
}

/** What went wrong as one Chinese line and the exit code that says it to programs. */
export const explain = (error: unknown): { line: string; code: number } => {
  if (error instanceof ToolError) return { line: error.message, code: exitCodes[error.reason] };
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof DataFolderError) {
    const code = exitCodes[error.reason];
    if (error.reason === 'in-use') {
      const pid = /process (\d+)/.exec(detail)?.[1];
      return { line: `数据库正在用${pid ? `（进程 ${pid}）` : ''}，先停下来再试`, code };
    }
    if (error.reason === 'damaged')
      return { line: `数据文件坏了，没有动它；请用 npm run restore 恢复备份：${detail}`, code };
    if (error.reason === 'newer')
      return { line: `数据是更新的版本写的，这个版本打不开：${detail}`, code };
    return { line: `数据目录打不开，检查磁盘空间和权限：${detail}`, code };
  }
  const { code: system } = error as NodeJS.ErrnoException;
  if (system === 'ENOSPC')
    return { line: `磁盘满了，没有写完：${detail}`, code: exitCodes.unwritable };
  if (system === 'EACCES' || system === 'EROFS' || system === 'EPERM')
    return { line: `写不进去，检查权限：${detail}`, code: exitCodes.unwritable };
  return { line: `没有做成：${detail}`, code: exitCodes.failed };
};
