import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { median } from './measure';
import { removeFolder, startServer, temporaryFolder } from './serverProcess';

/** Resident memory of a process in MB. */
export const residentMb = (pid: number): number => {
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }
  if (process.platform === 'win32') return NaN;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;
};

/**
 * CPU time a process has used so far, ms; NaN where the system does not say. Other people's work on
 * the machine stretches the clock but not this.
 */
export const cpuMs = (pid: number): number => {
  if (process.platform !== 'linux') return NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** Start of the whole product, embedded database included, on a folder that has its town. */
export const warmStart = async (times: number): Promise<{ medianMs: number; all: number[] }> => {
  const dataDir = await temporaryFolder();
  const all: number[] = [];
  try {
    // The first one fills the folder and does not count.
    for (let i = 0; i <= times; i++) {
      const server = await startServer(dataDir, { env: { DEMO: 'true' } });
      if (i > 0) all.push(server.startMs);
      await server.stop();
    }
  } finally {
    await removeFolder(dataDir);
  }
  return { medianMs: median(all), all };
};

export const machineLine = (): string =>
  `${cpus().length} 核 ${cpus()[0]?.model.trim() ?? ''}，内存 ${Math.round(totalmem() / 2 ** 30)} GB，Node ${process.versions.node}`;
