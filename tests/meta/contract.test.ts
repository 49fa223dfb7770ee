import { z } from 'zod';
import { contract, type Endpoint } from '@alley-chief/shared/contract';
import { errorCatalogue } from '@alley-chief/shared/domain';
import { buildOpenApi } from '../../server/src/http/openapi';

const endpoints = Object.entries(contract) as [string, Endpoint][];

describe('the contract', () => {
  it.each(endpoints)('%s names its parameters as its path does', (route, e) => {
    const inPath = [...route.matchAll(/:(\w+)/g)].map((m) => m[1]);
    expect(Object.keys(e.params?.shape ?? {}).sort()).toEqual(inPath.sort());
  });

  it('gives every operation an id of its own and a sentence', () => {
    const ids = endpoints.map(([, e]) => e.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, e] of endpoints) expect(e.summary.length).toBeGreaterThan(10);
  });

  it('describes every reply but those that are bytes', () => {
    for (const [route, e] of endpoints) {
      if (e.raw === 'bytes') continue;
      expect({ route, shape: z.toJSONSchema(e.reply, { unrepresentable: 'any' }) }).not.toEqual({
        route,
        shape: {},
      });
    }
  });

  it('becomes OpenAPI with every operation in it', () => {
    const api = buildOpenApi('test') as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(api.paths).flatMap((p) => Object.values(p).map((o) => o.operationId));
    expect(ids.sort()).toEqual(endpoints.map(([, e]) => e.operationId).sort());
  });

  it('speaks Chinese in every error', () => {
    for (const { message, status } of Object.values(errorCatalogue)) {
      expect(message).toMatch(/[一-鿿]/);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});
