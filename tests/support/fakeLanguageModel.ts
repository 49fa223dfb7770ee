import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked of the fake. */
export interface Asked {
  path: string;
  authorization?: string;
  body: { model: string; messages: { role: string; content: string }[] };
}

/** An OpenAI-compatible end point over real HTTP that answers as it is told. */
export interface FakeLanguageModel {
  url: string;
  asked: Asked[];
  /** The next answers, until told otherwise. */
  answer(how: (res: ServerResponse) => void): void;
  stop(): Promise<void>;
}

export const says =
  (content: string) =>
  (res: ServerResponse): void => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
  };

const read = async (req: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of req) text += String(part);
  return text;
};

export const startFakeLanguageModel = async (): Promise<FakeLanguageModel> => {
  const asked: Asked[] = [];
  let how = says('{"category":"other.unclear"}');
  const server = createServer((req, res) => {
    void read(req).then((text) => {
      asked.push({
        path: req.url ?? '',
        authorization: req.headers.authorization,
        body: JSON.parse(text) as Asked['body'],
      });
      how(res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer: (next) => {
      how = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
