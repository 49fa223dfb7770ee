/**
 * The operator's programs: `node tools.js backup|restore|check-data|export|migrate|text [options]`.
 * Prints Chinese lines for people; the exit code (see failure.ts) is for programs.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkFolder } from '@alley-chief/embedded-mongo';
import { ConfigError, readConfig, type Config } from '../config';
import { withoutPassword } from '../database/connect';
import { backUp } from './backup';
import { exportAll } from './export';
import { databaseFolder } from './files';
import { exitCodes, explain, ToolError } from './failure';
import { migrate } from './migrate';
import { restore } from './restore';
import { runText } from './text';

interface Options {
  to?: string;
  from?: string;
  force?: boolean;
  drop?: boolean;
}

const say = (line: string): boolean => process.stdout.write(`  ${line}\n`);
const thousands = (n: number): string => n.toLocaleString('en-US');
const total = (all: readonly { documents: number }[]): string =>
  thousands(all.reduce((sum, { documents }) => sum + documents, 0));

const required = (value: string | undefined, usage: string): string => {
  if (!value) throw new ToolError(`用法：${usage}`, 'usage');
  return value;
};

const tools: Record<string, (config: Config, options: Options) => Promise<void>> = {
  async backup(config, { to }) {
    if (config.mongoUrl) say('提醒：现在用的是 MONGO_URL 的数据库，这里备份的只是本机的内嵌数据库');
    const place = path.resolve(to ?? path.join(config.dataDir, 'backups'));
    const { folder, manifest } = await backUp(config.dataDir, place, new Date());
    const counts = Object.values(manifest.collections);
    const documents = thousands(counts.reduce((sum, n) => sum + n, 0));
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    say(`备份好了，核对过：${folder}`);
    say(`${counts.length} 个集合，${documents} 条数据，${(bytes / 2 ** 20).toFixed(1)} MB`);
    if (!manifest.files['secrets.json'])
      say('提醒：密钥不在里面（用的是环境变量），请另外保管好 TOKEN_SECRET 和 FIELD_KEY');
    if (!to) say('它和数据在同一块盘上，请再拷一份到别的机器');
  },

  async restore(config, { from, force }) {
    const folder = path.resolve(required(from, 'npm run restore -- --from 备份目录 [--force]'));
    const { manifest, aside } = await restore(folder, config.dataDir, force === true, new Date());
    say(`恢复好了：${config.dataDir}（${manifest.createdAt} 的备份）`);
    if (aside) say(`原来的数据挪到了 ${aside}，确认没问题以后可以删掉`);
    say('现在可以 npm start');
  },

  async 'check-data'(config) {
    const folder = path.join(config.dataDir, databaseFolder);
    const report = await checkFolder(folder);
    for (const line of report.errors) say(`✗ ${line}`);
    if (report.errors.length)
      throw new ToolError('数据有问题，没有动它；请恢复备份（npm run restore）', 'damaged');
    const documents = thousands(report.collections.reduce((sum, c) => sum + c.nrecords, 0));
    say(`数据完好：${report.collections.length} 个集合，${documents} 条数据，索引都对得上`);
    if (!report.pages) say('（数据库正在运行，只查了数据和索引；停下来再查一次可以连文件一起查）');
  },

  async export(config, { to }) {
    const folder = path.resolve(required(to, 'npm run export -- --to 目录'));
    const source = path.join(config.dataDir, databaseFolder);
    const all = await exportAll(source, folder, ({ ns, documents }) =>
      say(`${ns}：${thousands(documents)} 条`),
    );
    say(`导出好了：${folder}（${all.length} 个集合，${total(all)} 条），可以用 mongoimport 导入`);
  },

  async migrate(config, { to, drop }) {
    const url = required(to, 'npm run migrate -- --to mongodb://… [--drop]');
    if (!/^mongodb(\+srv)?:\/\//.test(url))
      throw new ToolError('--to 要以 mongodb:// 开头', 'usage');
    const source = path.join(config.dataDir, databaseFolder);
    let last = 0;
    const all = await migrate(source, url, drop === true, (ns, done, count) => {
      if (done < count && Date.now() - last < 1000) return;
      last = Date.now();
      say(`${ns}：${thousands(done)} / ${thousands(count)}`);
    });
    say(`迁移好了，数目和编号都核对过：${all.length} 个集合，${total(all)} 条`);
    say('迁移开始以后写进来的数据不在里面：先停服务，再迁移，才不会漏');
    say(`下一步：把 MONGO_URL 设成 ${withoutPassword(url)}（写完整的地址），再 npm start`);
  },
};

const optionsOf = (args: string[]): Options => {
  try {
    return parseArgs({
      args,
      options: {
        to: { type: 'string' },
        from: { type: 'string' },
        force: { type: 'boolean' },
        drop: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new ToolError(`参数不对：${(error as Error).message}`, 'usage');
  }
};

const main = async (): Promise<void> => {
  const [name = '', ...args] = process.argv.slice(2);
  if (name === 'text') {
    await runText(args, {
      say,
      write: (line) => process.stdout.write(`${line}\n`),
      tell: (line) => process.stderr.write(`  ${line}\n`),
    });
    return;
  }
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!tool) throw new ToolError(`没有这个命令：${name}`, 'usage');
  await tool(readConfig(process.env), optionsOf(args));
};

// Whoever reads the output (`| head`) may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : exitCodes.failed);
});

main().catch((error: unknown) => {
  const { line, code } =
    error instanceof ConfigError ? { line: error.message, code: exitCodes.usage } : explain(error);
  process.stderr.write(`\n  ✗ ${line}\n\n`);
  process.exit(code);
});
