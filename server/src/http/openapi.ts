import { z } from 'zod';
import { contract, errorBody, type Endpoint } from '@alley-chief/shared/contract';
import { errorCatalogue, type ErrorCode } from '@alley-chief/shared/domain';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

const parametersOf = (schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] => {
  if (!schema) return [];
  const json = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, value]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: value,
  }));
};

const requestBodyOf = (e: Endpoint): Json | undefined => {
  if (e.raw === 'upload') {
    const file = { type: 'string', format: 'binary' };
    const schema = { type: 'object', properties: { file }, required: ['file'] };
    return { required: true, content: { 'multipart/form-data': { schema } } };
  }
  if (e.raw === 'lines') {
    return { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } };
  }
  if (!e.body) return undefined;
  return { required: true, content: { 'application/json': { schema: schemaOf(e.body, 'input') } } };
};

const errorsOf = (e: Endpoint): Json => {
  const general: ErrorCode[] = ['invalid', 'tooMany'];
  if (e.access !== 'public') general.push('unauthenticated', 'forbidden');
  if (e.params) general.push('notFound');
  const byStatus: Record<string, string[]> = {};
  for (const code of new Set([...general, ...(e.errors ?? [])])) {
    (byStatus[errorCatalogue[code].status] ??= []).push(`${code}: ${errorCatalogue[code].message}`);
  }
  const schema = { $ref: '#/components/schemas/Error' };
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, lines]) => [
      status,
      { description: lines.join('; '), content: { 'application/json': { schema } } },
    ]),
  );
};

/** OpenAPI 3.1 of the whole contract, made from the same objects that validate. */
export const buildOpenApi = (version: string): Json => {
  const paths: Record<string, Json> = {};
  for (const [route, declared] of Object.entries(contract)) {
    const e: Endpoint = declared;
    const [method, path] = route.split(' ') as [string, string];
    const openPath = path.replace(/:(\w+)/g, '{$1}');
    const content =
      e.raw === 'bytes'
        ? { '*/*': { schema: { type: 'string', format: 'binary' } } }
        : { 'application/json': { schema: schemaOf(e.reply, 'output') } };
    (paths[openPath] ??= {})[method.toLowerCase()] = {
      operationId: e.operationId,
      summary: e.summary,
      tags: [path.split('/')[1]],
      security: e.access === 'public' ? [] : [{ bearer: [] }],
      ...(Array.isArray(e.access) ? { 'x-roles': e.access } : {}),
      parameters: [...parametersOf(e.params, 'path'), ...parametersOf(e.query, 'query')],
      requestBody: requestBodyOf(e),
      responses: { [e.status ?? 200]: { description: 'done', content }, ...errorsOf(e) },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Alley Chief (胡同长)', version },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Error: schemaOf(errorBody, 'output') },
    },
  };
};
