import { contract, type Endpoint } from '@alley-chief/shared/contract';
import { z } from 'zod';

const escape = (s: string): string =>
  s.replace(
    /[&<>"]/g,
    (ch) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[ch] ?? ch,
  );

const schemaBlock = (title: string, schema: z.ZodType | undefined): string => {
  if (!schema) return '';
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `<details><summary>${title}</summary><pre>${escape(JSON.stringify(json, null, 2))}</pre></details>`;
};

const section = (route: string, e: Endpoint): string => {
  const [method = '', path = ''] = route.split(' ');
  const who = Array.isArray(e.access) ? e.access.join(', ') : String(e.access);
  return `<section id="${e.operationId}"><h2><b class="${method}">${method}</b> <code>${escape(path)}</code></h2>
<p>${escape(e.summary)}. <small>${escape(e.operationId)} · ${escape(who)}</small></p>
${schemaBlock('path', e.params)}${schemaBlock('query', e.query)}${schemaBlock('body', e.body)}${
    e.raw === 'bytes' ? '' : schemaBlock('reply', e.reply)
  }</section>`;
};

/** A page to read the API on, with nothing to load from elsewhere. */
export const apiPage = (): string => {
  const entries = Object.entries(contract) as [string, Endpoint][];
  const index = entries
    .map(([r, e]) => `<li><a href="#${e.operationId}"><code>${escape(r)}</code></a></li>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Alley Chief API</title><style>
body{font:16px/1.5 system-ui,sans-serif;background:#F4EEE2;color:#25211B;margin:0 auto;max-width:960px;padding:24px}
section{background:#FFFDF8;border-radius:14px;padding:8px 20px;margin:12px 0}h2{font-size:18px}
a{color:#1D5C57}pre{overflow:auto;background:#EEF4EE;padding:12px;border-radius:10px;font-size:13px}
small{color:#6B6355}b{color:#FFFDF8;background:#1D5C57;border-radius:4px;padding:2px 8px;font-size:14px}
b.DELETE{background:#A43D27}b.GET{background:#47586A}ul{columns:2;list-style:none;padding:0}</style>
<h1>Alley Chief (胡同长) API</h1>
<p>Machine-readable: <a href="/openapi.json">/openapi.json</a>. Errors are <code>{code, message, details?}</code>.
Sign in with <code>POST /auth/persona</code> (demo), then send <code>Authorization: Bearer TOKEN</code>.
The WebSocket is at <code>/ws</code>; its first frame is <code>{"t":"auth","token":"…"}</code>.</p>
<ul>${index}</ul>${entries.map(([r, e]) => section(r, e)).join('\n')}</html>`;
};
