import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';

/** The connection a request came from. */
export interface Client {
  readonly open: boolean;
  /** `application.name` of its handshake. */
  appName: string | undefined;
  /** Sends a reply; called once for each request that wants one. */
  send(message: Buffer): void;
  /** Ends the connection. */
  close(): void;
}

/** Keeps the name an application gives itself in its handshake. */
export function noteClient(body: Document, client: Client): void {
  const about = body.client;
  const application = isDocument(about) ? about.application : undefined;
  if (isDocument(application) && typeof application.name === 'string')
    client.appName = application.name;
}
