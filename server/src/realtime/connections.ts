import type { WebSocket } from 'ws';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import type { Viewer } from '../http/viewer';

/** One open socket of a signed-in person. */
export interface Connection {
  socket: WebSocket;
  viewer: Viewer;
}

/** Bytes a slow phone may lag behind before it is cut off; it resumes by cursor when it is back. */
const maxBacklog = 1024 * 1024;

/** Who is connected to this node. */
export class Connections {
  private readonly byPerson = new Map<string, Set<Connection>>();

  add(connection: Connection): boolean {
    const set = this.byPerson.get(connection.viewer.personId) ?? new Set<Connection>();
    this.byPerson.set(connection.viewer.personId, set.add(connection));
    return set.size === 1;
  }

  /** @returns true when it was the person's last */
  remove(connection: Connection): boolean {
    const set = this.byPerson.get(connection.viewer.personId);
    if (!set?.delete(connection) || set.size > 0) return false;
    this.byPerson.delete(connection.viewer.personId);
    return true;
  }

  of(personId: string): Iterable<Connection> {
    return this.byPerson.get(personId) ?? [];
  }

  isOnline(personId: string): boolean {
    return this.byPerson.has(personId);
  }

  /** One viewer of each connected person. */
  *viewers(): Iterable<Viewer> {
    for (const set of this.byPerson.values())
      for (const c of set) {
        yield c.viewer;
        break;
      }
  }

  *all(): Iterable<Connection> {
    for (const set of this.byPerson.values()) yield* set;
  }

  send(personId: string, frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    for (const c of this.of(personId)) sendText(c.socket, text);
  }
}

export const sendText = (socket: WebSocket, text: string): void => {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > maxBacklog) socket.terminate();
  else socket.send(text);
};
